import { expect, test } from 'bun:test';
import { ranked, type ScoredTrial } from './automl-leaderboard.ts';
import type { TrialKind } from './automl-record.ts';

function trial(number: number, kind: TrialKind, validation: number, ms?: number): ScoredTrial {
  const metrics: Record<string, number> = ms === undefined ? {} : { predict_ms_per_row: ms };
  const name = `${kind}-${number}`;
  return { runId: `run${number}`, name, number, kind, estimator: 'E', validation, params: {}, metrics };
}

function finalOf({ runId, validation }: ScoredTrial, number: number): ScoredTrial {
  return { ...trial(number, 'final', validation), params: { refit_of: runId } };
}

function order(metric: 'roc_auc' | 'rmse' | 'smape', ...trials: ScoredTrial[]): string[] {
  const problem = ({ rmse: 'regression', smape: 'forecasting', roc_auc: 'classification' } as const)[metric];
  return ranked(trials, { problem_type: problem, primary_metric: metric }).map(({ name }) => name);
}

test('the better value stands first, whichever way the metric goes', () => {
  const trials = [trial(1, 'portfolio', 0.7), trial(2, 'search', 0.9)];
  expect(order('roc_auc', ...trials)).toEqual(['search-2', 'portfolio-1']);
  expect(order('rmse', ...trials)).toEqual(['portfolio-1', 'search-2']);
});

test('of what is as good the faster stands first, then the earlier, and the final model before its own trial', () => {
  const [late, early] = [trial(2, 'search', 0.9), trial(1, 'portfolio', 0.9)];
  expect(order('roc_auc', late, early)).toEqual(['portfolio-1', 'search-2']);
  expect(order('roc_auc', late, early, finalOf(late, 3))).toEqual(['portfolio-1', 'final-3', 'search-2']);
  const fast = trial(4, 'search', 0.9, 0.01);
  expect(order('roc_auc', late, early, trial(3, 'search', 0.9, 0.02), fast)).toEqual([
    'search-4',
    'search-3',
    'portfolio-1',
    'search-2',
  ]);
  expect(order('roc_auc', fast, trial(5, 'baseline', 0.9, 0.02))).toEqual(['baseline-5', 'search-4']);
});

test('an ensemble does not stand before a single model without an error, nor does the final model of another', () => {
  const [single, blend] = [trial(1, 'search', 1, 0.5), trial(2, 'blend', 1, 0.1)];
  const trials = [single, blend, trial(3, 'search', 1, 0.6), finalOf(single, 4), finalOf(blend, 5)];
  expect(order('roc_auc', ...trials)).toEqual(['final-4', 'search-1', 'search-3', 'final-5', 'blend-2']);
});

test('a blend in which one model has all the weight stands behind all', () => {
  const single = trial(1, 'search', 0.9);
  const copy = { ...trial(2, 'blend', 0.91), metrics: { members: 1 } };
  const blend = { ...trial(3, 'blend', 0.89), metrics: { members: 2 } };
  expect(order('roc_auc', copy, single)).toEqual(['search-1', 'blend-2']);
  expect(order('roc_auc', copy, single, trial(4, 'stack', 0.89))).toEqual(['search-1', 'stack-4', 'blend-2']);
  expect(order('rmse', { ...copy, validation: 2 }, trial(1, 'search', 2), { ...blend, validation: 2.05 })).toEqual([
    'blend-3',
    'search-1',
    'blend-2',
  ]);
});

test('an ensemble of tables within a twentieth of the loss stands before the best single, with its final model', () => {
  const single = trial(1, 'search', 0.9);
  const near = trial(2, 'blend', 0.896);
  expect(order('roc_auc', single, near, finalOf(near, 3))).toEqual(['final-3', 'blend-2', 'search-1']);
  expect(order('roc_auc', single, trial(2, 'blend', 0.894))).toEqual(['search-1', 'blend-2']);
  expect(order('rmse', trial(1, 'search', 2), trial(2, 'stack', 2.09))).toEqual(['stack-2', 'search-1']);
  expect(order('rmse', trial(1, 'search', 2), trial(2, 'stack', 2.11))).toEqual(['search-1', 'stack-2']);
});

test('of forecasts one that was fitted to all stands before a blend that was not, if it comes near', () => {
  const [single, blend] = [trial(1, 'search', 0.1), trial(2, 'blend', 0.11)];
  expect(order('smape', single, blend, finalOf(single, 3))).toEqual(['final-3', 'blend-2', 'search-1']);
  const both = [finalOf(single, 3), finalOf(blend, 4)];
  expect(order('smape', single, blend, ...both)).toEqual(['final-4', 'blend-2', 'final-3', 'search-1']);
  expect(order('smape', blend, trial(5, 'final', 0.3))).toEqual(['blend-2', 'final-5']);
  expect(order('rmse', single, trial(2, 'blend', 0.104), finalOf(single, 3))[0]).toBe('blend-2');
});

test('of forecasts a blend stands first by what counts an outage in the backtest little', () => {
  const typical = (one: ScoredTrial, value: number): ScoredTrial => ({ ...one, metrics: { val_smape_typical: value } });
  const [single, blend] = [typical(trial(1, 'search', 0.1), 0.04), typical(trial(2, 'blend', 0.3), 0.01)];
  expect(order('smape', single, blend)).toEqual(['blend-2', 'search-1']);
  expect(order('smape', typical(single, 0.005), blend)).toEqual(['search-1', 'blend-2']);
});

test('of forecasts a blend stands before singles that are not a quarter better', () => {
  const [single, blend] = [trial(1, 'search', 0.1), trial(2, 'blend', 0.124)];
  expect(order('smape', single, blend, finalOf(blend, 3))).toEqual(['final-3', 'blend-2', 'search-1']);
  expect(order('smape', single, trial(2, 'blend', 0.126))).toEqual(['search-1', 'blend-2']);
});
