import type { Reader, Writer } from '../database/database.ts';
import { and, list, raw, sql, type Query } from '../common/sql.ts';
import type { Tag } from './registered-model-store.ts';

export interface ModelVersionRow {
  model: number;
  name: string;
  version: number;
  creation_time: number;
  last_update_time: number;
  description: string | null;
  user_id: string | null;
  current_stage: string;
  source: string;
  storage_location: string;
  run_id: string | null;
  run_link: string | null;
  logged_model_id: string | null;
  status: 'PENDING_REGISTRATION' | 'FAILED_REGISTRATION' | 'READY';
  status_message: string | null;
}

const withName = raw('SELECT v.*, m.name FROM model_versions v JOIN registered_models m ON m.id = v.model');

export async function findVersion(reader: Reader, name: string, version: number): Promise<ModelVersionRow | undefined> {
  return reader.first(sql`${withName} WHERE m.name = ${name} AND v.version = ${version}`);
}

export async function findVersions(
  reader: Reader,
  conditions: readonly Query[],
  order: Query,
  limit: number,
  offset: number,
): Promise<ModelVersionRow[]> {
  return reader.all(sql`${withName} WHERE ${and(conditions)} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`);
}

export async function countVersions(reader: Reader, model: number): Promise<number> {
  const row = await reader.first<{ n: number }>(sql`SELECT count(*) AS n FROM model_versions WHERE model = ${model}`);
  return row?.n ?? 0;
}

export async function newestVersion(reader: Reader, model: number): Promise<ModelVersionRow | undefined> {
  return reader.first(sql`${withName} WHERE v.model = ${model} ORDER BY v.version DESC LIMIT 1`);
}

/** The newest version of each of these stages, which stand in the order in which the model came to have them. */
export async function newestVersionsOfStages(
  reader: Reader,
  models: readonly number[],
  stages: readonly string[],
): Promise<ModelVersionRow[]> {
  return reader.all(
    sql`${withName} JOIN (
          SELECT model, max(version) AS newest, min(version) AS oldest FROM model_versions
          WHERE model IN ${reader.dialect.intSet(models)} AND current_stage IN ${list(stages)}
          GROUP BY model, current_stage
        ) s ON s.model = v.model AND s.newest = v.version
        ORDER BY v.model, s.oldest`,
  );
}

/** The next number of a model; given once, even when the version is deleted later. */
export async function takeVersionNumber(writer: Writer, model: number, time: number): Promise<number> {
  await writer.run(
    sql`UPDATE registered_models SET last_version = last_version + 1, last_update_time = ${time} WHERE id = ${model}`,
  );
  const row = await writer.first<{ last_version: number }>(
    sql`SELECT last_version FROM registered_models WHERE id = ${model}`,
  );
  return row?.last_version ?? 1;
}

export type NewModelVersion = Pick<
  ModelVersionRow,
  'model' | 'version' | 'description' | 'source' | 'storage_location' | 'run_id' | 'run_link' | 'logged_model_id'
> & { time: number };

export async function insertVersion(writer: Writer, v: NewModelVersion): Promise<void> {
  await writer.run(
    sql`INSERT INTO model_versions (model, version, creation_time, last_update_time, description, current_stage, source, storage_location, run_id, run_link, logged_model_id, status)
        VALUES (${v.model}, ${v.version}, ${v.time}, ${v.time}, ${v.description}, 'None', ${v.source}, ${v.storage_location}, ${v.run_id}, ${v.run_link}, ${v.logged_model_id}, 'READY')`,
  );
}

interface VersionKey {
  model: number;
  version: number;
}

export async function describeVersion(
  writer: Writer,
  key: VersionKey,
  description: string | null,
  time: number,
): Promise<void> {
  await writer.run(
    sql`UPDATE model_versions SET description = ${description}, last_update_time = ${time} WHERE model = ${key.model} AND version = ${key.version}`,
  );
}

export async function setStage(writer: Writer, key: VersionKey, stage: string, time: number): Promise<void> {
  await writer.run(
    sql`UPDATE model_versions SET current_stage = ${stage}, last_update_time = ${time} WHERE model = ${key.model} AND version = ${key.version}`,
  );
}

/** Archives the other versions of a stage, and says which these were. */
export async function archiveOthers(writer: Writer, key: VersionKey, stage: string, time: number): Promise<number[]> {
  const archived = await writer.all<{ version: number }>(
    sql`UPDATE model_versions SET current_stage = 'Archived', last_update_time = ${time}
        WHERE model = ${key.model} AND version <> ${key.version} AND current_stage = ${stage} RETURNING version`,
  );
  return archived.map(({ version }) => version).toSorted((a, b) => a - b);
}

/** With its tags and aliases. */
export async function deleteVersion(writer: Writer, key: VersionKey): Promise<void> {
  await writer.run(sql`DELETE FROM model_versions WHERE model = ${key.model} AND version = ${key.version}`);
}

export async function findVersionTag(reader: Reader, version: VersionKey, key: string): Promise<Tag | undefined> {
  return reader.first(
    sql`SELECT key, value FROM model_version_tags WHERE model = ${version.model} AND version = ${version.version} AND key = ${key}`,
  );
}

export async function setVersionTags(writer: Writer, key: VersionKey, tags: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO model_version_tags (model, version, key, value) VALUES (?, ?, ?, ?) ON CONFLICT (model, version, key) DO UPDATE SET value = excluded.value',
    tags.map((tag) => [key.model, key.version, tag.key, tag.value]),
  );
}

export async function deleteVersionTag(writer: Writer, version: VersionKey, key: string): Promise<void> {
  await writer.run(
    sql`DELETE FROM model_version_tags WHERE model = ${version.model} AND version = ${version.version} AND key = ${key}`,
  );
}

export async function tagsOfVersions(reader: Reader, models: readonly number[]): Promise<(Tag & VersionKey)[]> {
  return reader.all(
    sql`SELECT model, version, key, value FROM model_version_tags WHERE model IN ${reader.dialect.intSet(models)}`,
  );
}
