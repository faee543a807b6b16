import { expect, test } from 'bun:test';
import { checkedRequest, type AutomlRequest } from '../../api/automl-request.ts';
import type { AutomlConfig } from '../../api/automl-rules.ts';
import { commandOf } from './command.ts';

function configOf(request: AutomlRequest): AutomlConfig {
  const { config } = checkedRequest(request);
  if (!config) throw new Error('it is no configuration');
  return config;
}

test('a command has what is not usual, each for a shell', () => {
  const config = configOf({
    problem_type: 'classification',
    dataset: "/d/Ada's table.csv",
    target_col: 'left',
    primary_metric: 'roc_auc',
    timeout_seconds: 90,
    exclude_cols: ['id', 'name of it'],
    imputers: { age: 'median', city: { strategy: 'constant', fill_value: 'none; rm x' } },
    early_stopping: false,
  });
  expect(commandOf(config, 'http://a.test:5000')).toBe(
    [
      'export MLFLOW_TRACKING_URI=http://a.test:5000',
      'modelyard automl classify \\',
      String.raw`  --data '/d/Ada'\''s table.csv' \ `.trimEnd(),
      '  --target left \\',
      '  --metric roc_auc \\',
      '  --timeout 90 \\',
      "  --exclude-cols 'id,name of it' \\",
      '  --imputers age=median \\',
      "  --imputers 'city=constant:none; rm x' \\",
      '  --no-early-stopping',
    ].join('\n'),
  );
});

test('a forecast says when, how far and of which series', () => {
  const config = configOf({
    problem_type: 'forecasting',
    dataset: '/d/sales.csv',
    target_col: 'sold',
    time_col: 'day',
    timeout_seconds: 7200,
    horizon: 14,
    identity_col: ['shop', 'item'],
    country_code: '',
  });
  const command = commandOf(config, 'http://a.test');
  for (const part of ['forecast', '--time-col day', '--horizon 14', '--timeout 2h', '--identity-col shop,item']) {
    expect(command).toContain(part);
  }
  expect(command).toContain("--country-code ''");
});
