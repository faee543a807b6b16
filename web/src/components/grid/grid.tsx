/**
 * A table of any number of rows and columns, of which only those in view are in the document. It is one stop of the Tab
 * key: arrows move a cell cursor, Home and End go to the first and last row, Space selects, Shift extends the selection,
 * Enter opens (or sorts, in the header), Alt and the down arrow open a menu. Rows have one height, so the place of each
 * is a multiplication; columns have widths, and the place of each is a sum.
 */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useKeptFocus } from '../kept-focus.ts';
import { rowBlock } from '../row-blocks.ts';
import type { Cursor } from './cursor.ts';
import { fitWidth } from './fit-width.ts';
import { giveBackRoom, scrollBy } from './scroll-room.ts';
import { GridHeader } from './grid-header.tsx';
import { GridRow } from './grid-row.tsx';
import type { GridProps } from './grid-types.ts';
import { NewAbove } from './new-above.tsx';
import { rowsDrawn } from './rows-drawn.ts';
import { useArrivals } from './use-arrivals.ts';
import { useColumns } from './use-columns.ts';
import { useGridEvents } from './use-grid-events.ts';
import { useLanding } from './use-landing.ts';
import { useListBegun } from './use-list-begun.ts';
import { useRowRange } from './use-row-range.ts';
import { useView } from './use-view.ts';

/** The header is as high as a row, but never lower than this. */
const leastHeaderHeight = 28;
const selectWidth = 34;

