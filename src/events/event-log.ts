/** What happened, in order: written in the transaction of the change itself, so that neither is there without the other. */
import { invalidParameter } from '../protocol/errors.ts';
import { sql } from '../common/sql.ts';
import type { Reader, Topic, Writer } from '../database/database.ts';
import { bounded, type EventBody, type LoggedBody } from './event-body.ts';

/** A thing by its number, which a change of its name keeps, or a part of it, such as a version of a model. */
export interface Subject {
  readonly type: Topic;
  readonly thing: number;
  readonly part?: number;
}

interface EventHead {
  readonly time: number;
  /** Such as `model_version.stage_changed`. */
  readonly kind: string;
  /** What the thing was called then. */
  readonly name: string;
  readonly version: number | null;
}

export interface NewEvent extends EventHead {
  readonly actor?: string;
  readonly body: EventBody;
  /** Those in whose histories it stands. */
  readonly subjects: readonly Subject[];
}

export interface LoggedEvent extends EventHead {
  readonly id: number;
  readonly actor: string | null;
  readonly body: LoggedBody;
}

export async function append(writer: Writer, event: NewEvent): Promise<void> {
  const { time, actor = null, kind, name, version } = event;
  const body = JSON.stringify(bounded(event.body));
  const { lastInsertId: id } = await writer.run(
    sql`INSERT INTO events (time, actor, kind, name, version, body) VALUES (${time}, ${actor}, ${kind}, ${name}, ${version}, ${body})`,
  );
  await writer.runMany(
    'INSERT INTO event_subjects (type, thing, part, event) VALUES (?, ?, ?, ?)',
    event.subjects.map(({ type, thing, part = 0 }) => [type, thing, part, id]),
  );
}

export interface EventPage {
  readonly events: readonly LoggedEvent[];
  readonly nextPageToken: string | undefined;
}

/** A page of the history of a thing or of a part of it, newest first. A token is the number of the last event seen. */
export async function list(
  reader: Reader,
  { type, thing, part = 0 }: Subject,
  paging: { readonly pageToken: string | undefined; readonly limit: number },
): Promise<EventPage> {
  const before = decodeToken(paging.pageToken);
  const rows = await reader.all<Omit<LoggedEvent, 'body'> & { body: string }>(
    sql`SELECT e.id, e.time, e.actor, e.kind, e.name, e.version, e.body
        FROM event_subjects s JOIN events e ON e.id = s.event
        WHERE s.type = ${type} AND s.thing = ${thing} AND s.part = ${part} AND s.event < ${before}
        ORDER BY s.event DESC LIMIT ${paging.limit + 1}`,
  );
  const events = rows.slice(0, paging.limit).map((row) => ({ ...row, body: JSON.parse(row.body) as LoggedBody }));
  return { events, nextPageToken: rows.length > events.length ? String(events.at(-1)?.id) : undefined };
}

/** When a thing is gone: its number may be given again, and the new one has no history. Its events stay. */
export async function closeHistory(writer: Writer, type: Topic, thing: number): Promise<void> {
  await writer.run(sql`DELETE FROM event_subjects WHERE type = ${type} AND thing = ${thing}`);
}

function decodeToken(token: string | undefined): number {
  if (token === undefined || token === '') return Number.MAX_SAFE_INTEGER;
  if (!/^\d{1,15}$/.test(token)) throw invalidParameter('Invalid page token: it is not one that this method gave.');
  return Number(token);
}
