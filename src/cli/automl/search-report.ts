/** The result of a search: its leaderboard, and how to go on. */
import { shellWord } from '../../common/shell-word.ts';
import type { SearchEnd } from '../../automl/engine/search.ts';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { championAlias, type LeaderboardRow } from '../../protocol/automl-record.ts';
import type { Output } from '../output/output.ts';
import type { Column } from '../output/table.ts';
import { Bytes, Span } from '../output/values.ts';

export function boardColumns(metric: string): readonly Column<LeaderboardRow>[] {
  return [
    { title: '#', cell: ({ rank }) => rank },
    { title: 'MODEL', cell: ({ name }) => name, colour: ({ rank }) => (rank === 1 ? 'green' : undefined), whole: true },
    { title: `VAL ${metric}`.toUpperCase(), cell: ({ validation }) => validation },
    { title: 'TEST', cell: ({ test }) => test },
    {
      title: 'FIT',
      unit: 'SECONDS',
      cell: ({ fit_seconds: fit }) => (fit === undefined ? undefined : new Span(fit * 1000)),
    },
    { title: 'MS/ROW', cell: ({ predict_ms_per_row: ms }) => ms && Number(ms.toPrecision(3)) },
    {
      title: 'SIZE',
      unit: 'BYTES',
      cell: ({ model_size_bytes: size }) => (size === undefined ? undefined : new Bytes(size)),
    },
    { title: 'RUN', cell: ({ run_id: id }) => id, whole: true, optional: true },
  ];
}

const shownRows = 10;

export function tellSearch(end: SearchEnd, config: AutomlConfig, out: Output): void {
  const { primary_metric: metric } = config;
  const {
    runId,
    experimentId,
    leaderboard,
    modelUri,
    registered,
    champion,
    message,
    address,
    status,
    phase,
    killed,
    warnings,
  } = end;
  const [best] = leaderboard;
  if (out.json) {
    const summary = {
      run_id: runId,
      experiment_id: experimentId,
      status,
      phase,
      message,
      killed_trials: killed,
      warnings,
      address,
      metric,
      model_uri: modelUri,
      registered: registered ?? null,
      best_run_id: best?.run_id ?? null,
      leaderboard,
    };
    out.details(summary, []);
    return;
  }
  out.list(leaderboard.slice(0, shownRows), boardColumns(metric), 'The leaderboard is empty.');
  const more = leaderboard.length - shownRows;
  out.note(`${message}${more > 0 ? ` ${more} more models: modelyard automl leaderboard ${runId}` : ''}`);
  if (killed > 0) out.note(`${killed} ${killed === 1 ? 'trial' : 'trials'} had not ended by then.`);
  for (const warning of warnings) out.note(`! ${warning}`);
  if (registered !== undefined)
    out.note(`Registered as ${registered}${champion ? `, with the alias ${championAlias}` : ''}.`);
  out.note('');
  out.note(`Search    ${address}`);
  if (registered === undefined) out.note(`Register  modelyard automl register ${runId} NAME`);
  // Names of models may hold spaces.
  const uri = shellWord(champion ? `models:/${registered?.split('/')[0] ?? ''}@${championAlias}` : modelUri);
  out.note(`Serve     modelyard models serve -m ${uri}`);
  out.note(`Predict   modelyard models predict -m ${uri} -o predictions.csv -i ${inputOf(config, end)}`);
}

/** The data itself, where a model takes it again: a forecast is asked for steps to come. */
function inputOf(
  { problem_type: problem, dataset, ...config }: AutomlConfig,
  { listColumns: lists }: SearchEnd,
): string {
  const [list] = lists;
  if (problem !== 'forecasting' && list !== undefined)
    return `FILE.parquet  # each place of ${lists.join(', ')} as a column: ${list}_0, ${list}_1, …`;
  if (problem !== 'forecasting') return /\.(csv|parquet|jsonl)$/.test(dataset) ? shellWord(dataset) : 'FILE.csv';
  const columns = [...config.identity_col, config.time_col, ...config.covariates];
  return `FUTURE.csv  # its columns: ${columns.join(', ')}`;
}
