/** A search of a table, as plans and notebooks are made of it, without a server and without rows. */
import type { SearchContext } from '../../../../src/automl/problem.ts';
import { checkedConfig } from '../../../../src/protocol/automl-config-check.ts';
import type { ColumnProfile } from '../../../../src/protocol/automl-record.ts';

export function column(name: string, semantic: ColumnProfile['semantic'], type = 'double'): ColumnProfile {
  return { name, type, semantic, missing: 0, unique: 9, used: true, examples: [] };
}

/** Of a regression. */
export function tableContext(columns: readonly ColumnProfile[]): SearchContext {
  return {
    config: checkedConfig({ problem_type: 'regression', dataset: 'a.csv', target_col: 'y', primary_metric: 'rmse' }),
    profile: {
      kind: 'tabular',
      rows: 1000,
      columns,
      alerts: [],
      data_hash: 'abc',
      target: { kind: 'number', min: 0, max: 1, mean: 0.5 },
      development_rows: 800,
      test_rows: 200,
      validation: { kind: 'folds', folds: 5 },
    },
    trackingUri: 'http://127.0.0.1:9',
    experimentId: '1',
    searchRunId: 'a',
    threads: 1,
  };
}
