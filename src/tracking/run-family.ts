/** Which run is whose child: the parent's id stands in a tag that clients set. */
import type { Int64 } from '../protocol/schema.ts';
import type { RunStatus } from '../protocol/runs.ts';
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { findRunsById } from './run-store.ts';
import { inPlace, type RunPlace } from './run-scope.ts';
import { idsOf } from './run-list.ts';

/**
 * The children whose parent is in the same place too. CROSS JOIN keeps the order in which the tables are walked: from
 * the place's own runs, whatever number of children other experiments have.
 */
export async function linksIn(reader: Reader, place: RunPlace): Promise<{ child: number; parent: number }[]> {
  const { dialect } = reader;
  return reader.all(
    sql`SELECT t.run AS child, p.id AS parent FROM runs c CROSS JOIN tags t ON t.run = c.id AND t.key = 'mlflow.parentRunId' CROSS JOIN runs p ON p.uuid = t.value
        WHERE ${inPlace('c', place, dialect)} AND ${inPlace('p', place, dialect)}`,
  );
}

export interface Child {
  run_id: string;
  run_name: string;
  status: RunStatus;
  start_time: Int64;
  end_time: Int64 | undefined;
}

/** The children of a run that are not deleted: how many, and the first of them, oldest first. */
export async function childrenOf(
  reader: Reader,
  parentUuid: string,
  limit: number,
): Promise<{ count: number; first: Child[] }> {
  const ids = await idsOf(
    reader,
    sql`SELECT c.id AS id FROM tags t JOIN runs c ON c.id = t.run
        WHERE t.key = 'mlflow.parentRunId' AND t.value = ${parentUuid} AND c.lifecycle = 0 ORDER BY c.start_time, c.uuid`,
  );
  const chosen = ids.slice(0, limit);
  const rows = new Map((await findRunsById(reader, chosen)).map((row) => [row.id, row]));
  const first = chosen.flatMap((id) => {
    const row = rows.get(id);
    if (!row) return [];
    const { uuid, name, status, start_time, end_time } = row;
    return [{ run_id: uuid, run_name: name, status, start_time, end_time: end_time ?? undefined }];
  });
  return { count: ids.length, first };
}
