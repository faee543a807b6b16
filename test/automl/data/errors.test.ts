import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { prepareData } from '../../../src/automl/data/prepare-data.ts';
import { checkedConfig, type AutomlRequest } from '../../../src/protocol/automl-config-check.ts';
import { DataLab, type Row } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people, withColumn } from './support/tables.ts';

let lab: DataLab;
let good: string;

beforeAll(async () => {
  lab = await DataLab.open();
  good = lab.csv(people(60));
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

async function refusal(
  dataset: string | readonly Row[],
  target: string,
  more: Partial<AutomlRequest> = {},
): Promise<string> {
  const problem_type = more.problem_type ?? 'classification';
  const message = await refused(
    lab[problem_type === 'regression' ? 'regress' : 'classify'](dataset, target, { ...more, problem_type }),
  );
  expect(message).not.toContain('Traceback');
  return message;
}

describe('what cannot be read', () => {
  test('a file that is not there', async () => {
    lab.file('customers.csv', 'a,b\n');
    expect(await refusal(`${lab.folder}/customer.csv`, 'b')).toContain(`Did you mean ${lab.folder}/customers.csv?`);
    expect(await refusal('/no/such/place/x.csv', 'b')).toContain('There is no folder /no/such/place either.');
  });

  test.each([
    ['an empty file', '', 'is empty'],
    ['a file with names alone', 'a,b,c\n', 'no rows'],
    ['a file that is no table', '\x00\x01\x02\xff\x00\x01'.repeat(50), 'neither CSV nor Parquet nor JSON lines'],
    ['a broken Parquet file', `PAR1${'x'.repeat(200)}`, 'not a whole Parquet file'],
    ['a spreadsheet', `PK\x03\x04${'x'.repeat(200)}`, 'Save the table as CSV or Parquet'],
    ['broken JSON lines', '{"a": 1}\n{"a": \n', 'Line 2 of'],
    ['JSON that is no table', '[1, 2, 3]', 'Row 1 of'],
    ['lines of every length', `a,b\n${'1,2,3,4\n1\n'.repeat(40)}`, 'is no table'],
  ])('%s', async (_, content, told) => {
    expect(await refusal(lab.file('bad.csv', Buffer.from(content, 'latin1')), 'a')).toContain(told);
  });

  test('packed data that is damaged', async () => {
    const packed = Bun.gzipSync('a,b\n1,2\n'.repeat(500));
    expect(await refusal(lab.file('bad.gz', packed.slice(0, -20)), 'a')).toContain('damaged');
  });

  test('a folder without Parquet, and an address of another kind', async () => {
    expect(await refusal('/usr/bin', 'a')).toContain('has no Parquet files');
    expect(await refusal('s3://bucket/x.csv', 'a')).toContain('cannot be read from s3://');
  });

  test('databases', async () => {
    expect(await refusal('sqlite:////no/such.db', 'a', { query: 'SELECT 1' })).toContain(
      'There is no database /no/such.db',
    );
  });
});

describe('columns that do not fit what is asked', () => {
  test.each<[string, string, Partial<AutomlRequest>]>([
    ['the target', "The data has no column 'bougth' to predict. Did you mean 'bought'?", { target_col: 'bougth' }],
    ['one that is excluded', "no column 'ag' (exclude_cols). Did you mean 'age'?", { exclude_cols: ['ag'] }],
    [
      'one with an imputer',
      "no column 'Income2' (imputers). Did you mean 'income'?",
      { imputers: { Income2: 'mean' } },
    ],
    ['the time column', "no column 'when' (time_col). There are: age, city", { time_col: 'when' }],
    ['the split column', "no column 'part' (split_col)", { split_col: 'part' }],
    ['the weights', "no column 'w' (sample_weight_col)", { sample_weight_col: 'w' }],
    ['weights that are texts', "The weights 'city' are no numbers", { sample_weight_col: 'city' }],
    ['a time that is none', "The time column 'city' holds no dates", { time_col: 'city' }],
    ['a split that is none', "No row has 'train' in the split column 'city'", { split_col: 'city' }],
    ['the mean of texts', "The column 'city' holds no numbers, so it has no mean", { imputers: { city: 'mean' } }],
    [
      'a text for numbers',
      "The column 'age' holds numbers; 'none' is none",
      { imputers: { age: { strategy: 'constant', fill_value: 'none' } } },
    ],
    ['a positive label', "'maybe' is no class of 'bought'. There are: no, yes", { pos_label: 'maybe' }],
    ['a label where there are more', "'city' has 4. Leave it out", { target_col: 'city', pos_label: 'Rome' }],
  ])('%s', async (_, told, more) => {
    expect(await refusal(good, more.target_col ?? 'bought', more)).toContain(told);
  });
});

describe('targets that nothing can be learnt of', () => {
  test('one without values', async () => {
    expect(
      await refusal(
        withColumn(people(40), 'y', () => null),
        'y',
      ),
    ).toContain("The target 'y' has no values");
  });

  test('one that is always the same', async () => {
    const rows = withColumn(people(40), 'y', () => 3);
    expect(await refusal(rows, 'y')).toContain("The target 'y' is '3' in every row");
    expect(await refusal(rows, 'y', { problem_type: 'regression' })).toContain("The target 'y' is 3 in every row");
  });

  test('a class for each row', async () => {
    expect(await refusal(good, 'income')).toContain('too many for classes. Use regression (regress) for numbers.');
  });

  test('texts for a regression', async () => {
    const told = 'regression predicts numbers. Use classification (classify)';
    expect(await refusal(good, 'city', { problem_type: 'regression' })).toContain(told);
    const truths = withColumn(people(40), 'y', (_, place) => place % 2 === 0);
    expect(await refusal(truths, 'y', { problem_type: 'regression' })).toContain(told);
  });

  test('fractions for classes, but a few, such as ratings', async () => {
    const fractions = withColumn(people(200), 'y', (_, place) => (place % 60) / 8 + 0.1);
    expect(await refusal(fractions, 'y')).toContain("'y' has 60 different values in 200 rows: too many for classes.");
    const ratings = withColumn(people(200), 'y', (_, place) => (place % 10) / 2);
    expect((await lab.classify(ratings, 'y')).profile.target).toMatchObject({ kind: 'multiclass' });
  });

  test('too few rows', async () => {
    expect(await refusal(people(12), 'bought')).toContain('Only 12 rows have a value');
  });

  test('nothing to learn it from', async () => {
    const rows = people(40).map(({ bought }, place) => ({ id: place, same: 1, bought }));
    const message = await refusal(rows, 'bought');
    expect(message).toContain("No column is left to predict 'bought' with");
    expect(message).toContain("'same' has one value only");
  });
});

test('it ends by the signal, with its reason', async () => {
  const config = checkedConfig({
    problem_type: 'classification',
    dataset: good,
    target_col: 'bought',
    timeout_seconds: 60,
  });
  const ending = new AbortController();
  const options = { python: lab.python, folder: lab.folder, memory: 2 ** 30, signal: ending.signal };
  const end = prepareData(config, { ...options, onProgress: () => ending.abort(new Error('enough')) });
  expect(await refused(end)).toContain('enough');
});
