/** From elements of the grid to the places they stand for. */
import type { Cursor } from './cursor.ts';

/** The cell around an element; column -1 is the box that selects the row. `offset`: the aria index of column 0. */
export function cellAt(target: EventTarget | null, offset: number): Cursor | undefined {
  const cell = target instanceof Element ? target.closest('[role=gridcell], [role=columnheader]') : null;
  const row = cell?.parentElement?.getAttribute('aria-rowindex');
  const column = cell?.getAttribute('aria-colindex');
  return row && column ? { row: Number(row) - 2, column: Number(column) - offset } : undefined;
}

/** Fields and open menus keep their keys to themselves. */
export function keepsItsKeys(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  return target.closest('[popover], input:not([type=checkbox]), textarea, select, [contenteditable]') !== null;
}

/** The menu of a cell, or that of its column. */
export function menuOf(grid: Element, { row, column }: Cursor, offset: number): HTMLElement | null {
  for (const index of [row, -1]) {
    const cell = `[aria-rowindex="${index + 2}"] > [aria-colindex="${column + offset}"]`;
    const menu = grid.querySelector<HTMLElement>(`${cell} [aria-haspopup=menu]`);
    if (menu) return menu;
  }
  return null;
}
