/** Experiments, runs, and the pipelines and searches that are kept as runs, by part of their name, for a search box over everything. */
import { automlTags } from '../protocol/automl-record.ts';
import { pipelineTags } from '../protocol/pipeline-record.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { RunStatus } from '../protocol/runs.ts';
import { fromInt64Column, type Reader } from '../database/database.ts';
import { raw, sql } from '../common/sql.ts';
import { containing, startingWith } from '../search/text-search.ts';
import { stageName } from './lifecycle.ts';

/** Names are looked for in so many of the newest runs; ids in all, by their index. */
const namesScanned = 20_000;
const newestRuns = sql`SELECT id, name, experiment, lifecycle FROM runs ORDER BY id DESC LIMIT ${namesScanned}`;

/** Those whose name begins so come first, then those changed last. */
export async function findExperimentsByText(
  reader: Reader,
  text: string,
  limit: number,
): Promise<{ experiment_id: string; name: string; lifecycle_stage: string }[]> {
  const rows = await reader.all<{ id: number; name: string; lifecycle: number }>(
    sql`SELECT e.id, e.name, e.lifecycle FROM experiments e WHERE e.lifecycle = 0 AND ${containing('e.name', text)}
        ORDER BY ${startingWith('e.name', text)} DESC, e.last_update_time DESC, e.id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    experiment_id: String(row.id),
    name: row.name,
    lifecycle_stage: stageName(row.lifecycle),
  }));
}

export interface FoundRun {
  run_id: string;
  run_name: string;
  experiment_id: string;
  experiment_name: string;
  status: RunStatus;
  start_time: Int64;
}

const idStart = /^[0-9a-f]{2,32}$/;

/** By the start of the id first, then by name, newest first. */
export async function findRunsByText(reader: Reader, text: string, limit: number): Promise<FoundRun[]> {
  const prefix = text.toLowerCase();
  const byId = idStart.test(prefix)
    ? sql`SELECT id, 0 AS place FROM runs WHERE uuid >= ${prefix} AND uuid < ${`${prefix}g`} AND lifecycle = 0 LIMIT ${limit}`
    : sql`SELECT NULL AS id, 0 AS place WHERE 1 = 0`;
  const byName = sql`SELECT n.id, 1 AS place FROM
    (${newestRuns}) n
    WHERE n.lifecycle = 0 AND ${containing('n.name', text)} ORDER BY n.id DESC LIMIT ${limit}`;
  const rows = await reader.all<Omit<FoundRun, 'start_time'> & { start_time: number | string }>(
    sql`SELECT r.uuid AS run_id, r.name AS run_name, CAST(r.experiment AS TEXT) AS experiment_id, e.name AS experiment_name,
          r.status, ${raw(reader.dialect.int64('r.start_time'))} AS start_time
        FROM (SELECT id, min(place) AS place FROM (SELECT * FROM (${byId}) UNION ALL SELECT * FROM (${byName})) GROUP BY id) f
        JOIN runs r ON r.id = f.id JOIN experiments e ON e.id = r.experiment ORDER BY f.place, r.id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row, start_time: fromInt64Column(row.start_time) }));
}

/** What builds say that they are builds of; those built last come first. */
export async function findPipelinesByText(
  reader: Reader,
  text: string,
  limit: number,
): Promise<{ experiment_id: string; experiment_name: string; name: string }[]> {
  return reader.all(
    sql`SELECT CAST(e.id AS TEXT) AS experiment_id, e.name AS experiment_name, t.value AS name FROM (${newestRuns}) n
        JOIN tags t ON t.run = n.id AND t.key = ${pipelineTags.name} AND ${containing('t.value', text)}
        JOIN tags role ON role.run = n.id AND role.key = ${pipelineTags.role} AND role.value = 'build'
        JOIN experiments e ON e.id = n.experiment AND e.lifecycle = 0
        WHERE n.lifecycle = 0 GROUP BY e.id, e.name, t.value ORDER BY max(n.id) DESC LIMIT ${limit}`,
  );
}

/** Of AutoML, newest first. */
export async function findSearchesByText(
  reader: Reader,
  text: string,
  limit: number,
): Promise<{ run_id: string; run_name: string; experiment_name: string }[]> {
  return reader.all(
    sql`SELECT r.uuid AS run_id, r.name AS run_name, e.name AS experiment_name FROM (${newestRuns}) n
        JOIN tags role ON role.run = n.id AND role.key = ${automlTags.role} AND role.value = 'search'
        JOIN runs r ON r.id = n.id JOIN experiments e ON e.id = n.experiment AND e.lifecycle = 0
        WHERE n.lifecycle = 0 AND ${containing('n.name', text)} ORDER BY n.id DESC LIMIT ${limit}`,
  );
}
