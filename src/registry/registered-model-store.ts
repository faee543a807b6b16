import type { Reader, Writer } from '../database/database.ts';
import { and, sql, type Query } from '../common/sql.ts';

export interface RegisteredModelRow {
  id: number;
  name: string;
  description: string | null;
  creation_time: number;
  last_update_time: number;
  last_version: number;
}

export interface Tag {
  key: string;
  value: string;
}

export async function findModel(reader: Reader, name: string): Promise<RegisteredModelRow | undefined> {
  return reader.first(sql`SELECT * FROM registered_models WHERE name = ${name}`);
}

export async function findModels(
  reader: Reader,
  conditions: readonly Query[],
  order: Query,
  limit: number,
  offset: number,
): Promise<RegisteredModelRow[]> {
  return reader.all(
    sql`SELECT m.* FROM registered_models m WHERE ${and(conditions)} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`,
  );
}

export async function insertModel(
  writer: Writer,
  name: string,
  description: string | null,
  time: number,
): Promise<number> {
  const { lastInsertId } = await writer.run(
    sql`INSERT INTO registered_models (name, description, creation_time, last_update_time) VALUES (${name}, ${description}, ${time}, ${time})`,
  );
  return lastInsertId;
}

export async function renameModel(writer: Writer, id: number, name: string, time: number): Promise<void> {
  // What serves it goes on by the new name; endpoints may outlive a model, so they do not refer to its id.
  await writer.run(
    sql`UPDATE endpoint_models SET model = ${name} WHERE model = (SELECT name FROM registered_models WHERE id = ${id})`,
  );
  await writer.run(sql`UPDATE registered_models SET name = ${name}, last_update_time = ${time} WHERE id = ${id}`);
  await writer.run(sql`UPDATE model_versions SET last_update_time = ${time} WHERE model = ${id}`);
}

export async function describeModel(
  writer: Writer,
  id: number,
  description: string | null,
  time: number,
): Promise<void> {
  await writer.run(
    sql`UPDATE registered_models SET description = ${description}, last_update_time = ${time} WHERE id = ${id}`,
  );
}

export async function touchModel(writer: Writer, id: number, time: number): Promise<void> {
  await writer.run(sql`UPDATE registered_models SET last_update_time = ${time} WHERE id = ${id}`);
}

/** With its versions, tags and aliases. */
export async function deleteModel(writer: Writer, id: number): Promise<void> {
  await writer.run(sql`DELETE FROM registered_models WHERE id = ${id}`);
}

export async function findModelTag(reader: Reader, model: number, key: string): Promise<Tag | undefined> {
  return reader.first(sql`SELECT key, value FROM registered_model_tags WHERE model = ${model} AND key = ${key}`);
}

export async function setModelTags(writer: Writer, model: number, tags: readonly Tag[]): Promise<void> {
  await writer.runMany(
    'INSERT INTO registered_model_tags (model, key, value) VALUES (?, ?, ?) ON CONFLICT (model, key) DO UPDATE SET value = excluded.value',
    tags.map((tag) => [model, tag.key, tag.value]),
  );
}

export async function deleteModelTag(writer: Writer, model: number, key: string): Promise<void> {
  await writer.run(sql`DELETE FROM registered_model_tags WHERE model = ${model} AND key = ${key}`);
}

export async function tagsOfModels(reader: Reader, ids: readonly number[]): Promise<(Tag & { model: number })[]> {
  return reader.all(
    sql`SELECT model, key, value FROM registered_model_tags WHERE model IN ${reader.dialect.intSet(ids)}`,
  );
}

export interface AliasRow {
  model: number;
  alias: string;
  version: number;
}

export async function aliasesOfModels(reader: Reader, ids: readonly number[]): Promise<AliasRow[]> {
  return reader.all(
    sql`SELECT model, alias, version FROM registered_model_aliases WHERE model IN ${reader.dialect.intSet(ids)} ORDER BY model, alias`,
  );
}

export async function findAlias(reader: Reader, model: number, alias: string): Promise<AliasRow | undefined> {
  return reader.first(
    sql`SELECT model, alias, version FROM registered_model_aliases WHERE model = ${model} AND alias = ${alias}`,
  );
}

export async function setAlias(writer: Writer, { model, alias, version }: AliasRow): Promise<void> {
  await writer.run(
    sql`INSERT INTO registered_model_aliases (model, alias, version) VALUES (${model}, ${alias}, ${version})
        ON CONFLICT (model, alias) DO UPDATE SET version = excluded.version`,
  );
}

export async function deleteAlias(writer: Writer, model: number, alias: string): Promise<void> {
  await writer.run(sql`DELETE FROM registered_model_aliases WHERE model = ${model} AND alias = ${alias}`);
}
