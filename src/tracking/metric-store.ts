/** The hot path: metric points in, latest values kept beside them. */
import type { Int64 } from '../protocol/schema.ts';
import { fromInt64Column, type Reader, type Writer } from '../database/database.ts';
import { raw, sql, type SqlValue } from '../common/sql.ts';
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

/** A point as stored: NaN is `value: 0, nan: 1`, infinities are the greatest double. */
export interface Point {
  step: Int64;
  timestamp: Int64;
  value: number;
  nan: 0 | 1;
}

export interface KeyedPoint extends Point {
  key: string;
}

export function toPoint(metric: LoggedMetric): KeyedPoint {
  const { key, value, timestamp, step } = metric;
  if (Number.isNaN(value)) return { key, value: 0, nan: 1, timestamp, step };
  const finite = value === Infinity ? Number.MAX_VALUE : value === -Infinity ? -Number.MAX_VALUE : value;
  return { key, value: finite, nan: 0, timestamp, step };
}

export function pointValue(point: { value: number; nan: number }): number {
  return point.nan === 1 ? NaN : point.value;
}

async function metricKeyId(writer: Writer, name: string): Promise<number> {
  const known = writer.memo.get(name);
  if (known !== undefined) return known;
  const row = await writer.first<{ id: number }>({ text: 'SELECT id FROM metric_keys WHERE name = ?', values: [name] });
  const id =
    row?.id ?? (await writer.run({ text: 'INSERT INTO metric_keys (name) VALUES (?)', values: [name] })).lastInsertId;
  if (writer.memo.size > 100_000) writer.memo.clear();
  writer.memo.set(name, id);
  return id;
}

const insertPoint =
  'INSERT INTO metrics (run, key, step, timestamp, value, nan) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING';

// The first points of what is added (?10 to ?12) tell whether order by step is still order by time; its greatest
// (the inserted row) becomes the latest when it is greater than what is there.
const raiseLatest = `
  INSERT INTO latest_metrics (run, key, experiment, lifecycle, step, timestamp, value, nan, in_time_order)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
  ON CONFLICT (run, key) DO UPDATE SET
    in_time_order = in_time_order AND excluded.in_time_order AND (?10, ?11, ?12) >= (step, timestamp, value) AND ?11 >= timestamp,
    step = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.step ELSE step END,
    timestamp = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.timestamp ELSE timestamp END,
    value = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.value ELSE value END,
    nan = CASE WHEN (excluded.step, excluded.timestamp, excluded.value) > (step, timestamp, value) THEN excluded.nan ELSE nan END`;

/** Adds points to a run. */
export async function addPoints(writer: Writer, run: RunState, points: readonly KeyedPoint[]): Promise<void> {
  const rows: SqlValue[][] = [];
  const byKey = new Map<number, KeyedPoint[]>();
  for (const point of points) {
    const key = await metricKeyId(writer, point.key);
    rows.push([run.id, key, point.step, point.timestamp, point.value, point.nan]);
    const group = byKey.get(key);
    if (group) group.push(point);
    else byKey.set(key, [point]);
  }
  await writer.runMany(insertPoint, rows);
  const latest: SqlValue[][] = [];
  for (const [key, group] of byKey) latest.push(latestRow(run, key, group));
  await writer.runMany(raiseLatest, latest);
}

function latestRow(run: RunState, key: number, group: KeyedPoint[]): SqlValue[] {
  if (group.length > 1) group.sort(byStep);
  const first = group[0] as KeyedPoint;
  const last = group[group.length - 1] as KeyedPoint;
  const inTimeOrder = group.every((point, i) => i === 0 || point.timestamp >= (group[i - 1] as KeyedPoint).timestamp);
  return [
    run.id, key, run.experiment, run.lifecycle,
    last.step, last.timestamp, last.value, last.nan, inTimeOrder ? 1 : 0,
    first.step, first.timestamp, first.value,
  ]; // prettier-ignore
}

function byStep(a: Point, b: Point): number {
  return compare(a.step, b.step) || compare(a.timestamp, b.timestamp) || compare(a.value, b.value);
}

function compare(a: Int64, b: Int64): number {
  return a < b ? -1 : a > b ? 1 : 0;
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

export interface MetricSeries {
  run: number;
  key: number;
  in_time_order: number;
}

/** The series of one metric of a run; undefined when it was never logged. */
export async function findSeries(reader: Reader, runUuid: string, name: string): Promise<MetricSeries | undefined> {
  return reader.first(
    sql`SELECT l.run, l.key, l.in_time_order FROM latest_metrics l
        WHERE l.run = (SELECT id FROM runs WHERE uuid = ${runUuid}) AND l.key = (SELECT id FROM metric_keys WHERE name = ${name})`,
  );
}

/** Points in the order of the cluster: by step, timestamp, value. */
export async function pointsByStep(
  reader: Reader,
  series: MetricSeries,
  limit: number,
  offset: number,
): Promise<{ step: Int64; timestamp: Int64; value: number }[]> {
  const { int64 } = reader.dialect;
  const rows = await reader.all<StoredPoint>(
    sql`SELECT ${raw(int64('m.step'))} AS step, ${raw(int64('m.timestamp'))} AS timestamp, m.value, m.nan FROM metrics m
        WHERE m.run = ${series.run} AND m.key = ${series.key} ORDER BY m.step, m.timestamp, m.value LIMIT ${limit} OFFSET ${offset}`,
  );
  return rows.map(fromStored);
}

export async function countPoints(reader: Reader, series: MetricSeries): Promise<number> {
  const row = await reader.first<{ points: number }>(
    sql`SELECT count(*) AS points FROM metrics WHERE run = ${series.run} AND key = ${series.key}`,
  );
  return row?.points ?? 0;
}

/** The points at these steps, by step, timestamp, value. */
export async function pointsAtSteps(
  reader: Reader,
  series: MetricSeries,
  steps: readonly Int64[],
): Promise<{ step: Int64; timestamp: Int64; value: number }[]> {
  const { int64 } = reader.dialect;
  const rows = await reader.all<StoredPoint>(
    sql`SELECT ${raw(int64('m.step'))} AS step, ${raw(int64('m.timestamp'))} AS timestamp, m.value, m.nan FROM metrics m
        WHERE m.run = ${series.run} AND m.key = ${series.key} AND m.step IN ${reader.dialect.intSet(steps)}
        ORDER BY m.step, m.timestamp, m.value`,
  );
  return rows.map(fromStored);
}
