import { useEffect } from 'react';

/** A cell is copied whole, however short it is shown: the one under the cursor, or the one that is selected in. */
export function useCopiedCells(): void {
  useEffect(() => {
    document.addEventListener('copy', copyCell);
    return () => {
      document.removeEventListener('copy', copyCell);
    };
  }, []);
}

function copyCell(event: ClipboardEvent): void {
  const full = (cellUnderCursor() ?? selectedCell())?.querySelector<HTMLElement>('[data-full]')?.dataset['full'];
  if (full === undefined) return;
  event.clipboardData?.setData('text/plain', full);
  event.preventDefault();
}

function cellUnderCursor(): Element | null {
  const grid = document.activeElement;
  if (grid?.getAttribute('role') !== 'grid' || getSelection()?.isCollapsed === false) return null;
  return document.getElementById(grid.getAttribute('aria-activedescendant') ?? '');
}

/** Undefined where the selection reaches from one cell to another: then what is seen is meant. */
function selectedCell(): Element | undefined {
  const selection = getSelection();
  if (!selection || selection.isCollapsed) return undefined;
  const cellOf = (node: Node | null): Element | null | undefined => node?.parentElement?.closest('[role=gridcell]');
  const cell = cellOf(selection.anchorNode);
  return cell && cell === cellOf(selection.focusNode) ? cell : undefined;
}
