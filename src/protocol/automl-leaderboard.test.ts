import { expect, test } from 'bun:test';
import { ranked, type ScoredTrial } from './automl-leaderboard.ts';
import type { TrialKind } from './automl-record.ts';

function trial(number: number, kind: TrialKind, validation: number): ScoredTrial {
  return { runId: `run${number}`, name: `${kind}-${number}`, number, kind, estimator: 'E', validation, metrics: {} };
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

test('the earlier stands before what is as good, and the final model before its trial', () => {
  const trials = [trial(2, 'search', 0.9), trial(1, 'portfolio', 0.9), trial(3, 'final', 0.9)];
  expect(order('roc_auc', ...trials)).toEqual(['final-3', 'portfolio-1', 'search-2']);
});

test('an ensemble of tables within a twentieth of the loss stands before the best single, with its final model', () => {
  const single = trial(1, 'search', 0.9);
  const [near, final] = [trial(2, 'blend', 0.896), trial(3, 'final', 0.896)];
  expect(order('roc_auc', single, near, final)).toEqual(['final-3', 'blend-2', 'search-1']);
  expect(order('roc_auc', single, trial(2, 'blend', 0.894))).toEqual(['search-1', 'blend-2']);
  expect(order('rmse', trial(1, 'search', 2), trial(2, 'stack', 2.09))).toEqual(['stack-2', 'search-1']);
  expect(order('rmse', trial(1, 'search', 2), trial(2, 'stack', 2.11))).toEqual(['search-1', 'stack-2']);
});

test('of forecasts one that was fitted to all stands before a blend that was not, if it comes near', () => {
  const [single, blend] = [trial(1, 'search', 0.1), trial(2, 'blend', 0.11)];
  expect(order('smape', single, blend, trial(3, 'final', 0.1))).toEqual(['final-3', 'blend-2', 'search-1']);
  const both = [trial(3, 'final', 0.1), trial(4, 'final', 0.11)];
  expect(order('smape', single, blend, ...both)).toEqual(['final-4', 'blend-2', 'final-3', 'search-1']);
  expect(order('smape', blend, trial(5, 'final', 0.3))).toEqual(['blend-2', 'final-5']);
  expect(order('rmse', single, trial(2, 'blend', 0.104), trial(3, 'final', 0.1))[0]).toBe('blend-2');
});

test('of forecasts a blend stands first by what counts an outage in the backtest little', () => {
  const typical = (one: ScoredTrial, value: number): ScoredTrial => ({ ...one, metrics: { val_smape_typical: value } });
  const [single, blend] = [typical(trial(1, 'search', 0.1), 0.04), typical(trial(2, 'blend', 0.3), 0.01)];
  expect(order('smape', single, blend)).toEqual(['blend-2', 'search-1']);
  expect(order('smape', typical(single, 0.005), blend)).toEqual(['search-1', 'blend-2']);
});

test('of forecasts a blend stands before singles that are not a quarter better', () => {
  const [single, blend] = [trial(1, 'search', 0.1), trial(2, 'blend', 0.124)];
  expect(order('smape', single, blend, trial(3, 'final', 0.124))).toEqual(['final-3', 'blend-2', 'search-1']);
  expect(order('smape', single, trial(2, 'blend', 0.126))).toEqual(['search-1', 'blend-2']);
});
