import { expect, test } from 'bun:test';
import type { SchemaField } from '../../models/signature.ts';
import { bodyOf, cellJson, problemOf } from './cells.ts';
import { rowsOf } from './rows.ts';

function field(type: string, name?: string, required = true): SchemaField {
  return { name, type, required };
}

test.each([
  ['double', '1.5', '1.5'],
  ['double', '.5', '0.5'],
  ['double', ' 1e3 ', '1e3'],
  ['double', '', 'null'],
  ['long', '9007199254740993', '9007199254740993'],
  ['long', '+007', '7'],
  ['boolean', 'true', 'true'],
  ['string', 'a "b"', '"a \\"b\\""'],
  ['string', '', '""'],
  ['string', '1', '"1"'],
  ['datetime', '2026-01-31T12:00', '"2026-01-31T12:00"'],
  ['binary', 'Ynl0ZXM=', '"Ynl0ZXM="'],
  ['array of double', '[1, 2]', '[1, 2]'],
])('a cell of %s with %p is %s', (type, typed, json) => {
  expect(problemOf(field(type), typed)).toBeUndefined();
  expect(cellJson(field(type), typed)).toBe(json);
});

test.each([
  ['double', 'x'],
  ['long', '1.5'],
  ['array of double', '[1'],
  ['datetime', 'tomorrow'],
])('a cell of %s with %p is wrong, and sent as text all the same', (type, typed) => {
  expect(problemOf(field(type), typed)).toBeDefined();
  expect(JSON.parse(cellJson(field(type), typed))).toBe(typed);
});

test('an empty cell that may be left out is null', () => {
  expect(cellJson(field('string', 'a', false), '')).toBe('null');
});

test('a request has the rows, and only the params that are set', () => {
  const columns = [field('double', 'a'), field('string', 'b "c"')];
  const params = [field('double', 'temperature'), field('long', 'top')];
  const body = bodyOf(
    columns,
    [
      ['1', 'x'],
      ['2', ''],
    ],
    params,
    ['0.5', ''],
  );
  expect(JSON.parse(body)).toEqual({
    dataframe_split: {
      columns: ['a', 'b "c"'],
      data: [
        [1, 'x'],
        [2, ''],
      ],
    },
    params: { temperature: 0.5 },
  });
  expect(rowsOf(JSON.parse(body), columns)).toEqual([
    ['1', 'x'],
    ['2', ''],
  ]);
});

test('columns without names are told by their place', () => {
  const body: unknown = JSON.parse(bodyOf([field('double'), field('double')], [['1', '2']], [], []));
  expect(body).toEqual({ dataframe_split: { data: [[1, 2]] } });
});

test.each([
  [{ dataframe_split: { columns: ['b', 'a'], data: [['x', 1]] } }],
  [{ dataframe_records: [{ a: 1, b: 'x' }] }],
  [{ inputs: { a: [1], b: ['x'] } }],
  [{ instances: [{ a: 1, b: 'x' }] }],
  [{ dataframe_split: { data: [[1, 'x']] } }],
])('rows of %j', (request) => {
  expect(rowsOf(request, [field('long', 'a'), field('string', 'b')])).toEqual([['1', 'x']]);
});

test.each([
  [{ dataframe_records: [{ a: 1, c: 'x' }] }],
  [{ inputs: { a: [1], b: ['x', 'y'] } }],
  [{ inputs: 5 }],
  [[1, 2]],
  [null],
])('%j has no rows for these columns', (request) => {
  expect(rowsOf(request, [field('long', 'a'), field('string', 'b')])).toBeUndefined();
});
