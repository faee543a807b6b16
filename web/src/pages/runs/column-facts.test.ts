import { expect, test } from 'bun:test';
import type { TableRow } from '../../api/run-table.ts';
import { isNumericColumn } from './column-facts.ts';

const rows = (...cells: (string | number | null)[]): TableRow[] => cells.map((cell) => ({ cells: [cell] }) as never);

test.each([
  ['params.lr', rows('0.1', null, '1e-5'), true],
  ['params.lr', rows('0.1', 'nan'), true],
  ['params.size', rows('3', '0x10'), false],
  ['params.size', rows('3', ' '), false],
  ['params.size', rows('3', '1_000'), false],
  // The server orders tags as texts: 10 stands before 9.
  ['tags.build', rows('10', '9'), false],
  ['attributes.duration', rows(10, null), true],
  ['params.lr', rows(), false],
])('of %s', (name, those, isNumeric) => {
  expect(isNumericColumn(name, those, 0)).toBe(isNumeric);
});
