/** What can be told of a column from the rows at hand. */
import type { Cell, TableRow } from '../../api/run-table.ts';
import { keyOfColumn, type ColumnRef } from './run-query.ts';

export function isNumericColumn(rows: readonly TableRow[], index: number): boolean {
  return rows.length > 0 && rows.every(({ cells }) => looksNumeric(cells[index]));
}

function looksNumeric(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (cell !== '' && Number.isFinite(Number(cell)));
}

/** Columns that say the same in every row shown. */
export function constantColumns(columns: readonly ColumnRef[], rows: readonly TableRow[]): Set<string> {
  const isConstant = (_: ColumnRef, i: number): boolean =>
    rows.length > 1 && rows.every((row) => row.cells[i] === rows[0]?.cells[i]);
  return new Set(columns.filter(isConstant).map(keyOfColumn));
}

const widest = 600;

/** Pixels that the title and the cells in view need. */
export function fitWidth(key: string, columns: readonly { key: string; title: string }[]): number {
  const place = columns.findIndex((column) => column.key === key);
  let width = (columns[place]?.title.length ?? 0) * 7 + 44;
  for (const row of document.querySelectorAll('.grid-row')) {
    // The first cell of a row is the box that selects it.
    const cell = row.children[place + 1];
    const content = cell?.firstElementChild ?? cell;
    if (content) width = Math.max(width, content.scrollWidth + 20);
  }
  return Math.min(widest, width);
}
