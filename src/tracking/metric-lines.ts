/** Whole series as arrays, by step, each point once: what charts, summaries and aggregates are made of. */
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { byStep, distinct } from './metric-history.ts';
import type { PackedPoints } from './metric-points.ts';
import { arrivedPointsOfKeys } from './metric-series.ts';
import type { MetricSeries } from './metric-store.ts';
import { fromStoredValue } from './shown-number.ts';
import { textSet } from '../search/text-search.ts';

export interface Line {
  /** Steps and times beyond 2^53 are rounded: nobody sees that in a chart. */
  readonly steps: Float64Array;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** The lines of these series, run by run, each read when it is asked for. The only place where views read points. */
export async function* linesOf(
  reader: Reader,
  series: readonly NamedSeries[],
): AsyncGenerator<[series: NamedSeries, line: Line]> {
  for (const [run, ofRun] of Map.groupBy(series, (one) => one.run)) {
    const byKey = new Map(ofRun.map((one) => [one.key, one]));
    for await (const [key, packed] of arrivedPointsOfKeys(reader, run, [...byKey.keys()])) {
      const one = byKey.get(key);
      if (one) yield [one, unpacked(one, packed)];
    }
  }
}

function unpacked(series: MetricSeries, packed: PackedPoints): Line {
  const { length } = packed;
  if (series.in_time_order === 1) return toLine(length, (i) => packed.at(i));
  const points = distinct(
    Array.from({ length }, (_, i) => packed.at(i)),
    byStep,
  );
  return toLine(points.length, (i) => points[i]);
}

export interface NamedSeries extends MetricSeries {
  readonly run_id: string;
  /** Milliseconds; 0 when the run says nothing. */
  readonly run_start: number;
  readonly name: string;
}

/** The series that there are of these metrics of these runs. */
export async function seriesOf(
  reader: Reader,
  runIds: readonly string[],
  names: readonly string[],
): Promise<NamedSeries[]> {
  return reader.all(
    sql`SELECT l.run, l.key, l.in_time_order, r.uuid AS run_id, CAST(r.start_time AS REAL) AS run_start, k.name AS name FROM runs r
        JOIN metric_keys k ON k.name IN ${textSet(names)} JOIN latest_metrics l ON l.run = r.id AND l.key = k.id
        WHERE r.uuid IN ${textSet(runIds)}`,
  );
}

interface PointLike {
  readonly step: number | bigint;
  readonly timestamp: number | bigint;
  readonly value: number;
}

function toLine(length: number, at: (i: number) => PointLike | undefined): Line {
  const line = {
    steps: new Float64Array(length),
    times: new Float64Array(length),
    values: new Float64Array(length),
  };
  for (let i = 0; i < length; i++) {
    const point = at(i);
    if (!point) break;
    line.steps[i] = Number(point.step);
    line.times[i] = Number(point.timestamp);
    line.values[i] = fromStoredValue(point.value);
  }
  return line;
}
