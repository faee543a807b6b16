/**
 * Histories thinned for charts: of each run the points at about `perRun` evenly spaced steps, always with the first and
 * the last step, and the same steps in every run, so that curves can be compared point by point.
 */
import type { Int64 } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { byStep, distinct } from './metric-history.ts';
import { compare, type HistoryPoint } from './metric-points.ts';
import { arrivedPoints } from './metric-series.ts';
import { findSeries, type MetricSeries } from './metric-store.ts';

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
  const steps = new Set<Int64>();
  for (const one of series) await addSteps(steps, reader, one.series, interval);
  const chosen = new Set(evenly([...steps].sort(compare), perRun));
  const result: SampledPoint[] = [];
  for (const { runId, series: one } of series) {
    for (const point of await pointsAtSteps(reader, one, chosen)) result.push({ key, ...point, run_id: runId });
  }
  return result;
}

async function addSteps(
  steps: Set<Int64>,
  reader: Reader,
  series: MetricSeries,
  interval: { start: number; end: number } | undefined,
): Promise<void> {
  const points = await arrivedPoints(reader, series);
  for (let i = 0; i < points.length; i++) {
    const step = points.step(i);
    if (!interval || (step >= interval.start && step <= interval.end)) steps.add(step);
  }
}

async function pointsAtSteps(reader: Reader, series: MetricSeries, steps: ReadonlySet<Int64>): Promise<HistoryPoint[]> {
  const points = await arrivedPoints(reader, series);
  const found: HistoryPoint[] = [];
  for (let i = 0; i < points.length; i++) if (steps.has(points.step(i))) found.push(points.at(i));
  return distinct(found, byStep);
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
