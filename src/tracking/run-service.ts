import { hexId } from '../common/ids.ts';
import { wrongType } from '../protocol/decode.ts';
import { ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { checkLength, checkNotRepeated, checkParamKey, checkRunId, checkTagKey, truncate } from '../protocol/names.ts';
import type { logInputs, RunStatus } from '../protocol/runs.ts';
import type { Decoded, Int64 } from '../protocol/schema.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { parseRunFilter } from '../search/filter-parser.ts';
import { parseRunOrderBy } from '../search/order-by-parser.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import { activeExperiment, checkMaxResults, childUri, experimentIdOf } from './experiment-service.ts';
import type { Tag } from './experiment-store.ts';
import * as inputs from './input-store.ts';
import { lifecycle, lifecyclesOf, stageName, type ViewType } from './lifecycle.ts';
import { generateRunName, runNameTag } from './run-name.ts';
import { loadRuns, toRunInfo, type Run, type RunInfo } from './run-reader.ts';
import { searchRunIds } from './run-search.ts';
import * as store from './run-store.ts';

const emptyDataset = { name: '', digest: '', source: '', source_type: '', schema: undefined, profile: undefined };
const modelHistoryTag = 'mlflow.log-model.history';

function runNotFound(uuid: string): ApiError {
  return doesNotExist(`Run with id=${uuid} not found`);
}

/** The run, active or deleted, or 404. */
async function existingRun(reader: Reader, uuid: string): Promise<store.RunRow> {
  const row = await store.findRun(reader, uuid);
  if (!row) throw runNotFound(uuid);
  return row;
}

/** What a write needs to know of the run; 404 when there is none, 400 when it is deleted. */
export async function activeRun(writer: Writer, uuid: string): Promise<store.RunState> {
  const state = await store.findRunState(writer, uuid);
  if (!state) throw runNotFound(uuid);
  if (state.lifecycle !== lifecycle.active) {
    throw invalidParameter(
      `The run ${uuid} must be in the 'active' state. Current state is ${stageName(state.lifecycle)}.`,
    );
  }
  noteChange(writer, uuid, state.experiment);
  return state;
}

function noteChange(writer: Writer, uuid: string, experiment: number): void {
  writer.changed('run', uuid);
  writer.changed('activity', String(experiment));
}

export class RunService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async create(request: {
    experimentId: string;
    userId: string;
    name: string;
    startTime: Int64;
    tags: readonly { key?: string | undefined; value: string }[];
  }): Promise<Run> {
    const tags = request.tags.map((tag) => ({ key: tag.key ?? '', value: tag.value }));
    const name = runNameOf(request.name, tags);
    if (!tags.some((tag) => tag.key === runNameTag)) tags.push({ key: runNameTag, value: name });
    checkNotRepeated(tags, 'tag');
    const experimentId = experimentIdOf(request.experimentId);
    return this.#database.write(async (writer) => {
      const experiment = await activeExperiment(writer, experimentId);
      const uuid = hexId();
      noteChange(writer, uuid, experiment.id);
      const id = await store.insertRun(writer, {
        uuid,
        experiment: experiment.id,
        name,
        userId: request.userId,
        startTime: request.startTime,
        artifactUri: childUri(experiment.artifact_location, uuid, 'artifacts'),
      });
      await store.setRunTags(writer, id, tags);
      const row = await existingRun(writer, uuid);
      return { info: toRunInfo(row), data: { tags }, inputs: {} };
    });
  }

  async get(uuid: string): Promise<Run> {
    return this.#database.read(async (reader) => {
      const state = await store.findRunState(reader, uuid);
      const [run] = state ? await loadRuns(reader, [state.id]) : [];
      if (!run) throw runNotFound(uuid);
      return run;
    });
  }

  /** Where the run's artifacts are, whatever state it is in. */
  async artifactUri(uuid: string): Promise<string> {
    return this.#database.read(async (reader) => (await existingRun(reader, uuid)).artifact_uri);
  }

  async search(query: {
    experimentIds: readonly string[];
    filter: string | undefined;
    orderBy: readonly string[];
    view: ViewType;
    maxResults: number;
    pageToken: string | undefined;
  }): Promise<{ runs: Run[]; nextPageToken: string | undefined }> {
    if (query.maxResults > limits.searchRuns) throw wrongType(query.maxResults, 'max_results');
    const limit = checkMaxResults(query.maxResults, limits.searchRuns);
    const comparisons = parseRunFilter(query.filter);
    const orderings = parseRunOrderBy(query.orderBy);
    const offset = decodeOffsetToken(query.pageToken);
    const experiments = query.experimentIds.map(experimentIdOf);
    return this.#database.read(async (reader) => {
      const ids = await searchRunIds(reader, {
        experiments: [...new Set(experiments)],
        lifecycles: lifecyclesOf(query.view),
        comparisons,
        orderings,
        limit: limit + 1,
        offset,
      });
      return {
        runs: await loadRuns(reader, ids.slice(0, limit)),
        nextPageToken: ids.length > limit ? encodeOffsetToken(offset + limit) : undefined,
      };
    });
  }

  async update(
    uuid: string,
    change: { status?: RunStatus | undefined; endTime?: Int64 | undefined; name?: string | undefined },
  ): Promise<RunInfo> {
    const name = change.name === '' ? undefined : change.name;
    return this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      await store.updateRunInfo(writer, run.id, { ...change, name });
      if (name !== undefined) await store.setRunTags(writer, run.id, [{ key: runNameTag, value: name }]);
      return toRunInfo(await existingRun(writer, uuid));
    });
  }

  async delete(uuid: string): Promise<void> {
    await this.#setLifecycle(uuid, lifecycle.deleted);
  }

  async restore(uuid: string): Promise<void> {
    await this.#setLifecycle(uuid, lifecycle.active);
  }

  async #setLifecycle(uuid: string, to: number): Promise<void> {
    await this.#database.write(async (writer) => {
      const run = await existingRun(writer, uuid);
      noteChange(writer, uuid, run.experiment);
      await store.setRunLifecycle(writer, run.id, to, Date.now());
    });
  }

  async logParam(uuid: string, key: string, value: string): Promise<void> {
    checkParamKey(key);
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      await logParams(writer, run.id, [{ key, value }], (conflicts) => {
        const [first] = conflicts;
        return `Changing param values is not allowed. Param with key='${key}' was already logged with value='${first?.old_value}' for run ID='${uuid}'. Attempted logging new value '${first?.new_value}'.`;
      });
    });
  }

  async setTag(uuid: string, key: string, value: string): Promise<void> {
    checkTagKey(key);
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      await setTags(writer, run.id, [{ key, value }]);
    });
  }

  async deleteTag(uuid: string, key: string): Promise<void> {
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      if (await store.deleteRunTag(writer, run.id, key)) return;
      throw doesNotExist(`No tag with name: ${key} in run with id ${uuid}`);
    });
  }

  async logModel(uuid: string, modelJson: string): Promise<void> {
    const model = parseModelJson(modelJson);
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      const before = await store.findRunTag(writer, run.id, modelHistoryTag);
      const history = before === undefined ? [] : (JSON.parse(before) as unknown[]);
      const value = JSON.stringify([...history, model]);
      await store.setRunTags(writer, run.id, [{ key: modelHistoryTag, value }]);
    });
  }

  async logInputs(
    uuid: string,
    request: Pick<Decoded<(typeof logInputs)['request']>, 'datasets' | 'models'>,
  ): Promise<void> {
    checkRunId(uuid);
    const datasets = request.datasets.map(({ dataset = emptyDataset, tags }) => ({ dataset, tags }));
    for (const { dataset, tags } of datasets) {
      checkLength(dataset.name, limits.datasetName, 'name');
      checkLength(dataset.digest, limits.datasetDigest, 'digest');
      checkLength(dataset.source, limits.datasetSource, 'source');
      checkLength(dataset.schema ?? '', limits.datasetSchema, 'schema');
      checkLength(dataset.profile ?? '', limits.datasetProfile, 'profile');
      for (const tag of tags) {
        checkLength(tag.key, limits.inputTagKey, 'key');
        checkLength(tag.value, limits.inputTagValue, 'value');
      }
    }
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      for (const { dataset, tags } of datasets) {
        const { name, digest, source, source_type: sourceType, schema = null, profile = null } = dataset;
        await inputs.addDatasetInput(writer, run, { name, digest, source, sourceType, schema, profile }, tags);
      }
      await inputs.addModelInputs(
        writer,
        run.id,
        request.models.map((model) => model.model_id),
      );
    });
  }

  async logOutputs(uuid: string, models: readonly { model_id: string; step: Int64 }[]): Promise<void> {
    await this.#database.write(async (writer) => {
      const run = await activeRun(writer, uuid);
      for (const { model_id: modelId, step } of models) {
        if (await inputs.addModelOutput(writer, run.id, modelId, step)) continue;
        throw new ApiError('BAD_REQUEST', `The model '${modelId}' is already an output of the run '${uuid}'.`);
      }
    });
  }
}

