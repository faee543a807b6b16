/** What a blend of forecasts is made of. */
import { expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { checkedConfig } from '../../../src/protocol/automl-config-check.ts';

function contextOf(primary_metric: string): SearchContext {
  const config = checkedConfig({
    problem_type: 'forecasting',
    dataset: 'a.csv',
    target_col: 'y',
    time_col: 'day',
    horizon: 7,
    frequency: 'D',
    primary_metric,
  });
  // A blend looks at nothing but the metric.
  return { config } as SearchContext;
}

function trial(
  name: string,
  estimator: string,
  validation: number,
  kind: FinishedTrial['kind'] = 'search',
): FinishedTrial {
  const costs = { metrics: { fit_seconds: 1 }, params: {}, seconds: 2, bases: [], number: 1 };
  return { ...costs, runId: name, name, estimator, framework: 'ets', kind, validation };
}

const trials = [
  trial('ets', 'AutoETS', 0.1),
  trial('ets again', 'AutoETS', 0.101),
  trial('theta', 'AutoTheta', 0.11),
  trial('prophet', 'Prophet', 0.11),
  trial('naive', 'SeasonalNaive', 0.16, 'baseline'),
  trial('arima', 'AutoARIMA', Number.NaN),
];

test('the best trial of each method that comes near the best, with weights that fall with the error', () => {
  const [plan] = forecastProblem.ensembles(trials, contextOf('smape'));
  expect(plan?.bases.map(({ name }) => name)).toEqual(['ets', 'theta', 'prophet']);
  // (10 / 11)^5 is 0.621.
  expect(plan?.params).toEqual({ members: 'ets, theta, prophet', weights: '0.446, 0.277, 0.277' });
});

test('squared errors fall twice as fast', () => {
  const [plan] = forecastProblem.ensembles(trials, contextOf('mse'));
  // (10 / 11)^2.5 is 0.788.
  expect(plan?.params['weights']).toBe('0.388, 0.306, 0.306');
});

test('none weighs more than all others: their median would be that one alone', () => {
  const weights = (...errors: readonly [number, string][]): unknown => {
    const few = errors.map(([error, estimator]) => trial(estimator, estimator, error));
    return forecastProblem.ensembles(few, contextOf('smape'))[0]?.params['weights'];
  };
  expect(weights([0.1, 'AutoETS'], [0.12, 'AutoTheta'])).toBe('0.5, 0.5');
  // (10 / 12)^5 is 0.402, and (10 / 12.5)^5 0.328.
  expect(weights([0.1, 'AutoETS'], [0.12, 'AutoTheta'], [0.125, 'Prophet'])).toBe('0.5, 0.275, 0.225');
});

test('no error at all leaves weight to no other', () => {
  const [plan] = forecastProblem.ensembles([trial('a', 'AutoETS', 0), trial('b', 'AutoTheta', 0)], contextOf('mae'));
  expect(plan?.params['weights']).toBe('0.5, 0.5');
});

test('what a person names has the weights that are given, and none is there without weight', () => {
  const [a, , b, , c] = trials as [FinishedTrial, FinishedTrial, FinishedTrial, FinishedTrial, FinishedTrial];
  const named = forecastProblem.combinedPlan?.(
    { kind: 'blend', bases: [b, a, c], weights: [2, 3, 0] },
    contextOf('smape'),
  );
  expect(named).toMatchObject({ bases: [a, b], params: { weights: '3, 2' } });
  const single = { kind: 'blend', bases: [a, b], weights: [1, 0] } as const;
  expect(() => forecastProblem.combinedPlan?.(single, contextOf('smape'))).toThrow('takes two models or more');
});