export function Grid<Row>(props: GridProps<Row>) {
  const { columns, rowCount, rowAt, keyOf, rowHeight, onVisible, selected } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const headerHeight = Math.max(leastHeaderHeight, rowHeight);
  const selects = props.onToggle !== undefined;
  const offset = selects ? 2 : 1;
  const [view, look] = useView(scroller, rowHeight);
  const [cursor, setCursor] = useState<Cursor>({ row: 0, column: 0 });
  /** The cell that had the focus last, or is dragged: an editor, a menu. It stays in the document when it leaves the view. */
  const [held, setHeld] = useState<Cursor>();
  const range = useRowRange(props);
  const arrivals = useArrivals(scroller, rowHeight);

  const inserted = useRef(props.insertedAbove ?? 0);
  useLayoutEffect(() => {
    const rows = (props.insertedAbove ?? 0) - inserted.current;
    inserted.current = props.insertedAbove ?? 0;
    const element = scroller.current;
    if (rows <= 0 || !element) return;
    if (element.scrollTop > 0 || element.matches(':hover')) {
      scrollBy(element, rows * rowHeight);
      arrivals.add(rows);
    }
    // Cursor, editor and anchor stay with their rows; those pinned on top stay where they are.
    const moved = (at: Cursor): Cursor => (at.row < (props.repeatedRows ?? 0) ? at : { ...at, row: at.row + rows });
    if (cursor.row > 0 || element.contains(document.activeElement)) moveTo(moved(cursor));
    setHeld((before) => before && moved(before));
    range.shift(rows);
    // oxlint-disable-next-line react/exhaustive-deps
  }, [props.insertedAbove, rowHeight]);

  useListBegun(props.list, () => {
    scroller.current?.scrollTo({ top: 0 });
    look();
    if (cursor.row > 0) moveTo({ ...cursor, row: 0 });
  });

  const inView = Math.ceil((view.height - headerHeight) / rowHeight) + 1;
  const [firstInView, lastInView] = [view.first, Math.min(rowCount, view.first + inView + rowBlock - 1)];
  useEffect(() => {
    if (rowCount > 0) onVisible?.(firstInView, Math.max(firstInView, lastInView - 1));
  }, [onVisible, rowCount, firstInView, lastInView]);

  const active: Cursor = {
    row: Math.min(cursor.row, rowCount - 1),
    column: Math.max(0, Math.min(cursor.column, columns.length - 1)),
  };
  const { lefts, pinned, drawn } = useColumns(columns, {
    start: selects ? selectWidth : 0,
    wantedPins: props.pinned ?? 0,
    view,
    kept: [active.column, held?.column ?? -1],
  });

  const moveTo = (to: Cursor): void => {
    setCursor(to);
    if (to.row >= 0 && to.row !== cursor.row) props.onCursorRow?.(to.row);
  };

  /** Scrolls no further than needed. */
  const reveal = ({ row, column }: Cursor): void => {
    const element = scroller.current;
    if (!element) return;
    const room = element.clientHeight - headerHeight;
    const top = row * rowHeight;
    if (row >= 0 && top < element.scrollTop) element.scrollTop = top;
    else if (row >= 0 && top + rowHeight > element.scrollTop + room) element.scrollTop = top + rowHeight - room;
    if (column < pinned) return;
    const [left, right, covered] = [lefts[column] ?? 0, lefts[column + 1] ?? 0, lefts[pinned] ?? 0];
    if (left - covered < element.scrollLeft) element.scrollLeft = left - covered;
    else if (right > element.scrollLeft + element.clientWidth) {
      element.scrollLeft = Math.min(left - covered, right - element.clientWidth);
    }
  };

  const leaveLanding = useLanding(props, active, (to) => {
    moveTo(to);
    // Rows above it left; where some came in, the view was moved along already.
    if (to.row < active.row) reveal(to);
  });
  useKeptFocus(scroller);

  const events = useGridEvents({
    grid: props,
    scroller,
    cursor: active,
    page: Math.max(1, inView - 2),
    offset,
    range,
    moveTo: (to) => {
      leaveLanding();
      moveTo(to);
    },
    reveal,
    hold: (cell) => {
      setHeld((before) => (before?.row === cell.row && before.column === cell.column ? before : cell));
    },
  });

  const grid = (
    <div
      ref={scroller}
      className={view.aside ? 'grid aside' : 'grid'}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length + (selects ? 1 : 0)}
      aria-busy={props.busy}
      aria-multiselectable={selects ? true : undefined}
      aria-activedescendant={`${id}-${active.row}-${active.column}`}
      tabIndex={0}
      data-testid={props.testId}
      style={{ '--row': `${rowHeight}px`, '--header': `${headerHeight}px` } as never}
      onScroll={() => {
        look();
        arrivals.look();
      }}
      onPointerLeave={({ currentTarget }) => {
        giveBackRoom(currentTarget);
      }}
      {...events}
    >
      <div
        className="grid-sheet"
        role="presentation"
        style={{ width: lefts.at(-1), height: headerHeight + rowCount * rowHeight }}
      >
        <GridHeader
          id={id}
          cursor={active.row < 0 ? active.column : -1}
          grid={props}
          drawn={drawn}
          onFit={({ column, index }) => {
            if (scroller.current) props.onResize?.(column.key, fitWidth(scroller.current, index + offset));
          }}
        />
        {rowsDrawn(firstInView, lastInView, rowCount, [active.row, held?.row ?? -1]).map((index) => {
          const row = rowAt(index);
          return (
            <GridRow
              key={row === undefined ? `#${index}` : `${index < (props.repeatedRows ?? 0) ? '^' : ''}${keyOf(row)}`}
              id={id}
              row={row}
              index={index}
              top={headerHeight + index * rowHeight}
              drawn={drawn}
              selected={row === undefined ? undefined : selected?.has(keyOf(row))}
              onToggle={selects ? range.toggle : undefined}
              attributesOf={props.attributesOf}
              name={row === undefined ? undefined : props.nameOf?.(row)}
              cursor={active.row === index ? active.column : -1}
            />
          );
        })}
      </div>
    </div>
  );
  if (props.insertedAbove === undefined) return grid;
  return (
    <>
      <NewAbove
        count={arrivals.count}
        top={headerHeight}
        onShow={() => {
          scroller.current?.scrollTo({ top: 0 });
          scroller.current?.focus();
        }}
      />
      {grid}
    </>
  );
}
