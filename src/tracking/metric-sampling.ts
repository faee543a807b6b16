/** Histories thinned for charts: of each run at most so many points, evenly spaced, always with its first and its last. */
import type { Int64 } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { byStep, distinct } from './metric-history.ts';
import type { HistoryPoint } from './metric-points.ts';
import { arrivedPoints } from './metric-series.ts';
import { findSeries, type MetricSeries } from './metric-store.ts';

export interface SampledPoint {
  key: string;
  value: number;
  timestamp: Int64;
  step: Int64;
  run_id: string;
}

interface Steps {
  readonly start: number;
  readonly end: number;
}

/** @param interval the steps of which points are wanted, both ends among them; undefined: all */
export async function thinnedPoints(
  reader: Reader,
  runIds: readonly string[],
  key: string,
  interval: Steps | undefined,
  perRun: number,
): Promise<SampledPoint[]> {
  const result: SampledPoint[] = [];
  for (const runId of runIds) {
    const series = await findSeries(reader, runId, key);
    if (!series) continue;
    for (const point of await pointsOf(reader, series, interval, perRun)) result.push({ key, ...point, run_id: runId });
  }
  return result;
}

async function pointsOf(
  reader: Reader,
  series: MetricSeries,
  interval: Steps | undefined,
  most: number,
): Promise<HistoryPoint[]> {
  const points = await arrivedPoints(reader, series);
  const places: number[] = [];
  let before: Int64 = Number.NEGATIVE_INFINITY;
  let inOrder = true;
  for (let i = 0; i < points.length; i++) {
    const step = points.step(i);
    if (interval && (step < interval.start || step > interval.end)) continue;
    inOrder &&= step > before;
    before = step;
    places.push(i);
  }
  // As training loops log: nothing to sort, and only what stays becomes objects.
  if (inOrder) return evenly(places, most).map((i) => points.at(i));
  const found = places.map((i) => points.at(i));
  return evenly(distinct(found, byStep), most);
}

/** The first of each of `count` buckets of as equal size as can be, the greater ones first; of the last bucket the last. */
function evenly<Value>(values: readonly Value[], count: number): Value[] {
  if (values.length <= count) return [...values];
  const size = Math.floor(values.length / count);
  const greater = values.length % count;
  const chosen: Value[] = [];
  for (let i = 0; i < count - 1; i++) chosen.push(values[i * size + Math.min(i, greater)] as Value);
  chosen.push(values[values.length - 1] as Value);
  return chosen;
}
