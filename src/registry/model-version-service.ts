import { ApiError, doesNotExist } from '../protocol/errors.ts';
import { checkModelVersionSource } from '../protocol/model-source.ts';
import { limits } from '../protocol/limits.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { parseModelVersionFilter } from '../search/filter-parser.ts';
import { parseModelVersionOrderBy } from '../search/order-by-parser.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import type { ModelSources } from './model-sources.ts';
import * as store from './model-version-store.ts';
import { checkMaxResults } from './registered-model-service.ts';
import { findAlias, tagsOfModels, touchModel, type RegisteredModelRow } from './registered-model-store.ts';
import { loadVersion, loadVersions, type ModelVersion } from './registry-reader.ts';
import { versionConditions, versionOrder } from './registry-search.ts';
import { promptTag } from './prompts.ts';
import * as rules from './registry-rules.ts';
import { activeStages, stageOf, stages } from './stages.ts';

export interface NewVersion {
  name: string;
  source: string;
  runId: string | undefined;
  runLink: string | undefined;
  description: string | undefined;
  modelId: string | undefined;
  tags: readonly { key?: string | undefined; value: string }[];
}

export class ModelVersionService {
  readonly #database: Database;
  readonly #sources: ModelSources;
  readonly #allowedSchemes: readonly string[];

  /** @param allowedSchemes schemes that name a host, which a source may use */
  constructor(database: Database, sources: ModelSources, allowedSchemes: readonly string[]) {
    this.#database = database;
    this.#sources = sources;
    this.#allowedSchemes = allowedSchemes;
  }

  async create(request: NewVersion): Promise<ModelVersion> {
    rules.checkModelName(request.name);
    const tags = rules.checkedTags(request.tags);
    return this.#database.write(async (writer) => {
      writer.changed('model', request.name);
      if (request.runId) writer.changed('run', request.runId);
      await this.#checkSource(writer, request, await isPrompt(writer, request.name));
      const model = await rules.existingModel(writer, request.name);
      const origin = await this.#origin(writer, request);
      const time = Date.now();
      const version = await store.takeVersionNumber(writer, model.id, time);
      await store.insertVersion(writer, {
        model: model.id,
        version,
        description: request.description ?? '',
        source: origin.source,
        storage_location: origin.location,
        run_id: request.runId || origin.runId,
        run_link: request.runLink ?? '',
        logged_model_id: request.modelId || null,
        time,
      });
      await store.setVersionTags(writer, { model: model.id, version }, tags);
      if (request.modelId) await this.#sources.noteRegistration(writer, request.modelId, request.name, version);
      return loadVersion(writer, await rules.existingVersion(writer, request.name, version));
    });
  }

  async #checkSource(reader: Reader, request: NewVersion, prompt: boolean): Promise<void> {
    const { source, runId, modelId } = request;
    const modelArtifactUri = modelId ? (await this.#sources.loggedModel(reader, modelId))?.artifactUri : undefined;
    if (modelId && modelArtifactUri === undefined) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
    checkModelVersionSource(source, {
      runId,
      runArtifactUri: runId ? await this.#sources.runArtifactUri(reader, runId) : undefined,
      modelId,
      modelArtifactUri,
      isPrompt: prompt,
      allowedHostSchemes: this.#allowedSchemes,
    });
  }

  /** Where the version comes from and where its files are; `models:/…` addresses are resolved here. */
  async #origin(
    reader: Reader,
    request: NewVersion,
  ): Promise<{ source: string; location: string; runId: string | null }> {
    const { source } = request;
    if (!/^models:\//i.test(source)) return { source, location: source, runId: null };
    const address = source.slice('models:/'.length);
    if (request.modelId && address === request.modelId) {
      const model = await this.#sources.loggedModel(reader, request.modelId);
      return { source, location: model?.artifactUri ?? source, runId: model?.sourceRunId || null };
    }
    const copied = await resolveModelAddress(reader, address);
    return {
      source: `models:/${copied.name}/${copied.version}`,
      location: copied.storage_location,
      runId: copied.run_id,
    };
  }

  async get(name: string, version: string): Promise<ModelVersion> {
    const number = rules.versionOf(version);
    return this.#database.read(async (reader) =>
      loadVersion(reader, await rules.existingVersion(reader, name, number)),
    );
  }

  async downloadUri(name: string, version: string): Promise<string> {
    const number = rules.versionOf(version);
    return this.#database.read(async (reader) => (await rules.existingVersion(reader, name, number)).storage_location);
  }

  async describe(name: string, version: string, description: string | undefined): Promise<ModelVersion> {
    return this.#change(name, version, (writer, row, time) =>
      store.describeVersion(writer, row, description ?? null, time),
    );
  }

  async transition(name: string, version: string, stageName: string, archiveExisting: boolean): Promise<ModelVersion> {
    const stage = stageOf(stageName);
    if (archiveExisting && !activeStages.includes(stage)) {
      throw new ApiError(
        'INTERNAL_ERROR',
        `Model version transition cannot archive existing model versions because '${stage}' is not an Active stage. Valid stages are [${activeStages.map((s) => `'${s}'`).join(', ')}]`,
      );
    }
    return this.#change(name, version, async (writer, row, time) => {
      if (archiveExisting) await store.archiveOthers(writer, row, stage, time);
      await store.setStage(writer, row, stage, time);
      await touchModel(writer, row.model, time);
    });
  }

  async delete(name: string, version: string): Promise<void> {
    await this.#write(name, version, async (writer, row) => {
      await store.deleteVersion(writer, row);
      await touchModel(writer, row.model, Date.now());
    });
  }

  async setTag(name: string, version: string, key: string, value: string): Promise<void> {
    rules.checkTag(key, value);
    await this.#write(name, version, (writer, row) => store.setVersionTags(writer, row, [{ key, value }]));
  }

  async deleteTag(name: string, version: string, key: string): Promise<void> {
    rules.checkRegistryTagKey(key);
    await this.#write(name, version, (writer, row) => store.deleteVersionTag(writer, row, key));
  }

  /** Changes a version and gives it as it is then. */
  async #change(
    name: string,
    version: string,
    change: (writer: Writer, row: store.ModelVersionRow, time: number) => Promise<void>,
  ): Promise<ModelVersion> {
    return this.#write(name, version, async (writer, row) => {
      await change(writer, row, Date.now());
      return loadVersion(writer, await rules.existingVersion(writer, name, row.version));
    });
  }

  async #write<T>(
    name: string,
    version: string,
    work: (writer: Writer, row: store.ModelVersionRow) => Promise<T>,
  ): Promise<T> {
    const number = rules.versionOf(version);
    return this.#database.write(async (writer) => {
      writer.changed('model', name);
      return work(writer, await rules.existingVersion(writer, name, number));
    });
  }

  async search(query: {
    filter: string | undefined;
    maxResults: Int64;
    orderBy: readonly string[];
    pageToken: string | undefined;
  }): Promise<{ versions: ModelVersion[]; nextPageToken: string | undefined }> {
    const limit = checkMaxResults(query.maxResults, limits.searchModelVersions, 'integer');
    const comparisons = parseModelVersionFilter(query.filter);
    const order = versionOrder(parseModelVersionOrderBy(query.orderBy));
    const offset = decodeOffsetToken(query.pageToken);
    return this.#database.read(async (reader) => {
      const rows = await store.findVersions(
        reader,
        versionConditions(comparisons, reader.dialect),
        order,
        limit + 1,
        offset,
      );
      return {
        versions: await loadVersions(reader, rows.slice(0, limit), false),
        nextPageToken: rows.length > limit ? encodeOffsetToken(offset + limit) : undefined,
      };
    });
  }
}

