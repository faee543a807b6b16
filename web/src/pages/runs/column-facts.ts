/** What can be told of a column from the rows at hand. */
import { looksNumeric } from '../../api/statistics.ts';
import type { Cell, TableRow } from '../../api/run-table.ts';
import { alignedNumbers, alignedTexts } from '../../components/aligned-numbers.ts';
import { numberOf } from './run-cell.tsx';
import { keyOfColumn, type ColumnRef } from './run-query.ts';

/** Texts are numbers where the server takes them for numbers, and orders them so: in params. */
export function isNumericColumn(name: string, rows: readonly TableRow[], index: number): boolean {
  const isParam = name.startsWith('params.');
  return rows.length > 0 && rows.every(({ cells }) => isNumber(cells[index], isParam));
}

function isNumber(cell: Cell | undefined, isParam: boolean): boolean {
  return typeof cell === 'string' ? isParam && looksNumeric(cell) : true;
}

/** How the numbers of a column are written, told from the rows at hand. */
export function writtenAs(rows: readonly TableRow[], index: number): (value: number) => string {
  return alignedNumbers(rows.flatMap(({ cells }) => numberOf(cells[index]) ?? []));
}

/** The same for params that are numbers. */
export function textsWrittenAs(rows: readonly TableRow[], index: number): (text: string) => string {
  return alignedTexts(rows.flatMap(({ cells }) => (cells[index] === null ? [] : [String(cells[index])])));
}

/** Columns that say the same in every row shown. */
export function constantColumns(columns: readonly ColumnRef[], rows: readonly TableRow[]): Set<string> {
  const isConstant = (_: ColumnRef, i: number): boolean =>
    rows.length > 1 && rows.every((row) => row.cells[i] === rows[0]?.cells[i]);
  return new Set(columns.filter(isConstant).map(keyOfColumn));
}
