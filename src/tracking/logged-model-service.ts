import { hexId } from '../common/ids.ts';
import { type ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import type { loggedModel, LoggedModelStatus } from '../protocol/logged-models.ts';
import { checkNotRepeated } from '../protocol/names.ts';
import type { Encoded } from '../protocol/schema.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { parseLoggedModelFilter } from '../search/filter-parser.ts';
import { parseLoggedModelOrderBy } from '../search/order-by-parser.ts';
import { decodeLoggedModelToken, encodeLoggedModelToken } from '../search/page-token.ts';
import { activeExperiment, checkMaxResults, childUri, experimentIdOf } from './experiment-service.ts';
import type { Tag } from './experiment-store.ts';
import { lifecycle } from './lifecycle.ts';
import { searchLoggedModelIds, type DatasetFilter } from './logged-model-search.ts';
import * as store from './logged-model-store.ts';
import { generateRunName } from './run-name.ts';

export type LoggedModel = Encoded<typeof loggedModel>;

const defaultPage = 50;

const forbiddenInName = ['/', ':', '.', '%', '"', "'"];

async function existingLoggedModel(reader: Reader, modelId: string): Promise<store.LoggedModelRow> {
  const row = await store.findLoggedModel(reader, modelId);
  if (row?.lifecycle !== lifecycle.active) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
  return row;
}

/** The model that a write is about; who watches its experiment or its run hears of it. */
async function modelToChange(writer: Writer, modelId: string): Promise<store.LoggedModelRow> {
  const row = await existingLoggedModel(writer, modelId);
  noteChange(writer, row.experiment, row.source_run_id);
  return row;
}

function noteChange(writer: Writer, experiment: number, sourceRunId: string | null | undefined): void {
  writer.changed('activity', String(experiment));
  if (sourceRunId) writer.changed('run', sourceRunId);
}

export class LoggedModelService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(request: {
    experimentId: string;
    name: string | undefined;
    modelType: string | undefined;
    sourceRunId: string | undefined;
    params: readonly Tag[];
    tags: readonly Tag[];
  }): Promise<LoggedModel> {
    const experimentId = experimentIdOf(request.experimentId);
    const name = request.name || generateRunName();
    if (forbiddenInName.some((c) => name.includes(c))) throw badName(name);
    checkNotRepeated(request.params, 'param');
    checkNotRepeated(request.tags, 'tag');
    return this.#database.write(async (writer) => {
      const experiment = await activeExperiment(writer, experimentId);
      noteChange(writer, experimentId, request.sourceRunId);
      const uuid = `m-${hexId()}`;
      const id = await store.insertLoggedModel(writer, {
        uuid,
        experiment: experimentId,
        name,
        modelType: request.modelType ?? '',
        sourceRunId: request.sourceRunId ?? '',
        artifactUri: childUri(experiment.artifact_location, 'models', uuid, 'artifacts'),
        time: Date.now(),
      });
      await store.addLoggedModelParams(writer, id, request.params);
      await store.setLoggedModelTags(writer, id, request.tags);
      return loadOne(writer, id);
    });
  }

  async get(modelId: string, allowDeleted = false): Promise<LoggedModel> {
    return this.#database.read(async (reader) => {
      const deleted = allowDeleted ? await store.findLoggedModel(reader, modelId) : undefined;
      return loadOne(reader, (deleted ?? (await existingLoggedModel(reader, modelId))).id);
    });
  }

  async artifactUri(modelId: string): Promise<string> {
    return this.#database.read(async (reader) => (await existingLoggedModel(reader, modelId)).artifact_uri);
  }

  async finalize(modelId: string, status: LoggedModelStatus): Promise<LoggedModel> {
    return this.#database.write(async (writer) => {
      const { id } = await modelToChange(writer, modelId);
      await store.setLoggedModelStatus(writer, id, status, Date.now());
      return loadOne(writer, id);
    });
  }

  async delete(modelId: string): Promise<void> {
    await this.#database.write(async (writer) => {
      const row = await store.findLoggedModel(writer, modelId);
      if (!row) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
      noteChange(writer, row.experiment, row.source_run_id);
      if (row.lifecycle === lifecycle.active) await store.markLoggedModelDeleted(writer, row.id, Date.now());
    });
  }

  async setTags(modelId: string, tags: readonly Tag[]): Promise<void> {
    await this.#database.write(async (writer) => {
      const { id } = await modelToChange(writer, modelId);
      await store.setLoggedModelTags(writer, id, tags);
    });
  }

  async deleteTag(modelId: string, key: string): Promise<void> {
    await this.#database.write(async (writer) => {
      const { id } = await modelToChange(writer, modelId);
      if (await store.deleteLoggedModelTag(writer, id, key)) return;
      throw doesNotExist(`No tag with key '${key}' found for model with ID '${modelId}'.`);
    });
  }

  async logParams(modelId: string, params: readonly Tag[]): Promise<void> {
    checkNotRepeated(params, 'param');
    await this.#database.write(async (writer) => {
      const { id } = await modelToChange(writer, modelId);
      const known = new Map((await store.paramsOfLoggedModels(writer, [id])).map((param) => [param.key, param.value]));
      for (const { key, value } of params) {
        const before = known.get(key);
        if (before === undefined || before === value) continue;
        throw invalidParameter(
          `Changing param values is not allowed. Param with key='${key}' was already logged with value='${before}' for model ID='${modelId}'. Attempted logging new value '${value}'.`,
        );
      }
      await store.addLoggedModelParams(
        writer,
        id,
        params.filter((param) => !known.has(param.key)),
      );
    });
  }

  async search(query: {
    experimentIds: readonly string[];
    filter: string | undefined;
    datasets: readonly DatasetFilter[];
    maxResults: number;
    orderBy: readonly {
      field_name: string;
      ascending: boolean;
      dataset_name?: string | undefined;
      dataset_digest?: string | undefined;
    }[];
    pageToken: string | undefined;
  }): Promise<{ models: LoggedModel[]; nextPageToken: string | undefined }> {
    // 0 asks for the default, as in MLflow.
    const limit = checkMaxResults(query.maxResults || defaultPage, Number.MAX_SAFE_INTEGER);
    if (query.datasets.some((dataset) => dataset.name === '')) {
      throw invalidParameter('`dataset_name` in the `datasets` clause must be specified.');
    }
    const comparisons = parseLoggedModelFilter(query.filter);
    const orderings = parseLoggedModelOrderBy(query.orderBy).map(({ datasetName, datasetDigest, ...ordering }) => ({
      ...ordering,
      dataset: datasetName || datasetDigest ? { name: datasetName, digest: datasetDigest } : undefined,
    }));
    const bound = { experimentIds: query.experimentIds, filter: query.filter, orderBy: query.orderBy };
    const offset = decodeLoggedModelToken(query.pageToken, bound);
    const experiments = [...new Set(query.experimentIds.map(experimentIdOf))];
    return this.#database.read(async (reader) => {
      const search = { experiments, comparisons, datasets: query.datasets, orderings, limit: limit + 1, offset };
      const ids = await searchLoggedModelIds(reader, search);
      return {
        models: await load(reader, ids.slice(0, limit)),
        nextPageToken: ids.length > limit ? encodeLoggedModelToken(bound, offset + limit) : undefined,
      };
    });
  }
}

