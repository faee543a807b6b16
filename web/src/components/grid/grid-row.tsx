import { memo, type ReactNode } from 'react';
import type { Cursor } from './cursor.ts';
import type { GridColumn } from './grid-types.ts';
import { text } from '../../text/grid.ts';

interface GridRowProps<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly top: number;
  readonly columns: readonly GridColumn<Row>[];
  readonly pinnedLefts: readonly number[];
  readonly selected: boolean | undefined;
  readonly onToggle: ((index: number, range: boolean) => void) | undefined;
  readonly attributesOf: ((row: Row) => Readonly<Record<string, string>>) | undefined;
  readonly onEdit: ((row: Row, columnKey: string) => void) | undefined;
  readonly cursor: number;
  readonly onPoint: (cursor: Cursor) => void;
}

function GridRowInner<Row>(props: GridRowProps<Row>): ReactNode {
  const { id, row, index, top, columns, pinnedLefts, selected, onToggle } = props;
  const offset = onToggle ? 2 : 1;
  return (
    <div
      className={selected ? 'grid-row selected' : 'grid-row'}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={onToggle ? selected === true : undefined}
      style={{ transform: `translateY(${top}px)` }}
      {...(row === undefined ? undefined : props.attributesOf?.(row))}
    >
      {onToggle && (
        <div className="grid-cell grid-select" role="gridcell" aria-colindex={1}>
          <input
            type="checkbox"
            tabIndex={-1}
            aria-label={text.selectRow}
            checked={selected === true}
            disabled={row === undefined}
            onChange={() => undefined}
            onClick={(event) => {
              onToggle(index, event.shiftKey);
            }}
          />
        </div>
      )}
      {columns.map((column, i) => (
        <div
          key={column.key}
          id={props.cursor === i ? `${id}-${index}-${i}` : undefined}
          className={`grid-cell${column.align === 'end' ? ' end' : ''}${i < pinnedLefts.length ? ' pinned' : ''}${props.cursor === i ? ' cursor' : ''}`}
          role="gridcell"
          aria-colindex={i + offset}
          style={i < pinnedLefts.length ? { left: pinnedLefts[i] } : undefined}
          onDoubleClick={() => {
            if (row !== undefined) props.onEdit?.(row, column.key);
          }}
          onPointerDown={() => {
            props.onPoint({ row: index, column: i });
          }}
        >
          {row === undefined ? <span className="grid-blank" /> : column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** `onPoint` and `onEdit` are made anew at every drawing of the grid, yet do the same. */
export const GridRow = memo(GridRowInner, (before, after) =>
  (Object.keys(after) as (keyof typeof after)[]).every(
    (name) => name === 'onPoint' || name === 'onEdit' || before[name] === after[name],
  ),
) as typeof GridRowInner;
