/** Names, tags and version numbers of the registry: what is allowed. */
import { type ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { checkKey, checkLength, checkTagKey } from '../protocol/names.ts';
import type { Reader } from '../database/database.ts';
import { findModel, type RegisteredModelRow, type Tag } from './registered-model-store.ts';
import { checkModelName } from '../protocol/registry-names.ts';
import { findVersion, type ModelVersionRow } from './model-version-store.ts';

export { checkAlias, checkModelName, checkNewAlias } from '../protocol/registry-names.ts';

export function checkTag(key: string, value: string): void {
  checkTagKey(key);
  checkLength(value, limits.registryTagValue, 'value');
}

/** Tags of a create request; of one key given twice the last counts. */
export function checkedTags(tags: readonly { key?: string | undefined; value: string }[]): Tag[] {
  return tags.map(({ key = '', value }) => {
    checkTag(key, value);
    return { key, value };
  });
}

export function checkRegistryTagKey(key: string): void {
  checkKey(key, 'key');
}

/** A version number from the wire, or 400. */
export function versionOf(text: string): number {
  if (!/^\s*[+-]?\d{1,15}\s*$/.test(text))
    throw invalidParameter(`Parameter 'version' must be an integer, got '${text}'.`);
  return Number(text);
}

function modelNotFound(name: string): ApiError {
  return doesNotExist(`Registered Model with name=${name} not found`);
}

export function versionNotFound(name: string, version: number): ApiError {
  return doesNotExist(`Model Version (name=${name}, version=${version}) not found`);
}

/** The model, or 404; 400 for what can be no name. */
export async function existingModel(reader: Reader, name: string): Promise<RegisteredModelRow> {
  checkModelName(name);
  const row = await findModel(reader, name);
  if (!row) throw modelNotFound(name);
  return row;
}

/** The version, or 404; 400 for what can be no name of a model. */
export async function existingVersion(reader: Reader, name: string, version: number): Promise<ModelVersionRow> {
  checkModelName(name);
  const row = await findVersion(reader, name, version);
  if (!row) throw versionNotFound(name, version);
  return row;
}
