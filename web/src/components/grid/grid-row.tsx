import { memo, useRef, type ReactNode } from 'react';
import { useKeptFocus } from '../kept-focus.ts';
import type { PlacedColumn } from './column-places.ts';
import { GridCell } from './grid-cell.tsx';
import { text } from '../../text/grid.ts';

interface GridRowProps<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  readonly index: number;
  readonly top: number;
  readonly drawn: readonly PlacedColumn<Row>[];
  readonly selected: boolean | undefined;
  readonly onToggle: ((index: number, range: boolean) => void) | undefined;
  readonly attributesOf: ((row: Row) => Readonly<Record<string, string>>) | undefined;
  readonly name: string | undefined;
  /** The column that the keyboard's cursor is in, or -1. */
  readonly cursor: number;
}

function GridRowInner<Row>(props: GridRowProps<Row>): ReactNode {
  const { id, row, index, top, drawn, selected, onToggle, name, cursor } = props;
  const box = useRef<HTMLDivElement>(null);
  useKeptFocus(box);
  return (
    <div
      ref={box}
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
            aria-label={text.selectRow(name)}
            checked={selected === true}
            disabled={row === undefined}
            onChange={() => undefined}
            onClick={(event) => {
              onToggle(index, event.shiftKey);
            }}
          />
        </div>
      )}
      {drawn.map((at) => (
        <GridCell
          key={at.column.key}
          id={cursor === at.index ? `${id}-${index}-${at.index}` : undefined}
          ariaColumn={at.index + (onToggle ? 2 : 1)}
          at={at}
          row={row}
        />
      ))}
    </div>
  );
}

export const GridRow = memo(GridRowInner) as typeof GridRowInner;
