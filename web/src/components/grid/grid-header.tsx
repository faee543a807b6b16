import { useState, type DragEvent } from 'react';
import { CutName, isLongName } from '../cut-name.tsx';
import { Icon } from '../icon.tsx';
import type { PlacedColumn } from './column-places.ts';
import { cellClass } from './grid-cell.tsx';
import type { GridColumn, GridProps } from './grid-types.ts';
import { startResize } from './resize.ts';
import { text } from '../../text/grid.ts';

/** Of a long title, at its end: a column is narrow. */
const endKept = 9;

interface GridHeaderProps<Row> {
  readonly id: string;
  /** The column of the keyboard's cursor while it is in the header, or -1. */
  readonly cursor: number;
  readonly grid: GridProps<Row>;
  readonly drawn: readonly PlacedColumn<Row>[];
  readonly onFit: (place: PlacedColumn<Row>) => void;
}

export function GridHeader<Row>({ id, cursor, grid, drawn, onFit }: GridHeaderProps<Row>) {
  const { columns, onToggleAll, onSort, onResize, onMove } = grid;
  const [dragged, setDragged] = useState<string>();
  /** Where the dragged column would go: before this one. */
  const [target, setTarget] = useState<number>();
  const lastKey = columns.at(-1)?.key;

  const placeUnder = (event: DragEvent<HTMLElement>, index: number): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return event.clientX > left + width / 2 ? index + 1 : index;
  };
  const endDrag = (): void => {
    setDragged(undefined);
    setTarget(undefined);
  };
  const mark = (index: number, key: string): string => {
    if (target === index) return ' drop-before';
    return target === columns.length && key === lastKey ? ' drop-after' : '';
  };
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
      {drawn.map((at) => {
        const { column, index, left, pinned } = at;
        return (
          <div
            key={column.key}
            id={cursor === index ? `${id}--1-${index}` : undefined}
            role="columnheader"
            aria-colindex={index + (grid.onToggle ? 2 : 1)}
            aria-sort={ariaSort(column)}
            className={cellClass(column.align, pinned, cursor === index) + mark(index, column.key)}
            style={{ left, width: column.width }}
            // Beside the letters too: the button stays as small as they are, so that the rest of the cell can be dragged.
            onClick={(event) => {
              if (event.target === event.currentTarget && isSortable(column, onSort))
                onSort(column.key, event.shiftKey);
            }}
            draggable={onMove !== undefined}
            onDragStart={() => {
              setDragged(column.key);
            }}
            onDragOver={(event) => {
              if (dragged === undefined) return;
              event.preventDefault();
              setTarget(placeUnder(event, index));
            }}
            onDragEnd={endDrag}
            onDrop={(event) => {
              const before = columns[placeUnder(event, index)]?.key;
              if (dragged !== undefined && dragged !== before) onMove?.(dragged, before);
              endDrag();
            }}
          >
            {column.header ?? <Title column={column} onSort={onSort} />}
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
                  onFit(at);
                }}
              />
            )}
          </div>
        );
      })}
    </div>
  );
}

interface TitleProps<Row> {
  readonly column: GridColumn<Row>;
  readonly onSort: OnSort<Row>;
}

type OnSort<Row> = GridProps<Row>['onSort'];

function isSortable<Row>({ sortable }: GridColumn<Row>, onSort: OnSort<Row>): onSort is NonNullable<OnSort<Row>> {
  return onSort !== undefined && sortable !== false;
}

function Title<Row>({ column, onSort }: TitleProps<Row>) {
  const { key, title, sort } = column;
  // Names of params and metrics mostly begin alike.
  const long = isLongName(title);
  const shown = long ? <CutName name={title} kept={endKept} /> : <span className="ellipsis">{title}</span>;
  if (!isSortable(column, onSort)) {
    return (
      <span className="grid-title" title={title}>
        {shown}
      </span>
    );
  }
  return (
    <button
      type="button"
      tabIndex={-1}
      className="grid-sort"
      aria-label={long ? `${title}${sort?.place ? ` ${sort.place}` : ''}` : undefined}
      title={title}
      onClick={(event) => {
        onSort(key, event.shiftKey);
      }}
    >
      {shown}
      {sort && (
        <span className="grid-arrow">
          <Icon name={sort.descending ? 'down' : 'up'} />
          {sort.place > 0 && sort.place}
        </span>
      )}
    </button>
  );
}

function ariaSort<Row>({ sort, sortable }: GridColumn<Row>): 'ascending' | 'descending' | 'none' | undefined {
  if (sort) return sort.descending ? 'descending' : 'ascending';
  return sortable === false ? undefined : 'none';
}
