/** Points of lines for a file. */
import type { ChartLine } from '../../../charts/line/line-data.ts';
import type { Smoothing } from '../../../charts/line/smoothing.ts';
import { text } from '../../../text/chart-lines.ts';
import type { ChartRun } from '../chart-run.ts';
import { metricOf } from './line-names.ts';

type Row = readonly (string | number | null)[];

interface RowLook {
  /** What the column of x is called. */
  readonly x: string;
  /** Its column says how; none where nothing is smoothed. */
  readonly smoothing: Smoothing;
  /** The lines are groups with a band. */
  readonly spread: boolean;
}

/** The header first. A file of millions of points is made row by row. */
export function* rowsOf(
  lines: Iterable<ChartLine>,
  runs: readonly ChartRun[],
  { x, smoothing, spread }: RowLook,
): Generator<Row> {
  const nameOf = new Map(runs.map(({ id, name }) => [id, name]));
  const smooth = smoothing.amount > 0;
  yield [
    text.runIdColumn,
    text.runColumn,
    text.metricColumn,
    x,
    text.valueColumn,
    ...(smooth ? [text.smoothedColumn(smoothing.by, String(smoothing.amount))] : []),
    ...(spread ? [text.lowColumn, text.highColumn] : []),
  ];
  for (const line of lines) {
    const { label, run, members, x: places, y, raw, band } = line;
    const metric = metricOf(line);
    // A group has a name, but no id.
    const [runId, name] = members ? ['', label] : [run ?? '', nameOf.get(run ?? '') ?? label];
    for (const [i, at] of places.entries()) {
      yield [
        runId,
        name,
        metric,
        at,
        (raw ?? y)[i] ?? null,
        ...(smooth ? [raw ? (y[i] ?? null) : null] : []),
        ...(spread ? [band?.low[i] ?? null, band?.high[i] ?? null] : []),
      ];
    }
  }
}
