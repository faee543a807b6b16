import { afterAll, beforeAll, expect, test } from 'bun:test';
import { DataLab, type PreparedRows, type Row } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people, withColumn } from './support/tables.ts';

let lab: DataLab;

beforeAll(async () => {
  lab = await DataLab.open();
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

const numbersOf = (rows: readonly Row[]): number[] => rows.map((row) => Number(row['_automl_row']));
const shareOf = (rows: readonly Row[], value: string): number =>
  rows.filter((row) => row['bought'] === value).length / rows.length;
const contents = ({ test }: PreparedRows): string[] =>
  test.map(({ _automl_row, ...row }) => JSON.stringify(row)).sort();

test('a fifth of the rows is kept for the test, and each other row is validated in one of five folds', async () => {
  const rows = people(500);
  const prepared = await lab.classify(rows, 'bought');
  const { development, test: testRows } = await lab.rows(prepared);
  expect(prepared.profile).toMatchObject({
    kind: 'tabular',
    rows: 500,
    development_rows: development.length,
    test_rows: testRows.length,
    validation: { kind: 'folds', folds: 5 },
  });
  expect(testRows.length).toBeWithin(98, 103);
  expect([...numbersOf(development), ...numbersOf(testRows)].sort((a, b) => a - b)).toEqual([...rows.keys()]);
  for (const fold of [0, 1, 2, 3, 4]) {
    const validated = development.filter((row) => row['_automl_fold'] === fold);
    expect(validated.length).toBeWithin(76, 85);
    expect(shareOf(validated, 'yes')).toBeCloseTo(shareOf(rows, 'yes'), 1);
  }
  expect(shareOf(testRows, 'yes')).toBeCloseTo(shareOf(rows, 'yes'), 1);
  // Each row stands there as it came.
  for (const row of testRows) {
    const { _automl_row, ...rest } = row;
    expect(rest).toEqual(rows[Number(_automl_row)] as Row);
  }
});

test('from 5,000 rows on a fifth is validated, and the others train', async () => {
  const prepared = await lab.classify(people(6000), 'bought');
  const { development, test: testRows } = await lab.rows(prepared);
  const folds = development.map((row) => row['_automl_fold']);
  expect(prepared.profile.validation).toEqual({ kind: 'holdout', folds: 1 });
  expect(testRows.length).toBeWithin(1195, 1206);
  expect(folds.filter((fold) => fold === 0).length).toBeWithin(1195, 1206);
  expect(new Set(folds)).toEqual(new Set([0, -1]));
});

test('the order of the rows makes no difference; the seed does', async () => {
  const rows = people(300);
  const [one, turned, otherSeed] = await Promise.all([
    lab.classify(rows, 'bought'),
    lab.classify(rows.toReversed(), 'bought'),
    lab.classify(rows, 'bought', { seed: 7 }),
  ]);
  const [first, second, third] = await Promise.all([lab.rows(one), lab.rows(turned), lab.rows(otherSeed)]);
  expect(contents(second)).toEqual(contents(first));
  expect(contents(third)).not.toEqual(contents(first));
  expect((await lab.classify(rows, 'bought')).profile.data_hash).toBe(one.profile.data_hash);
  expect(otherSeed.profile.data_hash).not.toBe(one.profile.data_hash);
});

test('the parts of a regression have targets that are spread alike', async () => {
  const prepared = await lab.regress(people(1000), 'income');
  const { development, test: testRows } = await lab.rows(prepared);
  const mean = (rows: readonly Row[]): number =>
    rows.reduce((sum, row) => sum + Number(row['income']), 0) / rows.length;
  expect(Math.abs(mean(testRows) / mean(development) - 1)).toBeLessThan(0.05);
});

test('no class is lost: one row of a rare one always trains, and it is told', async () => {
  const rows = [
    ...people(200).map(({ bought, ...row }) => ({ ...row, size: bought === 'yes' ? 'M' : 'L' })),
    ...people(3, 9).map(({ bought: _, ...row }) => ({ ...row, size: 'XXL' })),
    ...people(1, 8).map(({ bought: _, ...row }) => ({ ...row, size: 'XS' })),
    // Copies go one way.
    ...Array.from({ length: 8 }, () => ({ age: 7, city: 'Bonn', income: 0, size: 'S' })),
  ];
  const prepared = await lab.classify(rows, 'size');
  const { development } = await lab.rows(prepared);
  expect(prepared.profile.target).toMatchObject({
    kind: 'multiclass',
    classes: ['L', 'M', 'S', 'XS', 'XXL'],
  });
  expect(prepared.alert('rare_classes')).toMatchObject({ severity: 'medium', columns: ['size'] });
  expect(prepared.alert('rare_classes')?.message).toContain("'S', 'XS', 'XXL'");
  for (const size of ['XS', 'XXL']) {
    expect(development.filter((row) => row['size'] === size && row['_automl_fold'] === -1)).toHaveLength(1);
  }
  expect(development.filter((row) => row['size'] === 'S' && row['_automl_fold'] === -1)).toHaveLength(8);
});

test('where rows have copies of another class, the rarer one has its share in each part', async () => {
  const rows = Array.from({ length: 1000 }, (_, place) => ({
    shape: `s${Math.floor(place / 5)}`,
    bought: place % 25 === 0 ? 'yes' : 'no',
  }));
  const { development, test: testRows } = await lab.rows(await lab.classify(rows, 'bought'));
  const parts = [0, 1, 2, 3, 4].map((fold) => development.filter((row) => row['_automl_fold'] === fold));
  const counts = [testRows, ...parts].map((part) => part.filter((row) => row['bought'] === 'yes').length);
  for (const [place, count] of counts.entries()) expect(count).toBeWithin(place === 0 ? 7 : 5, place === 0 ? 10 : 9);
});

test('where rows have copies, some more than others, each part has its share of the rows', async () => {
  const rows = Array.from({ length: 600 }, (_, person) => {
    const copies = person % 2 === 0 ? 1 : 2 + (person % 11);
    const row = { person: person + 0.5, copied: copies > 1, bought: person % 3 === 0 ? 'yes' : 'no' };
    return Array.from({ length: copies }, () => row);
  }).flat();
  const split = await lab.rows(await lab.classify(rows, 'bought'));
  const { development, test: testRows } = split;
  const parts = [0, 1, 2, 3, 4].map((fold) => development.filter((row) => row['_automl_fold'] === fold));
  for (const [place, part] of [testRows, ...parts].entries()) {
    const share = place === 0 ? 0.2 : 0.16;
    for (const bought of ['yes', 'no']) {
      const all = rows.filter((row) => row.bought === bought).length;
      expect(part.filter((row) => row['bought'] === bought).length / all).toBeWithin(share - 0.02, share + 0.02);
    }
    // Neither are most of those with copies in one part.
    const copied = rows.filter((row) => row.copied).length;
    expect(part.filter((row) => row['copied'] === true).length / copied).toBeWithin(share - 0.04, share + 0.04);
  }
  const testPeople = new Set(testRows.map((row) => row['person']));
  expect(development.some((row) => testPeople.has(row['person']))).toBeFalse();
  const turned = await lab.rows(await lab.classify(rows.toReversed(), 'bought'));
  expect(contents(turned)).toEqual(contents(split));
});

test('a table without copies is split as ever', async () => {
  const { test: testRows } = await lab.rows(await lab.classify(people(60), 'bought'));
  expect(numbersOf(testRows)).toEqual([16, 25, 26, 28, 29, 36, 39, 40, 44, 49, 57, 58]);
});

test('too few rows that differ are told', async () => {
  const rows = Array.from({ length: 40 }, (_, place) => ({ age: place % 4, bought: place % 4 < 2 ? 'yes' : 'no' }));
  expect(await refused(lab.classify(rows, 'bought'))).toContain('rows with the same values stay together');
});

test('rows without a target are left out, and it is told', async () => {
  const rows = people(100).map((row, place) => ({ ...row, bought: place < 10 ? null : row.bought }));
  const prepared = await lab.classify(rows, 'bought');
  const { development, test: testRows } = await lab.rows(prepared);
  expect(prepared.alert('missing_target')?.message).toStartWith('10 rows');
  expect(prepared.profile.rows).toBe(100);
  expect(Math.min(...numbersOf([...development, ...testRows]))).toBe(10);
});

test('with a time column the latest rows are for the test, those before for validation, in the order of time', async () => {
  const rows = withColumn(people(200), 'day', (_, place) => {
    const day = (place * 37) % 200;
    return new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);
  });
  const prepared = await lab.classify(rows, 'bought', { time_col: 'day' });
  const { development, test: testRows } = await lab.rows(prepared);
  const days = (some: readonly Row[]): string[] => some.map((row) => String(row['day'])).sort();
  const training = days(development.filter((row) => row['_automl_fold'] === -1));
  const validated = days(development.filter((row) => row['_automl_fold'] === 0));
  expect(prepared.profile.validation).toEqual({ kind: 'time', folds: 1 });
  expect(development.map((row) => String(row['day']))).toEqual(days(development));
  expect([training.length, validated.length, testRows.length]).toEqual([120, 40, 40]);
  expect((training.at(-1) ?? '') < (validated[0] ?? '')).toBeTrue();
  expect((validated.at(-1) ?? '') < (days(testRows)[0] ?? '')).toBeTrue();
});

test('a split column is followed; rows where it says something else are left out', async () => {
  const parts = ['train', 'train', 'train', 'validate', 'test', 'later'];
  const rows = withColumn(people(120), 'part', (_, place) => parts[place % 6] ?? '');
  const prepared = await lab.classify(rows, 'bought', { split_col: 'part' });
  const { development, test: testRows } = await lab.rows(prepared);
  expect(prepared.profile).toMatchObject({
    validation: { kind: 'manual', folds: 1 },
    development_rows: 80,
    test_rows: 20,
  });
  expect(prepared.alert('split_values_ignored')?.message).toStartWith('20 rows');
  for (const row of development) {
    expect(row['_automl_fold']).toBe(Number(row['_automl_row']) % 6 === 3 ? 0 : -1);
  }
  for (const row of testRows) expect(Number(row['_automl_row']) % 6).toBe(4);
  expect(prepared.column('part')).toMatchObject({ used: false, reason: 'tells the split', unique: 3 });
  expect(Object.keys(testRows[0] ?? {})).not.toContain('part');
});

test('a split column may say training and validation', async () => {
  const parts = ['Training', 'training', 'train', 'validation', 'test'];
  const rows = withColumn(people(100), 'part', (_, place) => parts[place % 5] ?? '');
  const prepared = await lab.classify(rows, 'bought', { split_col: 'part' });
  expect(prepared.profile).toMatchObject({ development_rows: 80, test_rows: 20 });
  expect(prepared.alert('split_values_ignored')).toBeUndefined();
});

test('a class that the split leaves no training rows is moved there', async () => {
  const rows = people(120).map((row, place) => ({
    ...row,
    part: ['train', 'train', 'validate', 'test'][place % 4] ?? '',
    bought: place === 3 ? 'perhaps' : row.bought,
  }));
  const prepared = await lab.classify(rows, 'bought', { split_col: 'part' });
  const { development } = await lab.rows(prepared);
  expect(prepared.alert('classes_without_training_rows')?.severity).toBe('high');
  expect(development.find((row) => row['bought'] === 'perhaps')).toMatchObject({ _automl_fold: -1 });
});

test('weights are kept, and are 1 where there is none', async () => {
  const rows = withColumn(people(60), 'weight', (_, place) => (place === 5 ? null : place % 3));
  const prepared = await lab.regress(rows, 'income', { sample_weight_col: 'weight' });
  const { development, test: testRows } = await lab.rows(prepared);
  expect(prepared.alert('missing_weights')?.columns).toEqual(['weight']);
  expect(prepared.column('weight')).toMatchObject({ used: false, unique: 3 });
  for (const row of [...development, ...testRows]) {
    const place = Number(row['_automl_row']);
    expect(row['weight']).toBe(place === 5 ? 1 : place % 3);
  }
});

test('a positive label is taken as it is meant', async () => {
  const rows = people(60).map((row) => ({ ...row, bought: row.bought === 'yes' ? 1 : 0 }));
  const [told, untold] = await Promise.all([
    lab.classify(rows, 'bought', { pos_label: '0' }),
    lab.classify(rows, 'bought'),
  ]);
  expect(told.profile.target).toMatchObject({ kind: 'binary', classes: ['0', '1'], positive: '0' });
  expect(untold.profile.target).toMatchObject({ positive: '1' });
});
