import { afterAll, beforeAll, expect, test } from 'bun:test';
import { DataLab, type Prepared, type Row } from './support/data-lab.ts';
import { refused } from './support/refused.ts';
import { people, withColumn } from './support/tables.ts';
import { Random } from '../../support/random.ts';

let lab: DataLab;
let prepared: Prepared;
const random = new Random(3);
const words = ['good', 'bad', 'price', 'service', 'never', 'again', 'love', 'slow', 'fast', 'broken', 'kind', 'cold'];
const sentence = (): string => Array.from({ length: 6 }, () => random.pick(words)).join(' ');
const day = (offset: number): Date => new Date(Date.UTC(2019, 0, 1 + offset));
const two = (number: number): string => String(number).padStart(2, '0');

const rows: readonly Row[] = people(300).map((row, place) => ({
  ...row,
  id: place + 1,
  code: `u${place}-${(place * 7919) % 300}`,
  store_id: 100 + random.below(12),
  postcode: `0${1000 + random.below(40)}`,
  comment: sentence(),
  since: `${two(day(place).getUTCDate())}.${two(day(place).getUTCMonth() + 1)}.2019`,
  seen: `${day(random.below(900)).toISOString().slice(0, 19)}Z`,
  compact: day(random.below(900)).toISOString().slice(0, 10).replaceAll('-', ''),
  member: random.below(2) === 0 ? 'True' : 'false',
  constant: 'same',
  nothing: null,
  sparse: place % 20 === 0 ? random.below(100) : null,
  nearly: place % 50 === 7 ? 'unknown!' : random.below(1000) / 4,
  marked: place % 3 === 0 ? '?' : random.below(50),
  several: place % 2 === 0 ? random.below(9) : random.pick(['a', 'b']),
}));

beforeAll(async () => {
  lab = await DataLab.open();
  prepared = await lab.classify(rows, 'bought');
}, 600_000);
afterAll(() => lab[Symbol.dispose]());

test('columns are taken for what they hold', () => {
  const semantics = Object.fromEntries(prepared.profile.columns.map(({ name, semantic }) => [name, semantic]));
  expect(semantics).toMatchObject({
    age: 'numeric',
    city: 'categorical',
    income: 'numeric',
    store_id: 'categorical',
    postcode: 'categorical',
    comment: 'text',
    since: 'datetime',
    seen: 'datetime',
    compact: 'datetime',
    member: 'boolean',
    sparse: 'numeric',
    nearly: 'numeric',
    marked: 'numeric',
    several: 'categorical',
  });
  expect(prepared.column('since').format).toBe('%d.%m.%Y');
  expect(prepared.column('seen').format).toBe('ISO8601');
  expect(prepared.column('compact')).toMatchObject({ format: '%Y%m%d', type: 'int64' });
  expect(prepared.alert('strong_text_type_detection')?.columns).toEqual(['comment']);
  expect(prepared.alert('strong_datetime_type_detection')?.columns).toEqual(['since', 'seen', 'compact']);
  expect(prepared.alert('strong_categorical_type_detection')?.columns).toEqual(['store_id']);
});

test('the profile says what stands in a column', () => {
  const ages = rows.map((row) => Number(row['age']));
  expect(prepared.column('age')).toMatchObject({
    type: 'int64',
    missing: 0,
    unique: new Set(ages).size,
    min: Math.min(...ages),
    max: Math.max(...ages),
    examples: [...new Set(ages)].slice(0, 3).map(String),
  });
  expect(prepared.column('age').mean).toBeCloseTo(ages.reduce((sum, age) => sum + age, 0) / ages.length, 6);
  expect(prepared.column('sparse')).toMatchObject({ missing: 285, used: true });
  expect(prepared.column('bought')).toMatchObject({ used: false, reason: 'is to be predicted', type: 'string' });
});

test('what tells nothing is not used, and the reason is given', async () => {
  const unused = prepared.profile.columns.filter(({ used }) => !used).map(({ name }) => name);
  expect(unused.toSorted()).toEqual(['bought', 'code', 'constant', 'id', 'nothing']);
  expect(prepared.column('id').reason).toStartWith('identifies rows');
  expect(prepared.column('code').reason).toStartWith('identifies rows');
  expect(prepared.alert('unique_cols')?.columns).toEqual(['id', 'code']);
  expect(prepared.alert('constant_cols')?.columns).toEqual(['constant']);
  expect(prepared.alert('all_null_cols')).toMatchObject({ severity: 'medium', columns: ['nothing'] });
  expect(prepared.alert('mostly_missing_cols')?.columns).toEqual(['sparse']);
  const { development } = await lab.rows(prepared);
  for (const name of ['code', 'constant', 'id', 'nothing'])
    expect(Object.keys(development[0] ?? {})).not.toContain(name);
});

