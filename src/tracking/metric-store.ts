/** The hot path: metric points in, latest values kept beside them. */
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader, type Writer } from '../database/database.ts';
import { raw, sql, type SqlValue } from '../common/sql.ts';
import { compare, type Point } from './metric-points.ts';
import { addArrival, type Series } from './metric-series.ts';
import type { RunState } from './run-store.ts';

/** A point as clients log it, perhaps of a logged model and on a dataset. */
export interface LoggedMetric {
  key: string;
  value: number;
  timestamp: Int64;
  step: Int64;
  model_id?: string | undefined;
  dataset_name?: string | undefined;
  dataset_digest?: string | undefined;
}

export interface KeyedPoint extends Point {
  key: string;
}

export function toPoint(metric: LoggedMetric): KeyedPoint {
  const { key, timestamp, step } = metric;
  const value = metric.value + 0; // -0.0 is kept as 0.0
  if (Number.isNaN(value)) return { key, value: 0, nan: 1, timestamp, step };
  const finite = value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value;
  return { key, value: finite, nan: 0, timestamp, step };
}

export function pointValue(point: { value: number; nan: number }): number {
  return point.nan === 1 ? NaN : point.value;
}

async function metricKeyId(writer: Writer, name: string): Promise<number> {
  const row = await writer.first<{ id: number }>({ text: 'SELECT id FROM metric_keys WHERE name = ?', values: [name] });
  const id =
    row?.id ?? (await writer.run({ text: 'INSERT INTO metric_keys (name) VALUES (?)', values: [name] })).lastInsertId;
  if (writer.memo.size > 100_000) writer.memo.clear();
  writer.memo.set(name, id);
  return id;
}

// The first point of what is added (?10 to ?12) tells whether points still arrive in the order of their steps and times,
// none twice; the greatest (the inserted row) becomes the latest when it is greater than what is there.
const raiseLatest = `
  INSERT INTO latest_metrics (run, key, experiment, lifecycle, step, timestamp, value, nan, in_time_order)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
  ON CONFLICT (run, key) DO UPDATE SET
    in_time_order = in_time_order AND excluded.in_time_order AND (?10, ?11, ?12) > (step, timestamp, value) AND ?11 >= timestamp,
    step = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.step ELSE step END,
    timestamp = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.timestamp ELSE timestamp END,
    value = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.value ELSE value END,
    nan = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.nan ELSE nan END`;

/** Adds points to a run. */
export async function addPoints(writer: Writer, run: RunState, points: readonly KeyedPoint[]): Promise<void> {
  if (points.length === 0) return;
  const byKey = new Map<number, KeyedPoint[]>();
  for (const point of points) {
    // Waiting for what is known would take longer than all else here.
    const key = writer.memo.get(point.key) ?? (await metricKeyId(writer, point.key));
    const group = byKey.get(key);
    if (group) group.push(point);
    else byKey.set(key, [point]);
  }
  for (const group of byKey.values()) if (group.length > 1) group.sort(byStep);
  await addArrival(writer, run.id, byKey);
  const latest: SqlValue[][] = [];
  for (const [key, group] of byKey) latest.push(latestRow(run, key, group));
  await writer.runMany(raiseLatest, latest);
}

function latestRow(run: RunState, key: number, group: readonly KeyedPoint[]): SqlValue[] {
  const first = group[0] as KeyedPoint;
  const last = group[group.length - 1] as KeyedPoint;
  const inTimeOrder = group.every((point, i) => i === 0 || follows(point, group[i - 1] as KeyedPoint));
  return [
    run.id, key, run.experiment, run.lifecycle,
    last.step, last.timestamp, last.value, last.nan, inTimeOrder ? 1 : 0,
    first.step, first.timestamp, first.value,
  ]; // prettier-ignore
}

function byStep(a: Point, b: Point): number {
  return compare(a.step, b.step) || compare(a.timestamp, b.timestamp) || compare(a.value, b.value);
}

function follows(point: Point, before: Point): boolean {
  return byStep(point, before) > 0 && point.timestamp >= before.timestamp;
}

interface StoredPoint {
  step: number | string;
  timestamp: number | string;
  value: number;
  nan: number;
}

function fromStored(row: StoredPoint): { step: Int64; timestamp: Int64; value: number } {
  return { step: fromInt64Column(row.step), timestamp: fromInt64Column(row.timestamp), value: pointValue(row) };
}

export async function latestOfRuns(
  reader: Reader,
  ids: readonly number[],
): Promise<{ run: number; key: string; step: Int64; timestamp: Int64; value: number }[]> {
  const { int64, intSet } = reader.dialect;
  const rows = await reader.all<StoredPoint & { run: number; key: string }>(
    sql`SELECT l.run, k.name AS key, ${raw(int64('l.step'))} AS step, ${raw(int64('l.timestamp'))} AS timestamp, l.value, l.nan
        FROM latest_metrics l JOIN metric_keys k ON k.id = l.key WHERE l.run IN ${intSet(ids)}`,
  );
  return rows.map((row) => ({ run: row.run, key: row.key, ...fromStored(row) }));
}

export interface MetricSeries extends Series {
  /** 1 when the points arrived by step, each but once, and by time too. */
  readonly in_time_order: number;
}

/** The series of one metric of a run; undefined when it was never logged. */
export async function findSeries(reader: Reader, runUuid: string, name: string): Promise<MetricSeries | undefined> {
  return reader.first(
    sql`SELECT l.run, l.key, l.in_time_order FROM latest_metrics l
        WHERE l.run = (SELECT id FROM runs WHERE uuid = ${runUuid}) AND l.key = (SELECT id FROM metric_keys WHERE name = ${name})`,
  );
}
