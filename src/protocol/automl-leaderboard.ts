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
 * Best first; what is as good as another stands behind it when it came later, and the final model before its trial. The
 * number of the best single flatters it, as it was the best of many by the same rows, and that of an ensemble
 * does not, as it is of rows that did not choose its weights. Within a twentieth of the loss the ensemble is better on new
 * rows (measured on 14 sets: 12 times). A forecast that does not know the latest steps is of the past: where the ensemble has
 * no final model, that of another which is as near stands before it.
 */
export function ranked<T extends ScoredTrial>(trials: readonly T[], goal: Goal): T[] {
  const sorted = [...trials].sort((a, b) => {
    if (a.validation !== b.validation) return isBetter(a.validation, b.validation, goal) ? -1 : 1;
    return Number(b.kind === 'final') - Number(a.kind === 'final') || a.number - b.number;
  });
  const [first] = sorted;
  const ensemble = sorted.find(({ kind }) => isEnsemble(kind));
  const most = goal.problem_type === 'forecasting' ? toleranceOfForecasts : tolerance;
  if (!first || !ensemble || lossOf(ensemble, goal) > lossOf(first, goal) * (1 + most)) return sorted;
  const isOfEnsemble = ({ validation, kind }: T): boolean =>
    validation === ensemble.validation && (kind === ensemble.kind || kind === 'final');
  const finals = sorted.filter(({ kind }) => kind === 'final');
  const current = goal.problem_type === 'forecasting' && !finals.some(isOfEnsemble) ? finals[0] : undefined;
  const near = lossOf(ensemble, goal) * (1 + most);
  const leads = (trial: T): boolean => trial === current && lossOf(trial, goal) <= near;
  const places = (trial: T): number => (leads(trial) ? 0 : isOfEnsemble(trial) ? 1 : 2);
  return sorted.toSorted((a, b) => places(a) - places(b));
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
