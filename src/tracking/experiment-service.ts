import { join } from 'node:path/posix';
import { ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import type { experiment, datasetSummary } from '../protocol/experiments.ts';
import { limits } from '../protocol/limits.ts';
import { checkLength, checkNotRepeated, checkTagKey } from '../protocol/names.ts';
import { absoluteArtifactLocation, checkArtifactLocation } from '../protocol/artifact-location.ts';
import type { Encoded, Int64 } from '../protocol/schema.ts';
import type { Database, Reader, Writer } from '../database/database.ts';
import { parseExperimentFilter } from '../search/filter-parser.ts';
import { parseExperimentOrderBy } from '../search/order-by-parser.ts';
import { decodeOffsetToken, encodeOffsetToken } from '../search/page-token.ts';
import { experimentCondition, experimentOrder } from './experiment-search.ts';
import * as store from './experiment-store.ts';
import { lifecycle, lifecyclesOf, stageName, type ViewType } from './lifecycle.ts';
import { raw } from '../common/sql.ts';

export type Experiment = Encoded<typeof experiment>;

/** `"12"` as an id; the default experiment is `"0"`. Where it is longer than a double is exact, it is that of no experiment. */
export function experimentIdOf(text: string): number {
  if (!/^\s*[+-]?\d{1,19}\s*$/.test(text)) {
    throw invalidParameter(`Invalid experiment ID '${text}'. Experiment ID must be a valid integer.`);
  }
  return Number(text);
}

export function childUri(root: string, ...parts: string[]): string {
  const [base = '', query] = root.split('?', 2);
  const path = [base.replace(/\/+$/, ''), join(...parts)].join('/');
  return query === undefined ? path : `${path}?${query}`;
}

/** The experiment, or 404. */
async function existingExperiment(reader: Reader, id: number): Promise<store.ExperimentRow> {
  const row = await store.findExperiment(reader, id);
  if (!row) throw doesNotExist(`No Experiment with id=${id} exists`);
  return row;
}

export async function activeExperiment(reader: Reader, id: number): Promise<store.ExperimentRow> {
  const row = await existingExperiment(reader, id);
  if (row.lifecycle !== lifecycle.active) {
    throw invalidParameter(
      `The experiment ${id} must be in the 'active' state. Current state is ${stageName(row.lifecycle)}.`,
    );
  }
  return row;
}

export interface ExperimentOptions {
  /** The URI below which experiments without a location of their own keep artifacts. */
  readonly artifactRoot: string;
  /** Schemes that name a host, which a location may use. */
  readonly allowedArtifactSchemes: readonly string[];
}

export class ExperimentService {
  readonly #database: Database;
  readonly #options: ExperimentOptions;

  constructor(database: Database, options: ExperimentOptions) {
    this.#database = database;
    this.#options = options;
  }

  /** Makes experiment 0, which every client takes for granted, when it is missing. */
  async ensureDefault(): Promise<void> {
    await this.#database.write(async (writer) => {
      if (await store.findExperiment(writer, 0)) return;
      await store.insertExperiment(writer, {
        id: 0,
        name: 'Default',
        artifactLocation: childUri(this.#options.artifactRoot, '0'),
        time: Date.now(),
      });
    });
  }

  async create(
    name: string,
    artifactLocation: string | undefined,
    tags: readonly { key?: string | undefined; value: string }[],
  ): Promise<string> {
    const checked = tags.map((tag) => ({ key: tag.key ?? '', value: tag.value }));
    for (const tag of checked) checkTag(tag.key, tag.value);
    checkNotRepeated(checked, 'tag', 'RESOURCE_ALREADY_EXISTS');
    checkLength(name, limits.experimentName, 'name');
    if (artifactLocation)
      checkArtifactLocation(artifactLocation, { allowedHostSchemes: this.#options.allowedArtifactSchemes });
    const location = absoluteArtifactLocation(artifactLocation ?? '', process.cwd());
    return this.#database.write(async (writer) => {
      const known = await store.findExperimentByName(writer, name);
      if (known) throw nameTaken(name, known.lifecycle);
      const id = await store.insertExperiment(writer, { name, artifactLocation: location, time: Date.now() });
      if (location === '')
        await store.setArtifactLocation(writer, id, childUri(this.#options.artifactRoot, String(id)));
      await store.setExperimentTags(writer, id, checked);
      writer.changed('experiment', String(id));
      return String(id);
    });
  }

  async get(id: string): Promise<Experiment> {
    const number = experimentIdOf(id);
    return this.#database.read(async (reader) => one(reader, await existingExperiment(reader, number)));
  }

  async getByName(name: string): Promise<Experiment> {
    return this.#database.read(async (reader) => {
      const row = await store.findExperimentByName(reader, name);
      if (!row) throw doesNotExist(`Could not find experiment with name '${name}'`);
      return one(reader, row);
    });
  }

  async search(query: {
    maxResults: Int64 | undefined;
    pageToken: string | undefined;
    filter: string | undefined;
    orderBy: readonly string[];
    view: ViewType;
  }): Promise<{ experiments: Experiment[]; nextPageToken: string | undefined }> {
    const limit = checkMaxResults(query.maxResults ?? 0, limits.searchExperiments);
    const offset = decodeOffsetToken(query.pageToken);
    const comparisons = parseExperimentFilter(query.filter);
    const orderings = parseExperimentOrderBy(query.orderBy);
    return this.#database.read(async (reader) => {
      const conditions = comparisons.map((c) => experimentCondition(c, reader.dialect));
      conditions.push(raw(`e.lifecycle IN (${lifecyclesOf(query.view).join(', ')})`));
      const rows = await store.findExperiments(reader, conditions, experimentOrder(orderings), limit + 1, offset);
      const page = rows.slice(0, limit);
      return {
        experiments: await many(reader, page),
        nextPageToken: rows.length > limit ? encodeOffsetToken(offset + limit) : undefined,
      };
    });
  }

  async delete(id: string): Promise<void> {
    await this.#setLifecycle(id, lifecycle.active, lifecycle.deleted);
  }

  async restore(id: string): Promise<void> {
    await this.#setLifecycle(id, lifecycle.deleted, lifecycle.active);
  }

  async #setLifecycle(id: string, from: number, to: number): Promise<void> {
    const number = experimentIdOf(id);
    await this.#database.write(async (writer) => {
      const row = await store.findExperiment(writer, number);
      if (row?.lifecycle !== from) throw doesNotExist(`No Experiment with id=${number} exists`);
      await store.setExperimentLifecycle(writer, number, to, Date.now());
      writer.changed('experiment', String(number));
      // Its runs share its life.
      writer.changed('activity', String(number));
    });
  }

  async rename(id: string, name: string): Promise<void> {
    const number = experimentIdOf(id);
    await this.#database.write(async (writer) => {
      const row = await existingExperiment(writer, number);
      checkLength(name, limits.experimentName, 'name');
      if (row.lifecycle !== lifecycle.active)
        throw new ApiError('INVALID_STATE', 'Cannot rename a non-active experiment.');
      writer.changed('experiment', String(number));
      const other = await store.findExperimentByName(writer, name);
      if (other && other.id !== number) throw new ApiError('BAD_REQUEST', `Experiment(name=${name}) already exists.`);
      await store.renameExperiment(writer, number, name, Date.now());
    });
  }

  async setTag(id: string, key: string, value: string): Promise<void> {
    checkTag(key, value);
    await this.#changeTags(id, (writer, experiment) => store.setExperimentTags(writer, experiment, [{ key, value }]));
  }

  async deleteTag(id: string, key: string): Promise<void> {
    await this.#changeTags(id, async (writer, experiment) => {
      if (await store.deleteExperimentTag(writer, experiment, key)) return;
      throw doesNotExist(`No tag with name: ${key} in experiment with id ${experiment}`);
    });
  }

  async #changeTags(id: string, change: (writer: Writer, experiment: number) => Promise<void>): Promise<void> {
    const number = experimentIdOf(id);
    await this.#database.write(async (writer) => {
      const row = await activeExperiment(writer, number);
      writer.changed('experiment', String(number));
      await change(writer, row.id);
    });
  }

  async searchDatasets(experimentIds: readonly string[]): Promise<Encoded<typeof datasetSummary>[]> {
    if (experimentIds.length === 0) {
      throw invalidParameter('SearchDatasets request must specify at least one experiment_id.');
    }
    if (experimentIds.length > limits.datasetExperiments) {
      throw invalidParameter(
        `SearchDatasets request cannot specify more than ${limits.datasetExperiments} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
      );
    }
    const ids = experimentIds.map(experimentIdOf);
    const rows = await this.#database.read((reader) => store.datasetSummaries(reader, ids, limits.datasetSummaries));
    return rows.map((row) => ({
      experiment_id: String(row.experiment),
      name: row.name,
      digest: row.digest,
      context: row.context ?? undefined,
    }));
  }
}

function nameTaken(name: string, stage: number): ApiError {
  const advice =
    stage === lifecycle.deleted
      ? ' It is deleted; restore it, or erase it for good (modelyard gc) before the name is used again.'
      : ' Use another name.';
  return new ApiError('RESOURCE_ALREADY_EXISTS', `Experiment(name=${name}) already exists.${advice}`);
}

/** `max_results` as a number, or the error MLflow gives. */
export function checkMaxResults(value: Int64, greatest: number): number {
  if (value < 1)
    throw invalidParameter(
      `Invalid value ${value} for parameter 'max_results' supplied. It must be a positive integer`,
    );
  if (value > greatest) {
    throw invalidParameter(
      `Invalid value ${value} for parameter 'max_results' supplied. It must be at most ${greatest}`,
    );
  }
  return Number(value);
}

async function one(reader: Reader, row: store.ExperimentRow): Promise<Experiment> {
  const [experiment] = await many(reader, [row]);
  return experiment ?? {};
}

async function many(reader: Reader, rows: readonly store.ExperimentRow[]): Promise<Experiment[]> {
  const tags = Map.groupBy(
    await store.tagsOfExperiments(
      reader,
      rows.map((row) => row.id),
    ),
    (tag) => tag.experiment,
  );
  return rows.map((row) => ({
    experiment_id: String(row.id),
    name: row.name,
    artifact_location: row.artifact_location,
    lifecycle_stage: stageName(row.lifecycle),
    last_update_time: row.last_update_time,
    creation_time: row.creation_time,
    tags: tags.get(row.id),
    workspace: 'default',
  }));
}

function checkTag(key: string, value: string): void {
  checkTagKey(key);
  checkLength(value, limits.experimentTagValue, 'value');
}
