import { describe, expect, test } from 'bun:test';
import { checkedRequest } from '../../../api/automl-request.ts';
import type { AutomlConfig, AutomlMetric } from '../../../api/automl-rules.ts';
import { rankedTrials, type Trial } from '../../../api/automl-ranking.ts';
import { shownRange, trialSeries } from './trial-series.ts';

const base = { problem_type: 'classification', dataset: '/d/x.csv', target_col: 'y' } as const;
const auc = configBy('roc_auc');
const loss = configBy('log_loss');

function configBy(metric: AutomlMetric): AutomlConfig {
  const { config } = checkedRequest({ ...base, primary_metric: metric });
  if (!config) throw new Error('it is no configuration');
  return config;
}

function trial(number: number, validation: number | undefined, more: Partial<Trial> = {}): Trial {
  return {
    runId: `r${number}`,
    name: `t-${number}`,
    number,
    status: validation === undefined ? 'RUNNING' : 'FINISHED',
    kind: 'search',
    estimator: '',
    framework: 'lightgbm',
    started: 1000 * number,
    ended: validation === undefined ? undefined : 1000 * number + 500,
    training: undefined,
    validation,
    test: undefined,
    fitSeconds: undefined,
    predictMs: undefined,
    modelBytes: undefined,
    members: undefined,
    typical: undefined,
    refitOf: undefined,
    failure: undefined,
    message: '',
    reproduced: false,
    ...more,
  };
}

describe('trials over time', () => {
  test('the best line only improves; each framework is a cloud of its own', () => {
    const trials = [trial(1, 0.5), trial(2, 0.8), trial(3, 0.7, { framework: 'xgboost' }), trial(4, undefined)];
    const [best, ...clouds] = trialSeries(trials, 0, auc);
    expect(best?.y).toEqual([0.5, 0.5, 0.8, 0.8]);
    expect(best?.x).toEqual([1.5, 2.5, 2.5, 3.5]);
    expect(clouds.map(({ label, x }) => [label, x])).toEqual([
      ['LightGBM', [1.5, 2.5]],
      ['XGBoost', [3.5]],
    ]);
  });

  test('of a loss less is better', () => {
    expect(trialSeries([trial(1, 0.9), trial(2, 0.4), trial(3, 0.6)], 0, loss)[0]?.y).toEqual([0.9, 0.9, 0.4, 0.4]);
  });

  test('what is far worse than most does not press the others together', () => {
    const range = shownRange([trial(1, 0.5), trial(2, 0.9), trial(3, 0.91), trial(4, 0.92)], auc);
    expect(range?.[0]).toBeGreaterThan(0.8);
    expect(range?.[1]).toBeGreaterThan(0.92);
    expect(shownRange([trial(1, 0.5), trial(2, 0.6)], auc)).toBeUndefined();
  });
});

test('the best is first, what runs stands before what failed, and the final model before its trial', () => {
  const trials = [
    trial(1, 0.5),
    trial(2, undefined, { status: 'FAILED' }),
    trial(3, 0.8),
    trial(4, undefined),
    trial(5, 0.8, { kind: 'final', refitOf: 'r3' }),
  ];
  expect(rankedTrials(trials, auc).map(({ number, rank }) => [number, rank])).toEqual([
    [5, 1],
    [3, 2],
    [1, 3],
    [4, undefined],
    [2, undefined],
  ]);
});

test('a forecast ranks by what counts an outage in the backtest little, as the search does', () => {
  const { config } = checkedRequest({
    problem_type: 'forecasting',
    dataset: '/d/x.csv',
    target_col: 'y',
    time_col: 't',
    horizon: 3,
    frequency: 'D',
  });
  const blend = trial(2, 0.3, { kind: 'blend', typical: 0.01 });
  const names = (...trials: Trial[]): string[] => (config ? rankedTrials(trials, config) : []).map(({ name }) => name);
  expect(names(trial(1, 0.1, { typical: 0.04 }), blend)).toEqual(['t-2', 't-1']);
  expect(names(trial(1, 0.1), blend)).toEqual(['t-2', 't-1']);
  expect(names(trial(1, 0.1, { typical: 0.005 }), blend)).toEqual(['t-1', 't-2']);
});
