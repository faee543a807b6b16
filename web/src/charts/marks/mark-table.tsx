import { useMemo } from 'react';
import { Grid } from '../../components/grid/grid.tsx';
import { shortNumber } from '../../components/format.ts';

export type TableCell = string | number | null;

interface MarkTableProps {
  readonly label: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly TableCell[])[];
}

/** What the marks of a chart stand for, as a table. */
export function MarkTable({ label, header, rows }: MarkTableProps) {
  const columns = useMemo(
    () =>
      header.map((title, place) => {
        const isNumber = rows.some((row) => typeof row[place] === 'number');
        return {
          key: String(place),
          title,
          width: isNumber ? 110 : 180,
          align: isNumber ? ('end' as const) : ('start' as const),
          cell: ({ row }: Line) => cellText(row[place]),
        };
      }),
    [header, rows],
  );
  return (
    <Grid
      label={label}
      columns={columns}
      pinned={1}
      rowCount={rows.length}
      rowAt={(index) => ({ index, row: rows[index] ?? [] })}
      keyOf={({ index }) => String(index)}
      rowHeight={28}
    />
  );
}

interface Line {
  readonly index: number;
  readonly row: readonly TableCell[];
}

function cellText(cell: TableCell | undefined) {
  return typeof cell === 'number' ? <span title={String(cell)}>{shortNumber(cell)}</span> : cell;
}
