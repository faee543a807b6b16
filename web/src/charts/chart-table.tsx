import { useMemo } from 'react';
import { Grid } from '../components/grid/grid.tsx';
import { shortNumber } from '../components/format.ts';
import { text } from '../text/charts.ts';
import { xFullText, type XKind } from './axis-text.ts';
import type { ChartLine } from './line-data.ts';

interface PointRow {
  readonly id: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
}

/** The points of a chart as a table, for whoever cannot or does not want to see the lines. */
export function ChartTable({ label, lines, x }: { label: string; lines: readonly ChartLine[]; x: XKind }) {
  const rows = useMemo<PointRow[]>(
    () =>
      lines
        .filter((line) => !line.faint)
        .flatMap(({ id, label, x, y }) =>
          Array.from(x, (at, i) => ({ id: `${id} ${i}`, label, x: at, y: y[i] ?? NaN })),
        ),
    [lines],
  );
  const columns = [
    { key: 'x', title: text[x], width: x === 'time' ? 190 : 110, align: 'end' as const, cell: (row: PointRow) => xFullText(x, row.x) },
    { key: 'y', title: text.value, width: 130, align: 'end' as const, cell: (row: PointRow) => <span title={String(row.y)}>{shortNumber(row.y)}</span> },
    ...(lines.filter((line) => !line.faint).length > 1 ? [{ key: 'label', title: text.kind, width: 180, cell: (row: PointRow) => row.label }] : []),
  ]; // prettier-ignore
  return (
    <Grid
      label={text.table(label)}
      columns={columns}
      rowCount={rows.length}
      rowAt={(index) => rows[index]}
      keyOf={(row) => row.id}
      rowHeight={28}
    />
  );
}