function badName(name: string): ApiError {
  const quoted = name.includes("'") && !name.includes('"') ? `"${name}"` : `'${name}'`;
  return invalidParameter(
    `Invalid model name (${quoted}) provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`,
  );
}

async function loadOne(reader: Reader, id: number): Promise<LoggedModel> {
  const [model] = await load(reader, [id]);
  return model ?? {};
}

/** Whole models with these ids, in this order. */
async function load(reader: Reader, ids: readonly number[]): Promise<LoggedModel[]> {
  const rows = new Map((await store.findLoggedModelsById(reader, ids)).map((row) => [row.id, row]));
  const params = Map.groupBy(await store.paramsOfLoggedModels(reader, ids), (row) => row.model);
  const tags = Map.groupBy(await store.tagsOfLoggedModels(reader, ids), (row) => row.model);
  const metrics = Map.groupBy(await store.metricsOfLoggedModels(reader, ids), (row) => row.model);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    if (!row) return [];
    return {
      info: {
        model_id: row.uuid,
        experiment_id: String(row.experiment),
        name: row.name,
        creation_timestamp_ms: row.creation_time,
        last_updated_timestamp_ms: row.last_update_time,
        artifact_uri: row.artifact_uri,
        status: row.status,
        model_type: row.model_type ?? undefined,
        source_run_id: row.source_run_id ?? undefined,
        status_message: row.status_message ?? undefined,
        tags: tags.get(id),
      },
      data: {
        params: params.get(id),
        metrics: metrics.get(id)?.map((metric) => ({
          key: metric.key,
          value: metric.value,
          timestamp: metric.timestamp,
          step: metric.step,
          dataset_name: metric.dataset_name ?? undefined,
          dataset_digest: metric.dataset_digest ?? undefined,
          model_id: row.uuid,
          run_id: metric.run_id,
        })),
      },
    };
  });
}
