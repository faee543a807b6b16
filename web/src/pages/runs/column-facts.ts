/** What can be told of a column from the rows at hand. */
import type { Cell, TableRow } from '../../api/run-table.ts';
import { alignedNumbers, alignedTexts } from '../../components/aligned-numbers.ts';
import { numberOf } from './run-cell.tsx';
import { keyOfColumn, type ColumnRef } from './run-query.ts';

export function isNumericColumn(rows: readonly TableRow[], index: number): boolean {
  return rows.length > 0 && rows.every(({ cells }) => looksNumeric(cells[index]));
}

function looksNumeric(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (cell !== '' && Number.isFinite(Number(cell)));
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
