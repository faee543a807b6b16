import type { Reader, Writer } from '../database/database.ts';
import { and, list, sql, type Query } from '../common/sql.ts';
import { lifecycle } from './lifecycle.ts';

export interface ExperimentRow {
  id: number;
  name: string;
  artifact_location: string;
  lifecycle: number;
  creation_time: number;
  last_update_time: number;
}

export interface Tag {
  key: string;
  value: string;
}

export async function findExperiment(reader: Reader, id: number): Promise<ExperimentRow | undefined> {
  return reader.first<ExperimentRow>(sql`SELECT * FROM experiments WHERE id = ${id}`);
}

export async function findExperimentByName(reader: Reader, name: string): Promise<ExperimentRow | undefined> {
  return reader.first<ExperimentRow>(sql`SELECT * FROM experiments WHERE name = ${name}`);
}

export async function findExperiments(
  reader: Reader,
  conditions: readonly Query[],
  order: Query,
  limit: number,
  offset: number,
): Promise<ExperimentRow[]> {
  return reader.all<ExperimentRow>(
    sql`SELECT e.* FROM experiments e WHERE ${and(conditions)} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
  );
}

export async function tagsOfExperiments(
  reader: Reader,
  ids: readonly number[],
): Promise<(Tag & { experiment: number })[]> {
  if (ids.length === 0) return [];
  return reader.all(
    sql`SELECT experiment, key, value FROM experiment_tags WHERE experiment IN ${reader.dialect.intSet(ids)}`,
  );
}

/** Inserts an experiment; with an `id` only for the default one. */
export async function insertExperiment(
  writer: Writer,
  experiment: { id?: number; name: string; artifactLocation: string; time: number },
): Promise<number> {
  const { lastInsertId } = await writer.run(
    sql`INSERT INTO experiments (id, name, artifact_location, lifecycle, creation_time, last_update_time)
        VALUES (${experiment.id ?? null}, ${experiment.name}, ${experiment.artifactLocation}, ${lifecycle.active}, ${experiment.time}, ${experiment.time})`,
  );
  return lastInsertId;
}

export async function setArtifactLocation(writer: Writer, id: number, location: string): Promise<void> {
  await writer.run(sql`UPDATE experiments SET artifact_location = ${location} WHERE id = ${id}`);
}

export async function renameExperiment(writer: Writer, id: number, name: string, time: number): Promise<void> {
  await writer.run(sql`UPDATE experiments SET name = ${name}, last_update_time = ${time} WHERE id = ${id}`);
}

/** Deletes or restores an experiment and all its runs that are in the other state. */
export async function setExperimentLifecycle(writer: Writer, id: number, to: number, time: number): Promise<void> {
  const from = to === lifecycle.active ? lifecycle.deleted : lifecycle.active;
  const deletedTime = to === lifecycle.deleted ? time : null;
  await writer.run(sql`UPDATE experiments SET lifecycle = ${to}, last_update_time = ${time} WHERE id = ${id}`);
  await writer.run(
    sql`UPDATE runs SET lifecycle = ${to}, deleted_time = ${deletedTime} WHERE experiment = ${id} AND lifecycle = ${from}`,
  );
  // Run by run, as they lie: by way of the index on values it takes almost twice as long.
  const runs = sql`(SELECT id FROM runs WHERE experiment = ${id} ORDER BY id)`;
  await writer.run(sql`UPDATE latest_metrics SET lifecycle = ${to} WHERE run IN ${runs} AND lifecycle = ${from}`);
}

export async function setExperimentTags(writer: Writer, experiment: number, tags: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?) ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value',
    tags.map((tag) => [experiment, tag.key, tag.value]),
  );
}

export async function deleteExperimentTag(writer: Writer, experiment: number, key: string): Promise<boolean> {
  const { changes } = await writer.run(
    sql`DELETE FROM experiment_tags WHERE experiment = ${experiment} AND key = ${key}`,
  );
  return changes > 0;
}

/** The distinct datasets of some experiments, with the context each was used in. */
export async function datasetSummaries(
  reader: Reader,
  experiments: readonly number[],
  limit: number,
): Promise<{ experiment: number; name: string; digest: string; context: string | null }[]> {
  return reader.all(
    sql`SELECT DISTINCT d.experiment, d.name, d.digest, t.value AS context
        FROM datasets d JOIN run_datasets rd ON rd.dataset = d.id
        LEFT JOIN run_dataset_tags t ON t.run_dataset = rd.id AND t.key = 'mlflow.data.context'
        WHERE d.experiment IN ${list(experiments)} ORDER BY 1, 2, 3, 4 LIMIT ${limit}`,
  );
}
