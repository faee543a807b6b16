import { describe, expect, test } from 'bun:test';
import { checkedRequest } from '../../../api/automl-request.ts';
import { draftOfConfig, draftOfUrl, proposedProblem, urlOfDraft } from './draft.ts';
import { requestOf } from './search-request.ts';

function column(name: string, semantic: 'numeric' | 'categorical' | 'datetime', unique: number, examples = ['1', '2']) {
  return { name, type: 'int64', semantic, missing: 0, unique, examples, unused: undefined };
}

const columns = [column('age', 'numeric', 52), column('city', 'categorical', 9), column('left', 'categorical', 2)];

describe('a draft', () => {
  const { config } = checkedRequest({
    problem_type: 'forecasting',
    dataset: '/d/sales.csv',
    target_col: 'sold',
    time_col: 'day, of sale',
    primary_metric: 'rmse',
    timeout_seconds: 5400,
    identity_col: ['shop', 'item'],
    covariates: ['price'],
    exclude_frameworks: ['prophet'],
    country_code: '',
    horizon: 14,
    frequency: 'W',
    early_stopping: false,
    seed: 7,
  });

  test('of a configuration asks for the same again, also after it stood in the address', () => {
    if (!config) throw new Error('it is no configuration');
    const draft = draftOfConfig(config);
    expect(checkedRequest(requestOf(draft, undefined)).config).toEqual(config);
    const url = Object.fromEntries(Object.entries(urlOfDraft(draft)).filter(([, value]) => value !== undefined));
    expect(draftOfUrl(url)).toEqual(draft);
  });

  test('holds nothing in the address that is usual, and no password', () => {
    const url = urlOfDraft({ ...draftOfUrl({}), dataset: 'postgresql://ada:secret@db/x', query: 'select 1' });
    const held = Object.entries(url).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(held)).toEqual({ dataset: 'postgresql://ada@db/x', query: 'select 1' });
  });

  test('an address that somebody wrote breaks nothing', () => {
    const draft = draftOfUrl({ exclude_cols: '{"a":1}', imputers: '[', covariates: '["a", 2]', seed: 'x' });
    expect(draft).toMatchObject({ exclude_cols: [], imputers: {}, covariates: ['a'], seed: 'x' });
  });
});

describe('what is sent', () => {
  const draft = { ...draftOfUrl({}), dataset: ' /d/x.csv ', target_col: 'left', timeout: '90 s' };

  test('has the proposed problem and only what was filled in', () => {
    expect(requestOf(draft, columns)).toEqual({
      problem_type: 'classification',
      dataset: '/d/x.csv',
      target_col: 'left',
      timeout_seconds: 90,
      seed: 42,
    });
  });

  test('leaves out what belongs to other data or to another problem', () => {
    const more = {
      ...draft,
      problem_type: 'regression',
      target_col: 'age',
      primary_metric: 'roc_auc',
      pos_label: 'yes',
      horizon: '9',
      exclude_cols: ['gone', 'city', 'age'],
      imputers: { gone: 'mean', left: '=no', city: 'most_frequent' },
    };
    expect(requestOf(more, columns)).toEqual({
      problem_type: 'regression',
      dataset: '/d/x.csv',
      target_col: 'age',
      timeout_seconds: 90,
      exclude_cols: ['city'],
      imputers: { left: { strategy: 'constant', fill_value: 'no' } },
      seed: 42,
    });
  });

  test('a value for the gaps of a number is a number', () => {
    const filled = { ...draft, imputers: { age: '=30', city: '=30' } };
    expect(requestOf(filled, columns).imputers).toEqual({
      age: { strategy: 'constant', fill_value: 30 },
      city: { strategy: 'constant', fill_value: '30' },
    });
    expect(requestOf({ ...draft, imputers: { age: '=' } }, columns).imputers).toBeUndefined();
  });
});

test('many numbers are a quantity, few values are classes', () => {
  expect(proposedProblem(column('a', 'numeric', 300))).toBe('regression');
  expect(proposedProblem({ ...column('a', 'numeric', 4, ['0.5', '1.25']), type: 'double' })).toBe('regression');
  expect(proposedProblem({ ...column('a', 'numeric', 2, ['0', '1']), type: 'double' })).toBe('classification');
  expect(proposedProblem(column('a', 'categorical', 300))).toBe('classification');
});
