/** Registered models and versions, as the API gives them. */
import type { modelVersion } from '../protocol/model-versions.ts';
import type { registeredModel } from '../protocol/registered-models.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { Reader } from '../database/database.ts';
import { newestVersionsOfStages, tagsOfVersions, type ModelVersionRow } from './model-version-store.ts';
import { aliasesOfModels, tagsOfModels, type RegisteredModelRow } from './registered-model-store.ts';
import { stages } from './stages.ts';

export type ModelVersion = Encoded<typeof modelVersion>;
export type RegisteredModel = Encoded<typeof registeredModel>;

export async function loadVersions(
  reader: Reader,
  rows: readonly ModelVersionRow[],
  withAliases = true,
): Promise<ModelVersion[]> {
  const models = [...new Set(rows.map((row) => row.model))];
  if (models.length === 0) return [];
  const tags = Map.groupBy(await tagsOfVersions(reader, models), versionKey);
  const aliases = Map.groupBy(withAliases ? await aliasesOfModels(reader, models) : [], versionKey);
  return rows.map((row) => ({
    name: row.name,
    version: String(row.version),
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_update_time,
    current_stage: row.current_stage,
    description: row.description ?? undefined,
    source: row.source,
    run_id: row.run_id ?? '',
    status: row.status,
    status_message: row.status_message ?? undefined,
    tags: tags.get(versionKey(row)),
    run_link: row.run_link ?? '',
    aliases: aliases.get(versionKey(row))?.map((alias) => alias.alias),
  }));
}

export function versionKey({ model, version }: { model: number; version: number }): string {
  return `${model}/${version}`;
}

export async function loadVersion(reader: Reader, row: ModelVersionRow): Promise<ModelVersion> {
  const [version] = await loadVersions(reader, [row]);
  return version ?? {};
}

export async function loadModels(reader: Reader, rows: readonly RegisteredModelRow[]): Promise<RegisteredModel[]> {
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return [];
  const tags = Map.groupBy(await tagsOfModels(reader, ids), (tag) => tag.model);
  const aliases = Map.groupBy(await aliasesOfModels(reader, ids), (alias) => alias.model);
  const newest = await loadVersions(reader, await newestVersionsOfStages(reader, ids, stages), false);
  const latest = Map.groupBy(newest, (version) => version.name);
  return rows.map((row) => ({
    name: row.name,
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_update_time,
    description: row.description || undefined,
    latest_versions: latest.get(row.name),
    tags: tags.get(row.id),
    aliases: aliases.get(row.id)?.map(({ alias, version }) => ({ alias, version: String(version) })),
  }));
}

export async function loadModel(reader: Reader, row: RegisteredModelRow): Promise<RegisteredModel> {
  const [model] = await loadModels(reader, [row]);
  return model ?? {};
}
