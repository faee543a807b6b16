import { expect, test } from 'bun:test';
import { csvCell, readCsv } from './csv.ts';

test.each([
  ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['a\r\n\r\nb', [['a'], ['b']]],
  ['"a ""x"", \n y",\n,', [['a "x", \n y', ''], ['', '']]],
  ['"",b\n"c', [['', 'b'], ['c']]],
  ['a,""\n', [['a', '']]],
  ['"a"b,c\n', [['ab', 'c']]],
] as [string, string[][]][])('%j is read', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
}); // prettier-ignore

test('what is written is read as it was', () => {
  const cells = ['plain', '', 'a,b', 'say "x"', 'two\nlines', 'é漢'];
  expect(readCsv(`${cells.map(csvCell).join(',')}\n`)).toEqual([cells]);
});
