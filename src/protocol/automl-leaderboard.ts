/** Puts trials in order. */
import { greaterIsBetter } from './automl-config.ts';
import {
  costMetrics,
  isEnsemble,
  metricNameOf,
  typicalNameOf,
  type Goal,
  type LeaderboardRow,
  type TrialKind,
} from './automl-record.ts';

export interface ScoredTrial {
  readonly runId: string;
  readonly name: string;
  readonly number: number;
  readonly kind: TrialKind;
  readonly estimator: string;
  readonly validation: number;
  /** `refit_of` of a final model: the run of the trial that it is made of. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly metrics: Readonly<Record<string, number>>;
}

/** Whether one value of the metric is better than another. */
export function isBetter(value: number, than: number, { primary_metric: metric }: Goal): boolean {
  return greaterIsBetter.has(metric) ? value > than : value < than;
}

/** Of the loss, what an ensemble may seem worse than the best single and still stand first. */
const tolerance = 0.05;
/** The same of forecasts, of which a backtest has few windows: what is best in these is seldom best in the next. */
export const toleranceOfForecasts = 0.25;

/**
 * Best first, as it is everywhere: place 1 is the best model, and the one that is registered. Of what is as good the baseline
 * stands first, then single models, then what predicts faster, then what came earlier; a final model always stands before the
 * trial that it is made of. The number of the best single flatters it, as it was the best of many by the same rows, and that of
 * an ensemble does not, as it is of rows that did not choose its weights. Within a twentieth of the loss the ensemble is better
 * on new rows (measured on 14 sets: 12 times); a single without an error it cannot better, and one in which a single model has
 * all the weight is that model, and stands behind all. A forecast that does not know the
 * latest steps is of the past: where the ensemble has no final model, that of another which is as near stands before it.
 */
export function ranked<T extends ScoredTrial>(trials: readonly T[], goal: Goal): T[] {
  const ids = new Set(trials.map(({ runId }) => runId));
  const isFinal = ({ params }: T): boolean => ids.has(String(params['refit_of']));
  const isCopy = ({ metrics }: T): boolean => metrics[costMetrics.members] === 1;
  const [first, ...others] = trials
    .filter((trial) => !isFinal(trial))
    .sort((a, b) => Number(isCopy(a)) - Number(isCopy(b)) || compared(a, b, goal));
  if (!first) return [];
  const finals = trials.filter(isFinal).sort((a, b) => compared(a, b, goal));
  const finalsOf = (trial: T): T[] => finals.filter(({ params }) => params['refit_of'] === trial.runId);
  const withFinals = (order: readonly T[]): T[] => order.flatMap((trial) => [...finalsOf(trial), trial]);
  const sorted = [first, ...others];
  const ensemble = sorted.find((trial) => isEnsemble(trial.kind) && !isCopy(trial));
  const most = goal.problem_type === 'forecasting' ? toleranceOfForecasts : tolerance;
  const near = (trial: T, than: T): boolean => lossOf(trial, goal) <= lossOf(than, goal) * (1 + most);
  if (!ensemble || lossOf(first, goal) === 0 || !near(ensemble, first)) return withFinals(sorted);
  const order = withFinals([ensemble, ...sorted.filter((trial) => trial !== ensemble)]);
  const [current] = goal.problem_type === 'forecasting' && finalsOf(ensemble).length === 0 ? finals : [];
  return current && near(current, ensemble) ? [current, ...order.filter((trial) => trial !== current)] : order;
}

function compared(a: ScoredTrial, b: ScoredTrial, goal: Goal): number {
  if (a.validation !== b.validation) return isBetter(a.validation, b.validation, goal) ? -1 : 1;
  return (
    Number(b.kind === 'baseline') - Number(a.kind === 'baseline') ||
    Number(isEnsemble(a.kind)) - Number(isEnsemble(b.kind)) ||
    predictMsOf(a) - predictMsOf(b) ||
    a.number - b.number
  );
}

function predictMsOf({ metrics }: ScoredTrial): number {
  return metrics[costMetrics.predictMs] ?? Number.MAX_VALUE;
}

function lossOf({ validation, metrics }: ScoredTrial, goal: Goal): number {
  if (goal.problem_type === 'forecasting') return metrics[typicalNameOf(goal)] ?? validation;
  return greaterIsBetter.has(goal.primary_metric) ? 1 - validation : validation;
}

export function leaderboardOf(trials: readonly ScoredTrial[], goal: Goal): LeaderboardRow[] {
  const test = metricNameOf(goal, 'test');
  return ranked(trials, goal).map(({ runId, name, kind, estimator, validation, metrics }, index) => ({
    rank: index + 1,
    run_id: runId,
    name,
    kind,
    estimator,
    validation,
    test: metrics[test],
    fit_seconds: metrics[costMetrics.fitSeconds],
    predict_ms_per_row: metrics[costMetrics.predictMs],
    model_size_bytes: metrics[costMetrics.modelBytes],
  }));
}

const columns = [
  'rank',
  'run_id',
  'name',
  'kind',
  'estimator',
  'validation',
  'test',
  'fit_seconds',
  'predict_ms_per_row',
  'model_size_bytes',
] as const satisfies readonly (keyof LeaderboardRow)[];

/** Names and values stand without quotes: they hold no commas. */
export function leaderboardCsv(rows: readonly LeaderboardRow[]): string {
  return [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}
