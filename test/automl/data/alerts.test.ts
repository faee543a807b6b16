import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Random } from '../../support/random.ts';
import { DataLab, type Prepared, type Row } from './support/data-lab.ts';
import { people, withColumn } from './support/tables.ts';

let lab: DataLab;

beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

describe('leaks', () => {
  let prepared: Prepared;
  const random = new Random(5);
  const rows: readonly Row[] = people(400).map((row) => ({
    ...row,
    paid: row.bought === 'yes' ? 'A' : 'B',
    flag: row.bought === 'yes' ? 7 : 3,
    receipt: row.bought === 'yes' ? 100 + random.below(50) : random.below(101),
    honest: (row.bought === 'yes' ? 30 : 0) + random.below(100),
    user_id: random.below(4000) * 13,
  }));

  beforeAll(async () => {
    prepared = await lab.classify(rows, 'bought');
  });

  test('a copy of the target is told, in whatever words', () => {
    expect(prepared.alert('target_copy')).toMatchObject({ severity: 'high', columns: ['paid', 'flag'] });
    expect(prepared.alert('target_copy')?.message).toContain('--exclude-cols paid,flag');
  });

  test('so is a column that tells it nearly always; honest columns are not', () => {
    expect(prepared.alert('leak_suspects')).toMatchObject({ severity: 'high', columns: ['receipt'] });
  });

  test('suspects are kept, and the gravest alerts come first', () => {
    for (const name of ['paid', 'flag', 'receipt']) expect(prepared.column(name).used).toBeTrue();
    const severities = prepared.profile.alerts.map(({ severity }) => severity);
    expect(severities).toEqual(severities.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)));
  });
});

const order = ['high', 'medium', 'low'];

test('a number that is the target of a regression in other units is told', async () => {
  const rows = people(200).map((row, place) => ({
    ...row,
    euros: row.income * 0.93 + 5,
    rank: Math.sqrt(row.income) + (place % 3) / 10,
  }));
  const prepared = await lab.regress(rows, 'income');
  expect(prepared.alert('target_copy')?.columns).toEqual(['euros']);
  expect(prepared.alert('leak_suspects')?.columns).toEqual(['rank']);
  expect(prepared.alert('high_correlation_cols')?.columns.toSorted()).toEqual(['euros', 'rank']);
  expect(prepared.alert('high_correlation_cols')?.message).toMatch(
    /^These say nearly the same, by Pearson's correlation: '\w+' and '\w+' \(0\.9\d\d\)\.$/,
  );
});

test('a column that tells rows apart is told to be left out, and not to be a leak that is kept as well', async () => {
  const rows = people(200)
    .toSorted((a, b) => a.bought.localeCompare(b.bought))
    .map((row, place) => ({ rownames: place + 1, ...row }));
  const prepared = await lab.classify(rows, 'bought');
  const told = prepared.profile.alerts.filter(({ columns }) => columns.includes('rownames'));
  expect(told.map(({ name }) => name)).toEqual(['unique_cols']);
});

test('a recoded copy of several classes is told', async () => {
  const rows = people(300).map(({ city, ...row }) => ({
    ...row,
    city,
    zone: { Bonn: 4, Köln: 1, Paris: 3, Rome: 2 }[city] ?? 0,
  }));
  expect((await lab.classify(rows, 'city')).alert('target_copy')?.columns).toEqual(['zone']);
});

test('rows in the order of their target are told', async () => {
  const rows = people(200).toSorted((a, b) => a.bought.localeCompare(b.bought));
  const [sorted, mixed] = await Promise.all([lab.classify(rows, 'bought'), lab.classify(people(200), 'bought')]);
  expect(sorted.alert('row_order')?.severity).toBe('medium');
  expect(mixed.alert('row_order')).toBeUndefined();
});

test('copies of rows stay on one side of each split, whatever their target; a split by time tells of those that do not', async () => {
  const contrary = people(40).map((row) => ({ ...row, bought: row.bought === 'yes' ? 'no' : 'yes' }));
  const rows = [...people(150), ...people(150), ...contrary, ...people(50, 4)];
  const days = rows.map((row, place) => ({ day: 20_000 + place, ...row }));
  const [drawn, byTime] = await Promise.all([
    lab.classify(rows, 'bought'),
    lab.classify(days, 'bought', { time_col: 'day', exclude_cols: ['day'] }),
  ]);
  expect(drawn.alert('duplicate_rows')?.message).toMatch(/^150 of 390 rows are copies.*unless more than a/);
  expect(drawn.alert('duplicates_across_splits')).toBeUndefined();
  const { development, test: testRows } = await lab.rows(drawn);
  const parts = new Map<string, Set<unknown>>();
  for (const { age, city, income, _automl_fold = 'test' } of [...development, ...testRows]) {
    const key = JSON.stringify([age, city, income]);
    parts.set(key, (parts.get(key) ?? new Set()).add(_automl_fold));
  }
  expect([...parts.values()].filter((found) => found.size > 1)).toEqual([]);
  const told = byTime.alert('duplicates_across_splits');
  expect(told).toMatchObject({ severity: 'medium' });
  expect(told?.message).toContain('test rows have the same values as a development row');
});

test('rows of one customer on both sides of the split are told', async () => {
  const rows = withColumn(people(300), 'customer_id', (_, place) => 1000 + (place % 60));
  expect((await lab.classify(rows, 'bought')).alert('groups_across_splits')?.columns).toEqual(['customer_id']);
});

test('a rare class and dates to come are told', async () => {
  const rows = people(400).map((row, place) => ({
    ...row,
    bought: place % 50 === 0 ? 'yes' : 'no',
    due: place % 4 === 0 ? '2199-01-01' : `2020-0${1 + (place % 9)}-11`,
  }));
  const prepared = await lab.classify(rows, 'bought');
  expect(prepared.alert('imbalanced_target')?.message).toStartWith("The class 'yes' has 2.00% of the rows");
  expect(prepared.alert('future_timestamps')?.columns).toEqual(['due']);
});

test('what has changed by the time of the test is told', async () => {
  const rows = people(300).map((row, place) => ({
    ...row,
    day: new Date(Date.UTC(2020, 0, place)).toISOString().slice(0, 10),
    price: place + (place % 7),
    shop: place < 240 ? 'old' : 'new',
  }));
  const prepared = await lab.classify(rows, 'bought', { time_col: 'day' });
  expect(prepared.alert('split_drift')?.columns).toEqual(['price', 'shop']);
});

test('data in order calls for no alert', async () => {
  const prepared = await lab.classify(people(400), 'bought');
  expect(prepared.profile.alerts).toEqual([]);
});
