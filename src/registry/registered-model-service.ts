import { wrongType } from '../protocol/decode.ts';
import { ApiError, invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { Database, Writer } from '../database/database.ts';
import { closeHistory } from '../events/event-log.ts';
import { parseRegisteredModelFilter } from '../search/filter-parser.ts';
import { parseRegisteredModelOrderBy } from '../search/order-by-parser.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import { countVersions, findVersion, newestVersion, newestVersionsOfStages } from './model-version-store.ts';
import { isPrompt, makePrompt } from './prompts.ts';
import * as store from './registered-model-store.ts';
import {
  loadModel,
  loadModels,
  loadVersion,
  loadVersions,
  type ModelVersion,
  type RegisteredModel,
} from './registry-reader.ts';
import { aliasesBody, noteModel, noteVersion, tagsBody } from './registry-events.ts';
import { modelConditions, modelOrder } from './registry-search.ts';
import * as rules from './registry-rules.ts';
import { stageOf, stages } from './stages.ts';

export class RegisteredModelService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(
    name: string,
    description: string | undefined,
    tags: readonly { key?: string | undefined; value: string }[],
  ): Promise<RegisteredModel> {
    rules.checkModelName(name);
    const checked = rules.checkedTags(tags);
    return this.#database.write(async (writer) => {
      writer.changed('model', name);
      const other = await store.findModel(writer, name);
      if (other) throw nameTaken(name, makePrompt(checked), await isPrompt(writer, other));
      const id = await store.insertModel(writer, name, description ?? null, Date.now());
      await store.setModelTags(writer, id, checked);
      await noteModel(writer, { id, name }, 'registered_model.created', { description, ...tagsBody(checked) });
      return loadModel(writer, await rules.existingModel(writer, name));
    });
  }

  async get(name: string): Promise<RegisteredModel> {
    return this.#database.read(async (reader) => loadModel(reader, await rules.existingModel(reader, name)));
  }

  async rename(name: string, newName: string): Promise<RegisteredModel> {
    rules.checkModelName(newName);
    return this.#database.write(async (writer) => {
      writer.changed('model', name);
      const { id } = await rules.existingModel(writer, name);
      const other = await store.findModel(writer, newName);
      if (other && other.id !== id) throw alreadyExists(newName);
      writer.changed('model', newName);
      await store.renameModel(writer, id, newName, Date.now());
      if (newName !== name) {
        await noteModel(writer, { id, name: newName }, 'registered_model.renamed', { old: name, new: newName });
      }
      return loadModel(writer, await rules.existingModel(writer, newName));
    });
  }

  async describe(name: string, description: string | undefined): Promise<RegisteredModel> {
    return this.#database.write(async (writer) => {
      writer.changed('model', name);
      const model = await rules.existingModel(writer, name);
      await store.describeModel(writer, model.id, description ?? null, Date.now());
      const values = { old: model.description ?? '', new: description ?? '' };
      if (values.new !== values.old) await noteModel(writer, model, 'registered_model.description_changed', values);
      return loadModel(writer, await rules.existingModel(writer, name));
    });
  }

  async delete(name: string): Promise<void> {
    await this.#database.write(async (writer) => {
      writer.changed('model', name);
      const model = await rules.existingModel(writer, name);
      await noteModel(writer, model, 'registered_model.deleted', {
        versions: await countVersions(writer, model.id),
        description: model.description,
        ...aliasesBody(await store.aliasesOfModels(writer, [model.id])),
        ...tagsBody(await store.tagsOfModels(writer, [model.id])),
      });
      await store.deleteModel(writer, model.id);
      await closeHistory(writer, 'model', model.id);
    });
  }

  async search(query: {
    filter: string | undefined;
    maxResults: Int64;
    orderBy: readonly string[];
    pageToken: string | undefined;
  }): Promise<{ models: RegisteredModel[]; nextPageToken: string | undefined }> {
    const limit = checkMaxResults(query.maxResults, limits.searchRegisteredModels);
    const comparisons = parseRegisteredModelFilter(query.filter);
    const order = modelOrder(parseRegisteredModelOrderBy(query.orderBy));
    const offset = decodeOffsetToken(query.pageToken);
    return this.#database.read(async (reader) => {
      const rows = await store.findModels(
        reader,
        modelConditions(comparisons, reader.dialect),
        order,
        limit + 1,
        offset,
      );
      return {
        models: await loadModels(reader, rows.slice(0, limit)),
        nextPageToken: rows.length > limit ? encodeOffsetToken(offset + limit) : undefined,
      };
    });
  }

  async latestVersions(name: string, names: readonly string[]): Promise<ModelVersion[]> {
    const wanted = names.length === 0 ? stages : names.map(stageOf);
    return this.#database.read(async (reader) => {
      const { id } = await rules.existingModel(reader, name);
      return loadVersions(reader, await newestVersionsOfStages(reader, [id], wanted));
    });
  }

  async setTag(name: string, key: string, value: string): Promise<void> {
    rules.checkTag(key, value);
    await this.#database.write(async (writer) => {
      writer.changed('model', name);
      const model = await rules.existingModel(writer, name);
      const before = await store.findModelTag(writer, model.id, key);
      if (before?.value === value) return;
      await store.setModelTags(writer, model.id, [{ key, value }]);
      await noteModel(writer, model, 'registered_model.tag_set', { key, old: before?.value, new: value });
    });
  }

  async deleteTag(name: string, key: string): Promise<void> {
    rules.checkRegistryTagKey(key);
    await this.#database.write(async (writer) => {
      writer.changed('model', name);
      const model = await rules.existingModel(writer, name);
      const before = await store.findModelTag(writer, model.id, key);
      if (before === undefined) return;
      await store.deleteModelTag(writer, model.id, key);
      await noteModel(writer, model, 'registered_model.tag_deleted', { key, old: before.value });
    });
  }

  async setAlias(name: string, alias: string, version: string): Promise<void> {
    rules.checkNewAlias(alias);
    const number = rules.versionOf(version);
    await this.#database.write(async (writer) => {
      writer.changed('model', name);
      const row = await rules.existingVersion(writer, name, number);
      const former = (await store.findAlias(writer, row.model, alias))?.version;
      if (former === number) return;
      await store.setAlias(writer, { model: row.model, alias, version: number });
      const body = { alias, old: former?.toString(), new: String(number) };
      await noteVersion(writer, row, 'model_version.alias_set', body, former);
      await markSourceRuns(writer, name, [number, ...(former === undefined ? [] : [former])]);
    });
  }

  async deleteAlias(name: string, alias: string): Promise<void> {
    rules.checkAlias(alias);
    await this.#database.write(async (writer) => {
      writer.changed('model', name);
      const { id: model } = await rules.existingModel(writer, name);
      const former = (await store.findAlias(writer, model, alias))?.version;
      if (former === undefined) return;
      await store.deleteAlias(writer, model, alias);
      await noteVersion(writer, { model, name, version: former }, 'model_version.alias_deleted', { alias });
      await markSourceRuns(writer, name, [former]);
    });
  }

  /** The version an alias points at; `latest` is the newest one. */
  async versionByAlias(name: string, alias: string): Promise<ModelVersion> {
    rules.checkAlias(alias);
    return this.#database.read(async (reader) => {
      const { id } = await rules.existingModel(reader, name);
      if (alias.toLowerCase() === 'latest') {
        const newest = await newestVersion(reader, id);
        if (!newest) throw new ApiError('RESOURCE_DOES_NOT_EXIST', `Latest version not found for model ${name}.`);
        return loadVersion(reader, newest);
      }
      const row = await store.findAlias(reader, id, alias);
      if (!row) throw invalidParameter(`Registered model alias ${alias} not found.`);
      return loadVersion(reader, await rules.existingVersion(reader, name, row.version));
    });
  }
}