test('copies of rows hide no column that identifies them', async () => {
  const customers = withColumn(people(400), 'Kunden_ID', (_, place) => `K${10_000 + place * 37}`);
  const numbered = withColumn(customers, 'invoice', (_, place) => 500 + place);
  const twice = await lab.classify([...numbered, ...numbered.slice(0, 60)], 'bought');
  expect(twice.alert('unique_cols')?.columns).toEqual(['Kunden_ID', 'invoice']);
  expect(twice.column('invoice')).toMatchObject({ used: false, reason: 'numbers the rows' });
});

test('what numbers the rows does so too where rows are left out', async () => {
  const numbered = withColumn(people(400), 'nr', (_, place) => place + 1);
  const lacking = numbered.map((row, place) => ({ ...row, bought: place % 80 === 7 ? null : (row['bought'] ?? null) }));
  const parts = ['train', 'train', 'validate', 'test', 'other'];
  const split = withColumn(numbered, 'part', (_, place) => parts[place % 5] ?? '');
  for (const one of [
    await lab.classify(lacking, 'bought'),
    await lab.classify(split, 'bought', { split_col: 'part' }),
    // Of a larger table nine rows in ten.
    await lab.classify(
      numbered.filter((_, place) => (place * 7) % 10 !== 3),
      'bought',
    ),
  ])
    expect(one.column('nr')).toMatchObject({
      used: false,
      reason: expect.stringContaining('numbers the rows') as string,
    });
});

test('whole numbers that rise from row to row are used where they measure something', async () => {
  const few = people(360).map((row, place) => ({
    ...row,
    year: 1500 + place + Math.floor(place / 9),
    second: 1_700_000_000 + place + Math.floor(place / 9),
    age: Math.floor(place / 4),
    total: place + Math.floor(place / 2),
    trading_day: place + 2 * Math.floor(place / 5),
    rank: ((place * 7) % 360) + ((place * 7) % 360 > 200 ? 60 : 0),
  }));
  const judged = await lab.classify(few, 'bought');
  const names = ['year', 'second', 'age', 'total', 'trading_day', 'rank'];
  expect(names.filter((name) => !judged.column(name).used)).toEqual([]);
});

test('texts stay texts, and what is no number in a column of numbers is missing', async () => {
  const { development } = await lab.rows(prepared);
  for (const row of development) {
    const source = rows[Number(row['_automl_row'])] ?? {};
    expect(row['postcode']).toBe(source['postcode'] ?? '');
    expect(row['since']).toBe(source['since'] ?? '');
    expect(row['nearly']).toBe(source['nearly'] === 'unknown!' ? null : Number(source['nearly']));
    expect(row['marked']).toBe(source['marked'] === '?' ? null : Number(source['marked']));
    expect(row['several']).toBe(String(source['several']));
    expect(row['member']).toBe(source['member'] === 'True');
  }
  expect(prepared.alert('mixed_types')?.columns).toEqual(['nearly', 'marked']);
});

test('an imputer switches the detection off; what tells nothing is left out all the same', async () => {
  const imputed = await lab.classify(rows, 'bought', {
    imputers: {
      comment: 'most_frequent',
      since: { strategy: 'constant', fill_value: '01.01.2019' },
      store_id: 'median',
      constant: 'most_frequent',
      id: 'median',
    },
  });
  expect(imputed.column('comment').semantic).toBe('categorical');
  expect(imputed.column('since')).toMatchObject({ semantic: 'categorical', used: true });
  expect(imputed.column('store_id').semantic).toBe('numeric');
  expect(imputed.column('constant')).toMatchObject({ used: false, reason: 'has one value only' });
  expect(imputed.column('id')).toMatchObject({ used: false, semantic: 'numeric' });
});

test('columns that are excluded are not used', async () => {
  const excluded = await lab.classify(rows, 'bought', { exclude_cols: ['income', 'comment'] });
  expect(excluded.column('income')).toMatchObject({ used: false, reason: 'was excluded' });
  const { development } = await lab.rows(excluded);
  expect(Object.keys(development[0] ?? {})).not.toContain('comment');
});

test('columns of the same name are told apart as pandas does', async () => {
  const csv = people(40).map(({ age, income, bought }) => `${age},${income},${bought}`);
  const path = lab.file('twice.csv', `age,age,bought\n${csv.join('\n')}\n`);
  const twice = await lab.classify(path, 'bought');
  expect(twice.profile.columns.map(({ name }) => name)).toEqual(['age', 'age.1', 'bought']);
  expect(twice.alert('duplicate_column_names')?.columns).toEqual(['age.1']);
});

