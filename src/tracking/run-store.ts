import type { Int64 } from '../protocol/schema.ts';
import type { RunStatus } from '../protocol/runs.ts';
import { fromInt64Column, type Reader, type Writer } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { lifecycle } from './lifecycle.ts';
import type { Tag } from './experiment-store.ts';

export interface RunRow {
  id: number;
  uuid: string;
  experiment: number;
  name: string;
  user_id: string;
  status: RunStatus;
  start_time: Int64;
  end_time: Int64 | null;
  lifecycle: number;
  artifact_uri: string;
}

type StoredRun = Omit<RunRow, 'start_time' | 'end_time'> & {
  start_time: number | string;
  end_time: number | string | null;
};

/** What every write to a run needs to know of it. */
export interface RunState {
  id: number;
  experiment: number;
  lifecycle: number;
}

export async function findRunState(reader: Reader, uuid: string): Promise<RunState | undefined> {
  return reader.first({ text: 'SELECT id, experiment, lifecycle FROM runs WHERE uuid = ?', values: [uuid] });
}

function columns(reader: Reader): string {
  const { int64 } = reader.dialect;
  return `id, uuid, experiment, name, user_id, status, ${int64('start_time')} AS start_time, ${int64('end_time')} AS end_time, lifecycle, artifact_uri`;
}

function fromStored(row: StoredRun): RunRow {
  return {
    ...row,
    start_time: fromInt64Column(row.start_time),
    end_time: row.end_time === null ? null : fromInt64Column(row.end_time),
  };
}

export async function findRun(reader: Reader, uuid: string): Promise<RunRow | undefined> {
  const row = await reader.first<StoredRun>(sql`SELECT ${raw(columns(reader))} FROM runs WHERE uuid = ${uuid}`);
  return row && fromStored(row);
}

/** The runs with these ids, in no particular order. */
export async function findRunsById(reader: Reader, ids: readonly number[]): Promise<RunRow[]> {
  const rows = await reader.all<StoredRun>(
    sql`SELECT ${raw(columns(reader))} FROM runs WHERE id IN ${reader.dialect.intSet(ids)}`,
  );
  return rows.map(fromStored);
}

export interface NewRun {
  uuid: string;
  experiment: number;
  name: string;
  userId: string;
  startTime: Int64;
  artifactUri: string;
}

export async function insertRun(writer: Writer, run: NewRun): Promise<number> {
  const { lastInsertId } = await writer.run({
    // A number above all that were ever given, also to runs that were erased since.
    text: `INSERT INTO runs (id, uuid, experiment, name, user_id, status, start_time, lifecycle, artifact_uri)
           VALUES (1 + max(coalesce((SELECT max(id) FROM runs), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'runs'), 0)),
                   ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      run.uuid,
      run.experiment,
      run.name,
      run.userId,
      'RUNNING',
      run.startTime,
      lifecycle.active,
      run.artifactUri,
    ],
  });
  return lastInsertId;
}

export async function updateRunInfo(
  writer: Writer,
  id: number,
  change: { status?: RunStatus | undefined; endTime?: Int64 | undefined; name?: string | undefined },
): Promise<void> {
  await writer.run({
    text: 'UPDATE runs SET status = coalesce(?, status), end_time = coalesce(?, end_time), name = coalesce(?, name) WHERE id = ?',
    values: [change.status ?? null, change.endTime ?? null, change.name ?? null, id],
  });
}

export async function setRunLifecycle(writer: Writer, id: number, to: number, time: number): Promise<void> {
  const deletedTime = to === lifecycle.deleted ? time : null;
  await writer.run(sql`UPDATE runs SET lifecycle = ${to}, deleted_time = ${deletedTime} WHERE id = ${id}`);
  await writer.run(sql`UPDATE latest_metrics SET lifecycle = ${to} WHERE run = ${id}`);
}

export async function setRunTags(writer: Writer, run: number, tags: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO tags (run, key, value) VALUES (?, ?, ?) ON CONFLICT (run, key) DO UPDATE SET value = excluded.value',
    tags.map((tag) => [run, tag.key, tag.value]),
  );
}

export async function findRunTag(reader: Reader, run: number, key: string): Promise<string | undefined> {
  const row = await reader.first<{ value: string }>(sql`SELECT value FROM tags WHERE run = ${run} AND key = ${key}`);
  return row?.value;
}

export async function deleteRunTag(writer: Writer, run: number, key: string): Promise<boolean> {
  const { changes } = await writer.run(sql`DELETE FROM tags WHERE run = ${run} AND key = ${key}`);
  return changes > 0;
}

/** Inserts params that are not there yet; those that are stay as they are. */
export async function addParams(writer: Writer, run: number, params: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO params (run, key, value) VALUES (?, ?, ?) ON CONFLICT (run, key) DO NOTHING',
    params.map((param) => [run, param.key, param.value]),
  );
}

export async function findParam(reader: Reader, run: number, key: string): Promise<string | undefined> {
  const row = await reader.first<{ value: string }>({
    text: 'SELECT value FROM params WHERE run = ? AND key = ?',
    values: [run, key],
  });
  return row?.value;
}

export async function paramsOfRuns(reader: Reader, ids: readonly number[]): Promise<(Tag & { run: number })[]> {
  return reader.all(sql`SELECT run, key, value FROM params WHERE run IN ${reader.dialect.intSet(ids)}`);
}

export async function tagsOfRuns(reader: Reader, ids: readonly number[]): Promise<(Tag & { run: number })[]> {
  return reader.all(sql`SELECT run, key, value FROM tags WHERE run IN ${reader.dialect.intSet(ids)}`);
}
