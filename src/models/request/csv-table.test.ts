import { expect, test } from 'bun:test';
import { readCsv } from './csv-table.ts';

test.each([
  ['a,b\n464,147,\n465,148,\n', [464n, 465n], [147n, 148n]],
  ['a,b\nfirst,464,\n', [464n], [null]],
  ['a,b\nfirst,464,147\nsecond,465,148\n', [464n, 465n], [147n, 148n]],
])('rows of %j have one field more than there are names', (text, a, b) => {
  const { columns } = readCsv(new TextEncoder().encode(text), undefined);
  expect(columns.map(({ name, values }) => [name, [...values]])).toEqual([
    ['a', a],
    ['b', b],
  ]);
});
