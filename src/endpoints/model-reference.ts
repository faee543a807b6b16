/** Which version an endpoint serves: one by its number, or whichever an alias names. */
import { invalidParameter } from '../protocol/errors.ts';
import type { Reader } from '../database/database.ts';
import { findAlias, findModel } from '../registry/registered-model-store.ts';
import { findVersion, newestVersion, type ModelVersionRow } from '../registry/model-version-store.ts';

export interface ModelReference {
  readonly model: string;
  readonly version: number | null;
  readonly alias: string | null;
}

/** `models:/name/3` and `models:/name@alias`; `models:/name/latest` is the alias `latest`. */
export function parseReference(uri: string): ModelReference {
  const [, model, byVersion, byAlias] = /^models:\/+([^/@]+)(?:\/(\d{1,9}|latest)|@([^/@]+))$/i.exec(uri) ?? [];
  if (model === undefined) {
    throw invalidParameter(
      `Invalid model_uri '${uri}'. Name a version or an alias of a registered model: models:/churn/3 or models:/churn@champion.`,
    );
  }
  const isNumber = byVersion !== undefined && /^\d/.test(byVersion);
  return isNumber
    ? { model, version: Number(byVersion), alias: null }
    : { model, version: null, alias: byAlias ?? 'latest' };
}

export function uriOf({ model, version, alias }: ModelReference): string {
  return version === null ? `models:/${model}@${alias}` : `models:/${model}/${version}`;
}

/** A version as it was found: `key` tells it from another of that name and number, when the model was made anew. */
export interface FoundVersion {
  readonly uri: string;
  readonly model: string;
  readonly version: number;
  readonly key: string;
}

/** What is served now for a reference; a text says why nothing is. */
export async function findReferred(reader: Reader, reference: ModelReference): Promise<FoundVersion | string> {
  const { model, version, alias } = reference;
  const row = await findModel(reader, model);
  if (!row) return `There is no registered model '${model}'.`;
  const number = version ?? (await findAlias(reader, row.id, alias ?? ''))?.version;
  const isLatest = number === undefined && alias?.toLowerCase() === 'latest';
  if (number === undefined && !isLatest) return `The model '${model}' has no alias '${alias}'.`;
  const found = isLatest ? await newestVersion(reader, row.id) : await findVersion(reader, model, number ?? 0);
  return found ? ofRow(found) : `The model '${model}' has no version${isLatest ? '' : ` ${number}`}.`;
}

function ofRow({ name, version, creation_time: time }: ModelVersionRow): FoundVersion {
  return { uri: `models:/${name}/${version}`, model: name, version, key: `${name}/${version}/${time}` };
}
