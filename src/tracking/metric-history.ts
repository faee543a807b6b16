/**
 * A metric's points by timestamp, step, value, page by page. While time follows step this is a walk of the cluster.
 * Otherwise the series is read and sorted once, and kept for the pages that follow: sorting in SQL for each page of a
 * history of 100,000 points took 625 ms, this takes a quarter, most of it for the first page.
 */
import type { Int64 } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { countPoints, pointsByStep, type MetricSeries } from './metric-store.ts';

export interface HistoryPoint {
  step: Int64;
  timestamp: Int64;
  value: number;
}

interface Sorted {
  readonly series: MetricSeries;
  readonly points: readonly HistoryPoint[];
}

/** The series sorted last, for each connection. Longer ones are not kept. */
const kept = new WeakMap<Reader, Sorted>();
const mostKept = 1_000_000;

/** @param limit at most so many points; -1 for all */
export async function pointsByTime(
  reader: Reader,
  series: MetricSeries,
  limit: number,
  offset: number,
): Promise<HistoryPoint[]> {
  if (series.in_time_order === 1) return pointsByStep(reader, series, limit, offset);
  const points = await sortedByTime(reader, series);
  return points.slice(offset, limit < 0 ? undefined : offset + limit);
}

async function sortedByTime(reader: Reader, series: MetricSeries): Promise<readonly HistoryPoint[]> {
  const known = kept.get(reader);
  // Points are only ever added, so as many points are the same points.
  if (known?.series.run === series.run && known.series.key === series.key) {
    if (known.points.length === (await countPoints(reader, series))) return known.points;
  }
  const points = await pointsByStep(reader, series, -1, 0);
  // The sort is stable, so points of one time stay by step and value.
  points.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0));
  if (points.length <= mostKept) kept.set(reader, { series, points });
  else kept.delete(reader);
  return points;
}
