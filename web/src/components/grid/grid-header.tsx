import { useRef, type PointerEvent } from 'react';
import { Icon } from '../icon.tsx';
import type { GridColumn, GridProps } from './grid-types.ts';
import { text } from '../../text/grid.ts';

interface GridHeaderProps<Row> {
  readonly id: string;
  /** The column of the keyboard's cursor while it is in the header, or -1. */
  readonly cursor: number;
  readonly grid: GridProps<Row>;
  readonly pinnedLefts: readonly number[];
}

const leastWidth = 48;

export function GridHeader<Row>({ id, cursor, grid, pinnedLefts }: GridHeaderProps<Row>) {
  const { columns, onToggleAll, onSort, onResize, onMove } = grid;
  const offset = grid.onToggle ? 2 : 1;
  const dragged = useRef<string>(undefined);
  return (
    <div className="grid-row grid-header" role="row" aria-rowindex={1}>
      {grid.onToggle && (
        <div className="grid-cell grid-select" role="columnheader" aria-colindex={1}>
          {onToggleAll ? (
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label={text.selectAll}
              checked={grid.allSelected === true}
              onChange={onToggleAll}
            />
          ) : (
            <span className="visually-hidden">{text.selection}</span>
          )}
        </div>
      )}
      {columns.map((column, i) => (
        <div
          key={column.key}
          id={cursor === i ? `${id}--1-${i}` : undefined}
          role="columnheader"
          aria-colindex={i + offset}
          aria-sort={ariaSort(column)}
          className={`grid-cell${column.align === 'end' ? ' end' : ''}${i < pinnedLefts.length ? ' pinned' : ''}${cursor === i ? ' cursor' : ''}`}
          style={i < pinnedLefts.length ? { left: pinnedLefts[i] } : undefined}
          draggable={onMove !== undefined}
          onDragStart={() => {
            dragged.current = column.key;
          }}
          onDragOver={(event) => {
            if (dragged.current !== undefined && dragged.current !== column.key) event.preventDefault();
          }}
          onDrop={() => {
            if (dragged.current !== undefined) onMove?.(dragged.current, column.key);
            dragged.current = undefined;
          }}
        >
          {onSort && column.sortable !== false ? (
            <button
              type="button"
              tabIndex={-1}
              className="grid-sort"
              title={column.title}
              onClick={(event) => {
                onSort(column.key, event.shiftKey);
              }}
            >
              <span className="ellipsis">{column.title}</span>
              {column.sort && (
                <span className="grid-arrow">
                  <Icon name={column.sort.descending ? 'down' : 'up'} />
                  {column.sort.place > 0 && column.sort.place}
                </span>
              )}
            </button>
          ) : (
            <span className="ellipsis" title={column.title}>
              {column.title}
            </span>
          )}
          {column.headerExtra}
          {onResize && (
            <span
              className="grid-resize"
              aria-hidden="true"
              onPointerDown={(event) => {
                startResize(event, column.width, (width) => {
                  onResize(column.key, width);
                });
              }}
              onDoubleClick={() => {
                onResize(column.key, 'fit');
              }}
            />
          )}
        </div>
      ))}
    </div>
  );
}

function ariaSort<Row>({ sort, sortable }: GridColumn<Row>): 'ascending' | 'descending' | 'none' | undefined {
  if (sort) return sort.descending ? 'descending' : 'ascending';
  return sortable === false ? undefined : 'none';
}

function startResize(event: PointerEvent<HTMLElement>, from: number, onWidth: (width: number) => void): void {
  event.preventDefault();
  event.stopPropagation();
  const handle = event.currentTarget;
  const start = event.clientX;
  handle.setPointerCapture(event.pointerId);
  const move = (moved: globalThis.PointerEvent): void => {
    onWidth(Math.max(leastWidth, Math.round(from + moved.clientX - start)));
  };
  const end = (): void => {
    handle.removeEventListener('pointermove', move);
    handle.removeEventListener('pointerup', end);
    handle.removeEventListener('pointercancel', end);
  };
  handle.addEventListener('pointermove', move);
  handle.addEventListener('pointerup', end);
  handle.addEventListener('pointercancel', end);
}