test('the types of Parquet are kept; lists of so many numbers become columns, other lists and objects are not used', async () => {
  await lab.run(`
import datetime, decimal, pyarrow as pa, pyarrow.parquet as pq
n = 100
pq.write_table(pa.table({
    "whole": pa.array(range(0, 2 * n, 2), pa.int16()), "price": pa.array([decimal.Decimal(i % 7) / 4 for i in range(n)], pa.decimal128(9, 2)),
    "day": pa.array([datetime.date(2020, 1, 1) + datetime.timedelta(days=i * 3) for i in range(n)]),
    "moment": pa.array([datetime.datetime(2020, 1, 1, i % 24) for i in range(n)], pa.timestamp("ns", "Europe/Berlin")),
    "kind": pa.array(["a", "b"] * 50).dictionary_encode(), "digits": [str(i % 13) for i in range(n)],
    "infinite": [float("inf") if i == 3 else i / 7 for i in range(n)],
    "spot": [None if i == 5 else [i * 7 % 11, i % 3 / 2] for i in range(n)], "spot_1": [i * 5 % 9 for i in range(n)],
    "excluded": [[1, 2]] * n, "ragged": [[1] * (i % 3) for i in range(n)], "object": [{"a": 1}] * n, "bytes": [b"x"] * n,
    "mass": [1e30 * (i % 9) for i in range(n)], "hash": pa.array([2**64 - 1 - i % 50 * 12345 for i in range(n)], pa.uint64()),
    "large": [[2**60 + 1 + i * 2**40, i % 5] for i in range(n)], "y": [i % 3 == 0 for i in range(n)],
}), "types.parquet")`);
  const typed = await lab.classify(`${lab.folder}/types.parquet`, 'y', {
    exclude_cols: ['excluded'],
    imputers: { spot__1: 'median' },
  });
  const seen = Object.fromEntries(typed.profile.columns.map(({ name, type, semantic }) => [name, [type, semantic]]));
  expect(seen).toMatchObject({
    whole: ['int16', 'numeric'],
    price: ['decimal128(9, 2)', 'numeric'],
    day: ['timestamp', 'datetime'],
    moment: ['timestamp', 'datetime'],
    kind: ['string', 'categorical'],
    digits: ['string', 'numeric'],
    spot__0: ['double', 'numeric'],
    spot__1: ['double', 'numeric'],
    mass: ['double', 'numeric'],
    hash: ['uint64', 'numeric'],
    large_0: ['double', 'numeric'],
    y: ['bool', 'boolean'],
  });
  expect(typed.column('infinite')).toMatchObject({ missing: 1 });
  expect(typed.alert('arrays_as_columns')).toMatchObject({ severity: 'low', columns: ['spot', 'large'] });
  expect(typed.alert('arrays_as_columns')?.message).toContain("'spot' (spot__0 to spot__1)");
  expect(typed.alert('unsupported_types')?.columns).toEqual(['ragged', 'object', 'bytes']);
  expect(typed.column('ragged').reason).toStartWith('holds lists that differ in length');
  expect(typed.column('excluded')).toMatchObject({ used: false, reason: 'was excluded' });
  expect(typed.profile.target).toMatchObject({ classes: ['False', 'True'], counts: [66, 34], positive: 'True' });
  const imputers = { spot: 'median' } as const;
  expect(await refused(lab.classify(`${lab.folder}/types.parquet`, 'y', { imputers }))).toContain(
    "The column 'spot' holds lists or objects, which nothing is imputed in",
  );
  const { development } = await lab.rows(typed);
  expect(typeof development[0]?.['digits']).toBe('string');
  for (const { _automl_row, spot__0, spot__1 } of development) {
    const row = Number(_automl_row);
    expect([spot__0, spot__1]).toEqual(row === 5 ? [null, null] : [(row * 7) % 11, (row % 3) / 2]);
  }
});

test('a class of whole numbers stays a whole number', async () => {
  const digits = withColumn(people(80), 'digit', (_, place) => place % 4);
  const many = await lab.classify(digits, 'digit');
  expect(many.profile.target).toMatchObject({ kind: 'multiclass', classes: ['0', '1', '2', '3'] });
  expect(many.column('digit').type).toBe('int64');
});

test('classes of fractions become texts, which learners take for classes', async () => {
  const prices = withColumn(people(80), 'price', (_, place) => (place % 2 === 0 ? 2.5 : 10));
  const two = await lab.classify(prices, 'price', { pos_label: '2.5' });
  expect(two.profile.target).toMatchObject({ kind: 'binary', classes: ['10', '2.5'], positive: '2.5' });
  expect(two.column('price').type).toBe('string');
  const { development } = await lab.rows(two);
  expect(new Set(development.map((row) => row['price']))).toEqual(new Set(['2.5', '10']));
});

test('large whole numbers as labels stay apart', async () => {
  const large = ['18446744073709551614', '18446744073709551615'];
  const labels = withColumn(people(80), 'label', (_, place) => large[place % 2]!);
  const two = await lab.classify(labels, 'label', { pos_label: large[0] });
  expect(two.profile.target).toMatchObject({ kind: 'binary', classes: large, counts: [40, 40], positive: large[0] });
  expect(two.column('label')).toMatchObject({ type: 'string', examples: large });
  const beyond = withColumn(people(80), 'label', (_, place) => `1e${22 + (place % 3)}`);
  expect((await lab.classify(beyond, 'label')).profile.target).toMatchObject({ classes: ['1e+22', '1e+23', '1e+24'] });
  const several = withColumn(people(80), 'label', (_, place) => ['1', '2.5', 'none of both'][place % 3]!);
  expect((await lab.classify(several, 'label')).profile.target).toMatchObject({ kind: 'multiclass' });
});
