/** Keys that reach a page's table from outside of it, and the row that the table's cursor is on. */
import { useEffect } from 'react';
import { useHotkeys, type Hotkeys } from '../hotkeys.ts';
import { text } from '../../text/common.ts';

function theGrid(): HTMLElement | null {
  return document.querySelector<HTMLElement>('main [role=grid]');
}

function step(key: 'ArrowDown' | 'ArrowUp'): void {
  const grid = theGrid();
  if (!grid) return;
  if (document.activeElement === grid) send(grid, key);
  else grid.focus();
}

function send(grid: HTMLElement, key: string): void {
  grid.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
}

function scrolls(box: Element | null): boolean {
  return box !== null && box.scrollHeight > box.clientHeight;
}

const farKeys: readonly string[] = ['Home', 'End', 'PageUp', 'PageDown'];

/** Where nothing has the focus and the page itself does not scroll, keys that lead far are the table's. */
export function useFarKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const grid = theGrid();
      if (!grid || event.target !== document.body || !farKeys.includes(event.key) || scrolls(grid.closest('main')))
        return;
      event.preventDefault();
      grid.focus();
      send(grid, event.key);
    };
    addEventListener('keydown', press);
    return () => {
      removeEventListener('keydown', press);
    };
  }, []);
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
