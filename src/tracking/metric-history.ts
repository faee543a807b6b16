/**
 * A metric's points by timestamp, step, value, page by page, identical ones once. While points arrive in this order a
 * page is read where it lies. Otherwise the series is sorted once and kept for the pages that follow.
 */
import type { Reader } from '../database/database.ts';
import { compare, compareValues, type HistoryPoint, type PackedPoints } from './metric-points.ts';
import { arrivedPoints, numberOfPoints } from './metric-series.ts';
import { sortedByTime } from './metric-sort.ts';
import type { MetricSeries } from './metric-store.ts';

interface Sorted {
  readonly runId: string;
  readonly key: number;
  readonly arrived: number;
  readonly points: PackedPoints;
}

/** The series sorted last, until nobody has asked for a page of it for a while. */
let kept: Sorted | undefined;
let forgetting: Timer | undefined;
/** Milliseconds. */
const keptFor = 60_000;
/** Longer ones are not kept: 240 MB. */
const mostKept = 10_000_000;

/** @param limit at most so many points */
export async function pointsByTime(
  reader: Reader,
  series: MetricSeries & { readonly runId: string },
  limit: number,
  offset: number,
): Promise<readonly HistoryPoint[]> {
  if (series.in_time_order === 1) return unpack(await arrivedPoints(reader, series, offset, offset + limit));
  return unpack(await wholeByTime(reader, series), offset, offset + limit);
}

async function wholeByTime(reader: Reader, series: MetricSeries & { readonly runId: string }): Promise<PackedPoints> {
  const { runId, key } = series;
  clearTimeout(forgetting);
  forgetting = setTimeout(() => (kept = undefined), keptFor).unref();
  const arrived = await numberOfPoints(reader, series);
  // Points of a run are only ever added, so as many points are the same points.
  if (kept?.runId === runId && kept.key === key && kept.arrived === arrived) return kept.points;
  // Both at once would be a series too many in memory.
  kept = undefined;
  const points = sortedByTime(await arrivedPoints(reader, series));
  if (points.length <= mostKept) kept = { runId, key, arrived, points };
  return points;
}

function unpack(packed: PackedPoints, from = 0, to = Infinity): HistoryPoint[] {
  return Array.from({ length: Math.max(0, Math.min(to, packed.length) - from) }, (_, i) => packed.at(from + i));
}

/** Sorts, and keeps the first of equal points. */
export function distinct(points: HistoryPoint[], order: (a: HistoryPoint, b: HistoryPoint) => number): HistoryPoint[] {
  points.sort(order);
  return points.filter((point, i) => i === 0 || order(points[i - 1] as HistoryPoint, point) !== 0);
}

export function byStep(a: HistoryPoint, b: HistoryPoint): number {
  return compare(a.step, b.step) || compare(a.timestamp, b.timestamp) || compareValues(a.value, b.value);
}