function runNameOf(name: string, tags: readonly Tag[]): string {
  const tag = tags.find((t) => t.key === runNameTag)?.value;
  if (name && tag && name !== tag) {
    throw invalidParameter(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${name}', mlflow.runName='${tag}').`,
    );
  }
  return name || tag || generateRunName();
}

/** Sets tags. The run's name follows its tag, and an empty name changes neither. */
export async function setTags(writer: Writer, run: number, tags: readonly Tag[]): Promise<void> {
  const cut = tags
    .filter(({ key, value }) => key !== runNameTag || value !== '')
    .map(({ key, value }) => ({ key, value: truncate(value, limits.runTagValue) }));
  await store.setRunTags(writer, run, cut);
  const name = cut.findLast((tag) => tag.key === runNameTag)?.value;
  if (name) await store.updateRunInfo(writer, run, { name });
}

interface ParamConflict {
  key: string;
  old_value: string;
  new_value: string;
}

/** Logs params that are new; those already there must have the same value. */
export async function logParams(
  writer: Writer,
  run: number,
  params: readonly Tag[],
  conflictMessage: (conflicts: readonly ParamConflict[]) => string,
): Promise<void> {
  const cut = params.map(({ key, value }) => ({ key, value: truncate(value, limits.paramValue) }));
  const conflicts: ParamConflict[] = [];
  for (const { key, value } of cut) {
    const known = await store.findParam(writer, run, key);
    if (known !== undefined && known !== value) conflicts.push({ key, old_value: known, new_value: value });
  }
  if (conflicts.length > 0) throw invalidParameter(conflictMessage(conflicts));
  await store.addParams(writer, run, cut);
}

function parseModelJson(text: string): Record<string, unknown> {
  const model = parseObject(text);
  if (!model) throw invalidParameter(`Malformed model info. \n ${text} \n is not a valid JSON.`);
  const missing = ['artifact_path', 'flavors', 'run_id', 'utc_time_created'].filter((field) => !(field in model));
  if (missing.length > 0) {
    throw invalidParameter(`Model json is missing mandatory fields: {${missing.map((f) => `'${f}'`).join(', ')}}`);
  }
  return model;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
