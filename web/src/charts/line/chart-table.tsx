import { useMemo } from 'react';
import { Grid } from '../../components/grid/grid.tsx';
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/charts.ts';
import { xFullText, type XKind } from '../axis-text.ts';
import type { ChartLine, LineBand } from './line-data.ts';

interface PointRow {
  readonly id: string;
  readonly line: ChartLine;
  readonly place: number;
  readonly x: number;
  readonly y: number;
}

interface ChartTableProps {
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly x: XKind;
  /** What x is called; undefined: by its kind. */
  readonly xTitle?: string | undefined;
}

/** The points of a chart as a table, for whoever cannot or does not want to see the lines. */
export function ChartTable({ label, lines, x, xTitle }: ChartTableProps) {
  const [rowCount, rowAt] = useMemo(() => pointRows(lines.filter((line) => !line.faint)), [lines]);
  const several = lines.filter((line) => !line.faint).length > 1;
  const spread = lines.some(({ band }) => band);
  const columns = [
    ...(several ? [{ key: 'label', title: text.line, width: 220, cell: ({ line }: PointRow) => line.label }] : []),
    { key: 'x', title: xTitle ?? text[x], width: x === 'time' ? 190 : 110, align: 'end' as const, cell: (row: PointRow) => xFullText(x, row.x) },
    { key: 'y', title: text.value, width: 130, align: 'end' as const, cell: (row: PointRow) => <span title={String(row.y)}>{shortNumber(row.y)}</span> },
    ...(spread ? [edge('low'), edge('high')] : []),
  ]; // prettier-ignore
  const total = lines.reduce((sum, line) => sum + (line.faint ? 0 : line.total), 0);
  return (
    <>
      {rowCount < total && <p className="chart-notes dim">{text.sampledTable(count(rowCount), count(total))}</p>}
      <Grid
        label={text.table(label)}
        columns={columns}
        rowCount={rowCount}
        rowAt={rowAt}
        keyOf={(row) => row.id}
        rowHeight={28}
      />
    </>
  );
}

/** Line by line; a row is made when it comes into view, for there may be a million. */
function pointRows(lines: readonly ChartLine[]): [count: number, rowAt: (index: number) => PointRow | undefined] {
  let count = 0;
  const starts = lines.map(({ x }) => {
    const start = count;
    count += x.length;
    return start;
  });
  return [
    count,
    (index) => {
      const place = starts.findLastIndex((start) => start <= index);
      const line = lines[place];
      const i = index - (starts[place] ?? 0);
      return line && i < line.x.length
        ? { id: `${line.id} ${i}`, line, place: i, x: line.x[i] ?? NaN, y: line.y[i] ?? NaN }
        : undefined;
    },
  ];
}

function edge(name: keyof LineBand) {
  return {
    key: name,
    title: text[name],
    width: 130,
    align: 'end' as const,
    cell: ({ line, place }: PointRow) => {
      const value = line.band?.[name][place];
      return value === undefined ? '' : <span title={String(value)}>{shortNumber(value)}</span>;
    },
  };
}
