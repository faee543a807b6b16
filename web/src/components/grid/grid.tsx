/**
 * A table of any number of rows, of which only those in view are in the document. It is one stop of the Tab key:
 * arrows move a cell cursor, Home and End go to the first and last row, Space selects, Enter opens (or sorts, in the
 * header). Rows have one height, so the place of each is a multiplication.
 */
import { useCallback, useEffect, useId, useLayoutEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import type { GridProps } from './grid-types.ts';
import { moveCursor, type Cursor } from './cursor.ts';

/** Rows drawn beyond the view on each side, so that a scroll of a frame shows no gap. */
const margin = 5;
/** The header is as high as a row, but never lower than this. */
const leastHeaderHeight = 28;
const selectWidth = 34;

export function Grid<Row>(props: GridProps<Row>) {
  const { columns, rowCount, rowAt, keyOf, rowHeight, onVisible, selected, onToggle, onOpen, onSort } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const headerHeight = Math.max(leastHeaderHeight, rowHeight);
  const [view, setView] = useState({ first: 0, last: 40 });
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    const last = Math.min(rowCount, Math.ceil((element.scrollTop + element.clientHeight - headerHeight) / rowHeight));
    setView((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, [rowCount, rowHeight, headerHeight]);

  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => {
      observer.disconnect();
    };
  }, [look]);

  const inserted = useRef(props.insertedAbove ?? 0);
  useLayoutEffect(() => {
    const rows = (props.insertedAbove ?? 0) - inserted.current;
    inserted.current = props.insertedAbove ?? 0;
    const element = scroller.current;
    if (rows > 0 && element && (element.scrollTop > 0 || element.matches(':hover')))
      element.scrollTop += rows * rowHeight;
  }, [props.insertedAbove, rowHeight]);

  useEffect(() => {
    if (rowCount > 0) onVisible?.(view.first, Math.max(view.first, view.last - 1));
  }, [onVisible, rowCount, view]);

  const selects = onToggle !== undefined;
  const template = useMemo(
    () => `${selects ? `${selectWidth}px ` : ''}${columns.map((column) => `${column.width}px`).join(' ')}`,
    [columns, selects],
  );
  const width = columns.reduce((sum, column) => sum + column.width, selects ? selectWidth : 0);
  const pinnedLefts = useMemo(() => {
    const lefts: number[] = [];
    let left = selects ? selectWidth : 0;
    for (const column of columns.slice(0, props.pinned ?? 0)) {
      lefts.push(left);
      left += column.width;
    }
    return lefts;
  }, [columns, props.pinned, selects]);

  const moveTo = (to: Cursor): void => {
    setCursor(to);
    if (to.row >= 0 && to.row !== cursor.row) props.onCursorRow?.(to.row);
  };

  const place = (to: Cursor): void => {
    moveTo(to);
    const element = scroller.current;
    if (!element || to.row < 0) return;
    const top = to.row * rowHeight;
    const room = element.clientHeight - headerHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    const column = columns[to.column];
    const left = columns.slice(0, to.column).reduce((sum, c) => sum + c.width, selects ? selectWidth : 0);
    const held = (pinnedLefts.at(-1) ?? 0) + (columns[pinnedLefts.length - 1]?.width ?? 0);
    if (!column || to.column < pinnedLefts.length) return;
    if (left - held < element.scrollLeft) element.scrollLeft = left - held;
    else if (left + column.width > element.scrollLeft + element.clientWidth) {
      element.scrollLeft = left + column.width - element.clientWidth;
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== scroller.current) return;
    const page = Math.max(1, view.last - view.first - 1);
    const to = moveCursor(event, cursor, { rows: rowCount, columns: columns.length, page });
    if (to) {
      event.preventDefault();
      place(to);
      return;
    }
    const row = cursor.row >= 0 ? rowAt(cursor.row) : undefined;
    if (event.key === ' ' && cursor.row >= 0 && onToggle) {
      event.preventDefault();
      onToggle(cursor.row, event.shiftKey);
    } else if (event.key === 'Enter' && cursor.row < 0) {
      const column = columns[cursor.column];
      if (column && column.sortable !== false) onSort?.(column.key, event.shiftKey);
    } else if (event.key === 'F2' && row !== undefined) {
      const column = columns[cursor.column];
      if (column) props.onEdit?.(row, column.key);
    } else if (event.key === 'Enter' && row !== undefined) {
      event.preventDefault();
      onOpen?.(row);
    }
  };

  const first = Math.max(0, Math.min(view.first, rowCount - 1) - margin);
  const last = Math.min(rowCount, view.last + margin);
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
  const active = Math.min(cursor.row, rowCount - 1);

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + (selects ? 1 : 0)}
      aria-busy={props.busy}
      aria-multiselectable={selects ? true : undefined}
      aria-activedescendant={`${id}-${active}-${cursor.column}`}
      tabIndex={0}
      data-testid={props.testId}
      style={{ '--columns': template, '--row': `${rowHeight}px`, '--header': `${headerHeight}px` } as never}
      onScroll={look}
      onKeyDown={onKeyDown}
    >
      <div className="grid-sheet" role="presentation" style={{ width, height: headerHeight + rowCount * rowHeight }}>
        <GridHeader id={id} cursor={active < 0 ? cursor.column : -1} grid={props} pinnedLefts={pinnedLefts} />
        {indexes.map((index) => {
          const row = rowAt(index);
          return (
            <GridRow
              key={row === undefined ? `#${index}` : `${index < (props.repeatedRows ?? 0) ? '^' : ''}${keyOf(row)}`}
              id={id}
              row={row}
              index={index}
              top={headerHeight + index * rowHeight}
              columns={columns}
              pinnedLefts={pinnedLefts}
              selected={row === undefined ? undefined : selected?.has(keyOf(row))}
              onToggle={onToggle}
              attributesOf={props.attributesOf}
              onEdit={props.onEdit}
              cursor={active === index ? cursor.column : -1}
              onPoint={moveTo}
            />
          );
        })}
      </div>
    </div>
  );
}
