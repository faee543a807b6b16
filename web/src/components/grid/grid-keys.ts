/** `j` and `k` in a page's table, and the row that the table's cursor is on. */
import { useHotkeys, type Hotkeys } from '../hotkeys.ts';
import { text } from '../../text/common.ts';

function theGrid(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main [role=grid]');
}

function step(key: 'ArrowDown' | 'ArrowUp'): void {
  const grid = theGrid();
  if (!grid) return;
  if (document.activeElement === grid) grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
  else grid.focus();
}

/** An attribute of the row that the cursor is on; undefined when the table does not have the focus. */
export function rowAtCursor(attribute: string): string | undefined {
  const active = document.activeElement?.getAttribute('aria-activedescendant');
  const row = active ? document.getElementById(active)?.closest(`[${attribute}]`) : null;
  return row?.getAttribute(attribute) ?? undefined;
}

export function useGridKeys(more: Hotkeys = {}): void {
  useHotkeys({
    j: { label: text.nextRow, run: () => step('ArrowDown') },
    k: { label: text.previousRow, run: () => step('ArrowUp') },
    ...more,
  });
}
