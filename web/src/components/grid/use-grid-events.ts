import type {
  FocusEventHandler,
  KeyboardEvent,
  KeyboardEventHandler,
  MouseEventHandler,
  PointerEventHandler,
  RefObject,
  SyntheticEvent,
} from 'react';
import { moveCursor, type Cursor } from './cursor.ts';
import { cellAt, keepsItsKeys, menuOf } from './grid-dom.ts';
import type { GridProps } from './grid-types.ts';
import type { RowRange } from './use-row-range.ts';

interface EventsOptions<Row> {
  readonly grid: GridProps<Row>;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly cursor: Cursor;
  /** Rows that fit into the view. */
  readonly page: number;
  /** The aria index of column 0. */
  readonly offset: number;
  readonly range: RowRange;
  readonly moveTo: (to: Cursor) => void;
  readonly reveal: (cursor: Cursor) => void;
  /** The cell has the focus in it, or is dragged. */
  readonly hold: (cell: Cursor) => void;
}

interface Events {
  readonly onKeyDown: KeyboardEventHandler;
  readonly onPointerDown: PointerEventHandler;
  readonly onMouseDown: MouseEventHandler;
  readonly onClick: MouseEventHandler;
  readonly onDoubleClick: MouseEventHandler;
  readonly onFocus: FocusEventHandler;
  readonly onDragStart: (event: SyntheticEvent) => void;
  readonly onBlur: FocusEventHandler;
}

/** What keys and pointer do, heard once for all cells. */
export function useGridEvents<Row>(options: EventsOptions<Row>): Events {
  const { grid, scroller, cursor, page, offset, range, moveTo, reveal } = options;
  const { columns, rowAt, rowCount, onEdit } = grid;

  const move = (event: KeyboardEvent): boolean => {
    const to = moveCursor(event, cursor, { rows: rowCount, columns: columns.length, page });
    if (!to) return false;
    moveTo(to);
    reveal(to);
    // A pinned column is in view wherever the rest is, yet the way to the far left shows the beginning.
    if (to.column === 0 && leadsToStart(event) && scroller.current) scroller.current.scrollLeft = 0;
    if (!event.shiftKey) range.rest();
    else if (to.row !== cursor.row && to.row >= 0 && grid.onExtend) range.extend(Math.max(0, cursor.row), to.row);
    return true;
  };

  const selectAll = (): boolean => {
    if (grid.onSelectAll) grid.onSelectAll();
    else if (!grid.onToggleAll) return false;
    else if (grid.allSelected !== true) grid.onToggleAll();
    return true;
  };

  const openMenu = (): void => {
    const menu = scroller.current && menuOf(scroller.current, cursor, offset);
    if (!menu) return;
    reveal(cursor);
    menu.click();
  };

  /** Whether the key meant something here. */
  const press = (event: KeyboardEvent): boolean => {
    if (move(event)) return true;
    if (event.altKey) {
      if (event.key === 'ArrowDown') openMenu();
      // Where no menu is, the browser would scroll the rows away from under the cursor.
      return event.key === 'ArrowDown' || event.key === 'ArrowUp';
    }
    const row = cursor.row >= 0 ? rowAt(cursor.row) : undefined;
    const column = columns[cursor.column];
    switch (event.key) {
      case 'a':
        return (event.ctrlKey || event.metaKey) && selectAll();
      case ' ':
        if (cursor.row < 0 || !grid.onToggle) return false;
        range.toggle(cursor.row, event.shiftKey);
        return true;
      case 'Enter':
        if (row !== undefined && grid.onOpen) grid.onOpen(row);
        else if (cursor.row < 0 && column && column.sortable !== false) grid.onSort?.(column.key, event.shiftKey);
        else return false;
        return true;
      case 'F2':
        if (row === undefined || !column) return false;
        onEdit?.(row, column.key);
        return true;
      default:
        return false;
    }
  };
  const takeFocus = (): void => scroller.current?.focus({ preventScroll: true });
  const hold = (event: SyntheticEvent): void => {
    const at = cellAt(event.target, offset);
    if (at) options.hold(at);
  };

  return {
    onKeyDown: (event) => {
      const here = event.target === scroller.current;
      // From a button that was clicked the arrows lead on; its other keys are its own.
      if (here ? !press(event) : keepsItsKeys(event.target) || !move(event)) return;
      event.preventDefault();
      if (!here) takeFocus();
    },
    onPointerDown: (event) => {
      if (!event.shiftKey) range.rest();
      const at = cellAt(event.target, offset);
      if (at) moveTo(at.column < 0 ? { ...at, column: cursor.column } : at);
    },
    onMouseDown: (event) => {
      // A box that is ticked leaves the focus to the grid, where the arrows work.
      if (!(event.target instanceof Element) || !event.target.matches('.grid-select input')) return;
      event.preventDefault();
      takeFocus();
    },
    onClick: (event) => {
      const button = event.target instanceof Element ? event.target.closest('button[tabindex="-1"]') : null;
      if (button && button === document.activeElement && !keepsItsKeys(button) && !button.ariaHasPopup) takeFocus();
    },
    onDoubleClick: (event) => {
      const at = keepsItsKeys(event.target) ? undefined : cellAt(event.target, offset);
      const row = at && at.row >= 0 ? rowAt(at.row) : undefined;
      const column = at && columns[at.column];
      if (row !== undefined && column) onEdit?.(row, column.key);
    },
    onFocus: hold,
    onDragStart: hold,
    onBlur: range.rest,
  };
}

function leadsToStart({ key, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === 'ArrowLeft' || (key === 'Home' && (ctrlKey || metaKey));
}
