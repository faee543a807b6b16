/** Every point that is drawn, for a file. */
import type { ChartLine } from '../../../charts/line-data.ts';
import { text } from '../../../text/chart-lines.ts';
import type { ChartRun } from '../chart-run.ts';
import { metricOf } from './line-names.ts';

type Row = readonly (string | number | null)[];

/** @param x what the column of x is called */
export function rowsOf(lines: readonly ChartLine[], runs: readonly ChartRun[], x: string): Row[] {
  const nameOf = new Map(runs.map(({ id, name }) => [id, name]));
  const [smooth, spread] = [lines.some(({ raw }) => raw), lines.some(({ band }) => band)];
  const rows: Row[] = [
    [
      text.runIdColumn,
      text.runColumn,
      text.metricColumn,
      x,
      text.valueColumn,
      ...(smooth ? [text.smoothedColumn] : []),
      ...(spread ? [text.lowColumn, text.highColumn] : []),
    ],
  ];
  for (const line of lines) {
    const { label, run, members, x: places, y, raw, band } = line;
    const metric = metricOf(line);
    // A group has a name, but no id.
    const [runId, name] = members ? ['', label] : [run ?? '', nameOf.get(run ?? '') ?? label];
    for (const [i, at] of places.entries()) {
      rows.push([
        runId,
        name,
        metric,
        at,
        (raw ?? y)[i] ?? null,
        ...(smooth ? [y[i] ?? null] : []),
        ...(spread ? [band?.low[i] ?? null, band?.high[i] ?? null] : []),
      ]);
    }
  }
  return rows;
}
