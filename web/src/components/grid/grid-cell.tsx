import { memo, type ReactNode } from 'react';
import type { PlacedColumn } from './column-places.ts';

interface GridCellProps<Row> {
  /** Set while the keyboard's cursor is here. */
  readonly id: string | undefined;
  readonly ariaColumn: number;
  readonly at: PlacedColumn<Row>;
  readonly row: Row | undefined;
}

function GridCellInner<Row>({ id, ariaColumn, at: { column, left, pinned }, row }: GridCellProps<Row>): ReactNode {
  return (
    <div
      id={id}
      className={cellClass(column.align, pinned, id !== undefined)}
      role="gridcell"
      aria-colindex={ariaColumn}
      style={{ left, width: column.width }}
    >
      {row === undefined ? <span className="grid-blank" /> : column.cell(row)}
    </div>
  );
}

/** A scroll to the side draws the rows anew, but only the cells that came into view. */
export const GridCell = memo(GridCellInner) as typeof GridCellInner;

export function cellClass(align: 'start' | 'end' | undefined, pinned: boolean, cursor: boolean): string {
  return `grid-cell${align === 'end' ? ' end' : ''}${pinned ? ' pinned' : ''}${cursor ? ' cursor' : ''}`;
}
