/**
 * A metric's points by timestamp, step, value, page by page, identical ones once. While points arrive in this order a
 * page is read where it lies. Otherwise the series is sorted once and kept for the pages that follow.
 */
import type { Reader } from '../database/database.ts';
import { compare, type HistoryPoint, type PackedPoints } from './metric-points.ts';
import { arrivedPoints } from './metric-series.ts';
import type { MetricSeries } from './metric-store.ts';

interface Sorted {
  readonly series: MetricSeries;
  readonly arrived: number;
  readonly points: readonly HistoryPoint[];
}

/** The series sorted last, for each connection. Longer ones are not kept. */
const kept = new WeakMap<Reader, Sorted>();
const mostKept = 1_000_000;

/** @param limit at most so many points */
export async function pointsByTime(
  reader: Reader,
  series: MetricSeries,
  limit: number,
  offset: number,
): Promise<readonly HistoryPoint[]> {
  if (series.in_time_order === 1) return unpack(await arrivedPoints(reader, series, offset, offset + limit));
  const points = await sortedByTime(reader, series);
  return points.slice(offset, offset + limit);
}

async function sortedByTime(reader: Reader, series: MetricSeries): Promise<readonly HistoryPoint[]> {
  const arrived = await arrivedPoints(reader, series);
  const known = kept.get(reader);
  // Points are only ever added, so as many points are the same points.
  if (known?.series.run === series.run && known.series.key === series.key && known.arrived === arrived.length) {
    return known.points;
  }
  const points = distinct(unpack(arrived), byTime);
  if (points.length <= mostKept) kept.set(reader, { series, arrived: arrived.length, points });
  else kept.delete(reader);
  return points;
}

function unpack(packed: PackedPoints): HistoryPoint[] {
  return Array.from({ length: packed.length }, (_, i) => packed.at(i));
}

/** Sorts, and keeps the first of equal points. */
export function distinct(points: HistoryPoint[], order: (a: HistoryPoint, b: HistoryPoint) => number): HistoryPoint[] {
  points.sort(order);
  return points.filter((point, i) => i === 0 || order(points[i - 1] as HistoryPoint, point) !== 0);
}

function byTime(a: HistoryPoint, b: HistoryPoint): number {
  return compare(a.timestamp, b.timestamp) || byStep(a, b);
}

export function byStep(a: HistoryPoint, b: HistoryPoint): number {
  return compare(a.step, b.step) || compare(a.timestamp, b.timestamp) || compareValues(a.value, b.value);
}

/** NaN counts as 0, but comes after it. */
function compareValues(a: number, b: number): number {
  if (a === b) return 0;
  const [aNaN, bNaN] = [Number.isNaN(a), Number.isNaN(b)];
  return compare(aNaN ? 0 : a, bNaN ? 0 : b) || Number(aNaN) - Number(bNaN);
}
