/** What is tried where columns are known for the future, and what is told when no model looked at them. */
import { expect, test } from 'bun:test';
import { forecastProblem } from '../../../src/automl/forecast/forecast-problem.ts';
import type { FinishedTrial, SearchContext } from '../../../src/automl/problem.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import type { ColumnProfile } from '../../../src/protocol/automl-record.ts';

function column(name: string, used = true): ColumnProfile {
  return { name, type: 'double', semantic: 'numeric', missing: 0, unique: 20, used, examples: ['1'], min: 1, mean: 2 };
}

function contextOf(request: AutomlRequest, offerIsUsed = true, series = 3): SearchContext {
  const config = checkedConfig({
    problem_type: 'forecasting',
    dataset: 'a.csv',
    target_col: 'sold',
    time_col: 'day',
    horizon: 14,
    frequency: 'D',
    timeout_seconds: 60,
    ...request,
  });
  const profile: SearchContext['profile'] = {
    kind: 'forecast',
    rows: 1000,
    columns: [column('day'), column('sold'), column('promo'), column('offer', offerIsUsed)],
    alerts: [],
    data_hash: 'abc',
    series,
    shortest: 250,
    longest: 400,
    start: '2023-01-01',
    end: '2024-01-01',
    frequency: 'D',
    seasons: [7],
    backtest: { windows: 5, step: 7, minimum: 200 },
    test_steps: 14,
  };
  return { config, profile, trackingUri: '', experimentId: '1', searchRunId: '1', threads: 1 };
}

const methods = (context: SearchContext): string[] => [
  ...new Set(forecastProblem.portfolio(context).map(({ estimator }) => estimator)),
];

function trial(estimator: string): FinishedTrial {
  const rest = { runId: estimator, validation: 0.1, metrics: {}, params: {}, seconds: 2, number: 1 };
  return { ...rest, name: estimator, estimator, framework: 'ets', kind: 'portfolio' };
}

test('with covariates the methods that follow them come first, after the baseline', () => {
  const others = ['AutoETS', 'AutoTheta', 'MSTL'];
  const following = ['AutoARIMA', 'LightGBM', 'Prophet'];
  expect(methods(contextOf({ covariates: ['promo'] }))).toEqual(['SeasonalNaive', ...following, ...others]);
  expect(methods(contextOf({})).slice(0, 4)).toEqual(['SeasonalNaive', ...others]);
  // One that is left out for its values makes no difference.
  expect(methods(contextOf({ covariates: ['offer'] }, false))).toEqual(methods(contextOf({})));
});

test('it is told where no model follows a covariate', () => {
  const told = (names: readonly string[], request: AutomlRequest = {}): string | undefined =>
    forecastProblem.shortcoming?.(names.map(trial), contextOf({ covariates: ['promo', 'offer'], ...request }));
  const blind = ['SeasonalNaive', 'AutoETS', 'MedianForecast'];
  const opening =
    "No model that follows 'promo', 'offer' came to its end: forecasts are the same whatever is known of it.";
  expect(told(blind)).toBe(`${opening} Give it more --timeout.`);
  expect(told(blind, { max_trials: 1 })).toBe(`${opening} Give it more --timeout or --max-trials.`);
  expect(told([...blind, 'Prophet'])).toBeUndefined();
  expect(told(blind, { covariates: [] })).toBeUndefined();
  const excluded: AutomlRequest = { exclude_frameworks: ['arima', 'lightgbm', 'prophet'] };
  expect(told(blind, excluded)).toBe(
    "No model follows 'promo', 'offer': the methods that do, arima, lightgbm, prophet, are left out, or would take too long. " +
      'Give it more --timeout, or leave out fewer methods.',
  );
});
