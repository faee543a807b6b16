/** The queue of jobs in the database. */
import { and, sql, type Query } from '../common/sql.ts';
import type { Reader, Writer } from '../database/database.ts';
import type { Job, JobEnd, JobState, NewJob } from './job.ts';
import type { Worker } from './worker.ts';

interface JobRow {
  id: number;
  uuid: string;
  kind: string;
  payload: string;
  result: string | null;
  state: JobState;
  message: string;
  attempts: number;
  max_attempts: number;
  retry_of: string | null;
  experiment: string;
  run: string | null;
  canceled: number;
  owner: string | null;
  owner_seen: number | null;
  process: string | null;
  creation_time: number;
  start_time: number | null;
  end_time: number | null;
}

function ofRow(row: JobRow): Job {
  return {
    id: row.id,
    uuid: row.uuid,
    kind: row.kind,
    payload: row.payload,
    result: row.result,
    state: row.state,
    message: row.message,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    retryOf: row.retry_of,
    experiment: row.experiment,
    run: row.run,
    canceled: row.canceled === 1,
    owner: workerOf(row.owner),
    ownerSeen: row.owner_seen ?? 0,
    process: workerOf(row.process),
    creationTime: row.creation_time,
    startTime: row.start_time,
    endTime: row.end_time,
  };
}

function workerOf(text: string | null): Worker | null {
  return text === null ? null : (JSON.parse(text) as Worker);
}

/** Whether a server has anything to look after. */
export async function hasUnfinishedJobs(reader: Reader): Promise<boolean> {
  const found = await reader.first(sql`SELECT 1 FROM jobs WHERE state IN ('queued', 'running') LIMIT 1`);
  return found !== undefined;
}

export async function insertJob(writer: Writer, uuid: string, job: NewJob, time: number): Promise<void> {
  await writer.run(
    sql`INSERT INTO jobs (uuid, kind, payload, state, message, attempts, max_attempts, retry_of, experiment, canceled, creation_time)
        VALUES (${uuid}, ${job.kind}, ${job.payload}, 'queued', '', 0, ${job.maxAttempts}, ${job.retryOf}, ${job.experiment}, 0, ${time})`,
  );
}

export async function findJob(reader: Reader, uuid: string): Promise<Job | undefined> {
  const row = await reader.first<JobRow>(sql`SELECT * FROM jobs WHERE uuid = ${uuid}`);
  return row && ofRow(row);
}

export async function findJobs(reader: Reader, state: JobState): Promise<Job[]> {
  return (await reader.all<JobRow>(sql`SELECT * FROM jobs WHERE state = ${state} ORDER BY id`)).map(ofRow);
}

export interface JobQuery {
  readonly state: JobState | undefined;
  readonly experiment: string | undefined;
  /** Only those behind this one. */
  readonly before: number | undefined;
  readonly limit: number;
}

/** The newest first. */
export async function searchJobs(reader: Reader, { state, experiment, before, limit }: JobQuery): Promise<Job[]> {
  const conditions: Query[] = [];
  if (state !== undefined) conditions.push(sql`state = ${state}`);
  if (experiment !== undefined) conditions.push(sql`experiment = ${experiment}`);
  if (before !== undefined) conditions.push(sql`id < ${before}`);
  const rows = await reader.all<JobRow>(
    sql`SELECT * FROM jobs WHERE ${and(conditions)} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(ofRow);
}

export async function countJobs(reader: Reader): Promise<{ state: JobState; jobs: number }[]> {
  return reader.all(sql`SELECT state, count(*) AS jobs FROM jobs GROUP BY state`);
}

/** How many stand in the queue up to this one, itself counted. */
export async function queuePosition(reader: Reader, id: number): Promise<number> {
  const row = await reader.first<{ jobs: number }>(
    sql`SELECT count(*) AS jobs FROM jobs WHERE state = 'queued' AND id <= ${id}`,
  );
  return row?.jobs ?? 0;
}

/** Takes the first of the queue. PostgreSQL wants FOR UPDATE SKIP LOCKED in the inner query; SQLite has one writer. */
export async function claimFirst(writer: Writer, owner: Worker, time: number): Promise<Job | undefined> {
  const row = await writer.first<JobRow>(
    sql`UPDATE jobs
        SET state = 'running', message = '', attempts = attempts + 1, owner = ${JSON.stringify(owner)}, owner_seen = ${time},
          process = NULL, run = NULL, start_time = ${time}
        WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY id LIMIT 1)
        RETURNING *`,
  );
  return row && ofRow(row);
}

/** Takes a running job over; false when its owner has said something since it was looked at. */
export async function changeOwner(writer: Writer, before: Job, owner: Worker, time: number): Promise<boolean> {
  const { changes } = await writer.run(
    sql`UPDATE jobs SET owner = ${JSON.stringify(owner)}, owner_seen = ${time}
        WHERE id = ${before.id} AND state = 'running' AND owner_seen = ${before.ownerSeen}
          AND owner = ${JSON.stringify(before.owner)}`,
  );
  return changes > 0;
}

export async function setOwnerSeen(writer: Writer, owner: Worker, time: number): Promise<void> {
  await writer.run(
    sql`UPDATE jobs SET owner_seen = ${time} WHERE state = 'running' AND owner = ${JSON.stringify(owner)}`,
  );
}

export async function setProcess(writer: Writer, id: number, process: Worker): Promise<void> {
  await writer.run(sql`UPDATE jobs SET process = ${JSON.stringify(process)} WHERE id = ${id}`);
}

export async function setRun(writer: Writer, id: number, run: string, experiment: string): Promise<void> {
  await writer.run(sql`UPDATE jobs SET run = ${run}, experiment = ${experiment} WHERE id = ${id}`);
}

export async function setCanceled(writer: Writer, id: number): Promise<void> {
  await writer.run(sql`UPDATE jobs SET canceled = 1 WHERE id = ${id}`);
}

export async function setQueued(writer: Writer, id: number, message: string): Promise<void> {
  await writer.run(
    sql`UPDATE jobs SET state = 'queued', message = ${message}, owner = NULL, owner_seen = NULL, process = NULL WHERE id = ${id}`,
  );
}

export async function setEnded(writer: Writer, id: number, end: JobEnd, time: number): Promise<void> {
  await writer.run(
    sql`UPDATE jobs SET state = ${end.state}, message = ${end.message}, result = ${end.result}, end_time = ${time},
          owner = NULL, owner_seen = NULL, process = NULL
        WHERE id = ${id}`,
  );
}

export async function deleteJob(writer: Writer, id: number): Promise<void> {
  await writer.run(sql`DELETE FROM jobs WHERE id = ${id}`);
}
