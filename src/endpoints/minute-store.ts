/** Requests of endpoints by minute, in the database. */
import { sql } from '../common/sql.ts';
import type { Reader, Writer } from '../database/database.ts';
import { addAll, fromText, toText, type Latencies } from './latencies.ts';

/** What a count is of: the URI of the version that answered, empty for none. */
interface MinuteKey {
  readonly endpoint: number;
  readonly minute: number;
  readonly model: string;
  readonly status: number;
}

export interface MinuteCount extends MinuteKey {
  readonly requests: number;
  readonly milliseconds: number;
  readonly latencies: Latencies;
}

type MinuteRow = Omit<MinuteCount, 'latencies'> & { latencies: string };

/** Adds counts to those that are there; endpoints that are gone have none. */
export async function addMinutes(writer: Writer, counts: readonly MinuteCount[]): Promise<void> {
  for (const { endpoint, minute, model, status, ...count } of counts) {
    if (!(await writer.first(sql`SELECT 1 FROM endpoints WHERE id = ${endpoint}`))) continue;
    const before = await writer.first<MinuteRow>(
      sql`SELECT * FROM endpoint_minutes WHERE endpoint = ${endpoint} AND minute = ${minute} AND model = ${model} AND status = ${status}`,
    );
    const latencies: Latencies = before ? fromText(before.latencies) : new Map();
    addAll(latencies, count.latencies);
    const requests = count.requests + (before?.requests ?? 0);
    const milliseconds = count.milliseconds + (before?.milliseconds ?? 0);
    await writer.run(
      sql`INSERT OR REPLACE INTO endpoint_minutes (endpoint, minute, model, status, requests, milliseconds, latencies)
          VALUES (${endpoint}, ${minute}, ${model}, ${status}, ${requests}, ${milliseconds}, ${toText(latencies)})`,
    );
  }
}

export async function forgetMinutes(writer: Writer, before: number): Promise<void> {
  const endpoints = await writer.all<{ id: number }>(sql`SELECT id FROM endpoints`);
  for (const { id } of endpoints) {
    await writer.run(sql`DELETE FROM endpoint_minutes WHERE endpoint = ${id} AND minute < ${before}`);
  }
}

/** Of the minutes from the first to the one before the last. */
export async function minutesOf(reader: Reader, endpoint: number, from: number, to: number): Promise<MinuteCount[]> {
  const rows = await reader.all<MinuteRow>(
    sql`SELECT * FROM endpoint_minutes WHERE endpoint = ${endpoint} AND minute >= ${from} AND minute < ${to} ORDER BY minute`,
  );
  return rows.map((row) => ({ ...row, latencies: fromText(row.latencies) }));
}
