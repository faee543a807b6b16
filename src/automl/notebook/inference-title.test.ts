import { expect, test } from 'bun:test';
import { checkedConfig } from '../../protocol/automl-config-check.ts';
import { inferenceTitle } from './inference-title.ts';

test.each([
  ['classification', 'models:/churn/3', 'Classification of `left` with churn, version 3'],
  ['regression', 'runs:/4f1c/model', 'Regression of `left` with the best model of a search'],
  ['forecasting', 'models:/sales of may/12', 'Forecast of `left` with sales of may, version 12'],
] as const)('%s with %s', (problem_type, uri, title) => {
  const config = checkedConfig({ problem_type, dataset: 'a.csv', target_col: 'left', time_col: 'day' });
  expect(inferenceTitle(uri, config)).toBe(title);
});
