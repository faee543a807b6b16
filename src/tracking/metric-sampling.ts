/**
 * Histories thinned for charts: of each run the points at about `perRun` evenly spaced steps, always with the first and
 * the last step, and the same steps in every run, so that curves can be compared point by point.
 */
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { findSeries, pointsAtSteps, type MetricSeries } from './metric-store.ts';

export interface SampledPoint {
  key: string;
  value: number;
  timestamp: Int64;
  step: Int64;
  run_id: string;
}

export async function thinnedPoints(
  reader: Reader,
  runIds: readonly string[],
  key: string,
  interval: { start: number; end: number } | undefined,
  perRun: number,
): Promise<SampledPoint[]> {
  const series: { runId: string; series: MetricSeries }[] = [];
  for (const runId of runIds) {
    const found = await findSeries(reader, runId, key);
    if (found) series.push({ runId, series: found });
  }
  const stepsOfEach: Int64[][] = [];
  for (const one of series) stepsOfEach.push(await stepsOf(reader, one.series, interval));
  const chosen = evenly(union(stepsOfEach), perRun);
  const result: SampledPoint[] = [];
  for (const { runId, series: one } of series) {
    for (const point of await pointsAtSteps(reader, one, chosen)) result.push({ key, ...point, run_id: runId });
  }
  return result;
}

async function stepsOf(
  reader: Reader,
  series: MetricSeries,
  interval: { start: number; end: number } | undefined,
): Promise<Int64[]> {
  const range = interval ? sql`AND m.step BETWEEN ${interval.start} AND ${interval.end}` : raw('');
  const rows = await reader.all<{ step: number | string }>(
    sql`SELECT ${raw(reader.dialect.int64('m.step'))} AS step FROM metrics m
        WHERE m.run = ${series.run} AND m.key = ${series.key} ${range} GROUP BY m.step ORDER BY m.step`,
  );
  return rows.map((row) => fromInt64Column(row.step));
}

/** Every step of any run, in order. */
function union(stepsOfEach: readonly Int64[][]): readonly Int64[] {
  const [first = [], ...others] = stepsOfEach;
  if (others.length === 0) return first;
  return [...new Set(stepsOfEach.flat())].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** The first value of each of `count` buckets of as equal size as can be, the greater ones first; of the last bucket the last. */
function evenly(values: readonly Int64[], count: number): Int64[] {
  if (values.length <= count) return [...values];
  const size = Math.floor(values.length / count);
  const greater = values.length % count;
  const chosen: Int64[] = [];
  for (let i = 0; i < count - 1; i++) chosen.push(values[i * size + Math.min(i, greater)] as Int64);
  chosen.push(values[values.length - 1] as Int64);
  return chosen;
}
