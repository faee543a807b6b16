/** Room for the button of the header's menu. */
const menuRoom = 26;
const widest = 600;

/** Pixels that the title and the cells of a column need, of those that are drawn. */
export function fitWidth(grid: Element, ariaColumn: number): number {
  const cells = [...grid.querySelectorAll<HTMLElement>(`[role=row] > [aria-colindex="${ariaColumn}"]`)];
  const before = cells.map(({ style }) => style.width);
  for (const { style } of cells) style.width = 'max-content';
  const widths = cells.map((cell) => cell.offsetWidth + (cell.role === 'columnheader' ? menuRoom : 0));
  for (const [i, { style }] of cells.entries()) style.width = before[i] ?? '';
  return Math.min(widest, Math.max(0, ...widths));
}