function nameTaken(name: string, isForPrompt: boolean, isOfPrompt: boolean): ApiError {
  if (isForPrompt === isOfPrompt) return alreadyExists(name, isOfPrompt ? 'Prompt' : 'Registered Model');
  const [wanted, taken] = isForPrompt ? ['prompt', 'registered model'] : ['registered model', 'prompt'];
  return new ApiError(
    'RESOURCE_ALREADY_EXISTS',
    `Tried to create a ${wanted} with name '${name}', but the name is already taken by a ${taken}. MLflow does not allow creating a model and a prompt with the same name.`,
  );
}

function alreadyExists(name: string, what = 'Registered Model'): ApiError {
  return new ApiError('RESOURCE_ALREADY_EXISTS', `${what} (name=${name}) already exists.`);
}

export function checkMaxResults(value: Int64, greatest: number, what = 'number'): number {
  if (value < 1) {
    throw invalidParameter(`Invalid value for max_results. It must be a positive ${what}, but got ${value}`);
  }
  // The searches of the registry take it from the query, hence as a text.
  if (value > greatest) throw wrongType(String(value), 'max_results');
  return Number(value);
}

/** The page of a run shows the aliases of its versions. */
async function markSourceRuns(writer: Writer, name: string, versions: readonly number[]): Promise<void> {
  for (const version of versions) {
    const row = await findVersion(writer, name, version);
    if (row?.run_id) writer.changed('run', row.run_id);
  }
}