/** Prompts are registered models without files; their tag on the model, not one in the request, makes them so. */
async function isPrompt(reader: Reader, name: string): Promise<boolean> {
  const model: RegisteredModelRow = await rules.existingModel(reader, name);
  const tags = await tagsOfModels(reader, [model.id]);
  return tags.some((tag) => tag.key === promptTag && tag.value.toLowerCase() === 'true');
}

/** `name/3`, `name/latest`, `name/Production` or `name@alias` as a version. */
async function resolveModelAddress(reader: Reader, address: string): Promise<store.ModelVersionRow> {
  const at = /^([^/@]+)@(.+)$/.exec(address);
  if (at?.[1] !== undefined && at[2] !== undefined) {
    const model = await rules.existingModel(reader, at[1]);
    const alias = await findAlias(reader, model.id, at[2]);
    if (!alias) throw new ApiError('INVALID_PARAMETER_VALUE', `Registered model alias ${at[2]} not found.`);
    return rules.existingVersion(reader, model.name, alias.version);
  }
  const [name = '', suffix = ''] = address.split('/');
  const model = await rules.existingModel(reader, name);
  if (/^\d+$/.test(suffix)) return rules.existingVersion(reader, name, rules.versionOf(suffix));
  if (suffix.toLowerCase() === 'latest') {
    const newest = await store.newestVersion(reader, model.id);
    if (newest) return newest;
  }
  const stage = stages.find((known) => known.toLowerCase() === suffix.toLowerCase());
  const [found] = stage ? await store.newestVersionsOfStages(reader, [model.id], [stage]) : [];
  if (!found) throw doesNotExist(`No versions of model with name '${name}' and stage '${suffix}' found`);
  return found;
}
