import { ApiError } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { Database, Writer } from '../database/database.ts';
import { parseModelVersionFilter } from '../search/filter-parser.ts';
import { parseModelVersionOrderBy } from '../search/order-by-parser.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import type { ModelSources } from './model-sources.ts';
import * as store from './model-version-store.ts';
import { checkMaxResults } from './registered-model-service.ts';
import { aliasesOfModels, touchModel } from './registered-model-store.ts';
import { aliasesBody, noteVersion, tagsBody } from './registry-events.ts';
import { loadVersion, loadVersions, type ModelVersion } from './registry-reader.ts';
import { versionConditions, versionOrder } from './registry-search.ts';
import * as rules from './registry-rules.ts';
import { activeStages, stageOf } from './stages.ts';
import { checkSource, originOf, type VersionSource } from './version-source.ts';

export interface NewVersion extends VersionSource {
  name: string;
  runLink: string | undefined;
  description: string | undefined;
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
    const tags = rules.checkedTags(request.tags);
    return this.#database.write(async (writer) => {
      writer.changed('model', request.name);
      if (request.runId) writer.changed('run', request.runId);
      const model = await rules.existingModel(writer, request.name);
      await checkSource(writer, this.#sources, request, model, this.#allowedSchemes);
      const origin = await originOf(writer, this.#sources, request);
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
      const row = await rules.existingVersion(writer, request.name, version);
      const { source, run_id, logged_model_id: model_id } = row;
      const body = { source, run_id, model_id, description: request.description, ...tagsBody(tags) };
      await noteVersion(writer, row, 'model_version.created', body);
      return loadVersion(writer, row);
    });
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
    return this.#change(name, version, async (writer, row, time) => {
      await store.describeVersion(writer, row, description ?? null, time);
      const values = { old: row.description ?? '', new: description ?? '' };
      if (values.new !== values.old) await noteVersion(writer, row, 'model_version.description_changed', values);
    });
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
      const archived = archiveExisting ? await store.archiveOthers(writer, row, stage, time) : [];
      for (const other of archived) {
        const body = { old: stage, new: 'Archived', replaced_by: String(row.version) };
        await noteVersion(writer, { ...row, version: other }, 'model_version.stage_changed', body);
      }
      await store.setStage(writer, row, stage, time);
      const values = { old: row.current_stage, new: stage };
      if (values.new !== values.old) await noteVersion(writer, row, 'model_version.stage_changed', values);
      await touchModel(writer, row.model, time);
    });
  }

  async delete(name: string, version: string): Promise<void> {
    await this.#write(name, version, async (writer, row) => {
      const aliases = await aliasesOfModels(writer, [row.model]);
      const pointing = aliases.filter((alias) => alias.version === row.version);
      const tags = (await store.tagsOfVersions(writer, [row.model])).filter((tag) => tag.version === row.version);
      const { current_stage: stage, description, source } = row;
      const body = { stage, description, source, ...aliasesBody(pointing), ...tagsBody(tags) };
      await noteVersion(writer, row, 'model_version.deleted', body);
      await store.deleteVersion(writer, row);
      await touchModel(writer, row.model, Date.now());
    });
  }

  async setTag(name: string, version: string, key: string, value: string): Promise<void> {
    rules.checkTag(key, value);
    await this.#write(name, version, async (writer, row) => {
      const before = await store.findVersionTag(writer, row, key);
      if (before?.value === value) return;
      await store.setVersionTags(writer, row, [{ key, value }]);
      await noteVersion(writer, row, 'model_version.tag_set', { key, old: before?.value, new: value });
    });
  }

  async deleteTag(name: string, version: string, key: string): Promise<void> {
    rules.checkRegistryTagKey(key);
    await this.#write(name, version, async (writer, row) => {
      const before = await store.findVersionTag(writer, row, key);
      if (before === undefined) return;
      await store.deleteVersionTag(writer, row, key);
      await noteVersion(writer, row, 'model_version.tag_deleted', { key, old: before.value });
    });
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
