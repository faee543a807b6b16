/**
 * Into our own database and artifact root, through the stores, so that ids stay. Sessions are short, because a server
 * may be writing to the same file; a run is there whole or not at all, or marked until the last of its points is.
 */
import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import { sql } from '../common/sql.ts';
import type { Database, Writer } from '../database/database.ts';
import { ApiError } from '../protocol/errors.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { childUri } from '../tracking/experiment-service.ts';
import type { LoggedModelRow } from '../tracking/logged-model-store.ts';
import { addPoints, type KeyedPoint } from '../tracking/metric-store.ts';
import { deleteRunTag, findRunState } from '../tracking/run-store.ts';
import { ahead } from './ahead.ts';
import { copyArtifacts } from './artifact-copy.ts';
import { byKeyAndMoment, differences } from './compare.ts';
import { ExperimentPlaces, type Place } from './experiment-places.ts';
import { MovedUris } from './moved-uris.ts';
import { insertLoggedModelRecord, insertRunRecord, unfinishedTag } from './own-inserts.ts';
import { loggedModelRecords, runRecords } from './own-records.ts';
import { RegistryTarget } from './registry-target.ts';
import type { ExperimentRecord, LoggedModelRecord, RegisteredModelRecord, RunRecord } from './records.ts';
import { reasonOf, type Kind, type Report } from './report.ts';
import type { ArtifactOwner, Source } from './source.ts';
import type { Target } from './transfer.ts';

export interface OwnTargetOptions {
  readonly source: Source;
  readonly database: Database;
  /** Undefined: artifacts stay where they are. */
  readonly repository: ArtifactRepository | undefined;
  readonly artifactRoot: string;
  readonly report: Report;
  readonly dryRun: boolean;
}

const mostInSession = 200;
const mostPoints = 20_000;
/** Runs whose artifacts are copied side by side: most of the time of a small file is waiting for the disk. */
const ownersAtOnce = 16;

export class OwnTarget implements Target {
  readonly #options: OwnTargetOptions;
  readonly #places: ExperimentPlaces;
  readonly #moved = new MovedUris();
  readonly #registry: RegistryTarget;
  #runs: RunRecord[] = [];
  #points = 0;
  #models: LoggedModelRecord[] = [];

  constructor(options: OwnTargetOptions) {
    this.#options = options;
    this.#places = new ExperimentPlaces(options);
    this.#registry = new RegistryTarget(options, this.#moved);
  }

  async experiment(record: ExperimentRecord): Promise<void> {
    await this.#places.bring(record);
  }

  async run(record: RunRecord): Promise<void> {
    this.#runs.push(record);
    this.#points += record.points.length;
    if (this.#runs.length >= mostInSession || this.#points >= mostPoints) await this.#bringRuns();
  }

  async loggedModel(record: LoggedModelRecord): Promise<void> {
    this.#models.push(record);
    if (this.#models.length >= mostInSession) await this.#bringModels();
  }

  async registeredModel(record: RegisteredModelRecord): Promise<void> {
    await this.#registry.bring(record);
  }

  async flush(): Promise<void> {
    await this.#bringRuns();
    await this.#bringModels();
  }

  async finish(): Promise<void> {
    await this.flush();
  }

  async #bringRuns(): Promise<void> {
    const records = this.#runs;
    [this.#runs, this.#points] = [[], 0];
    const ids = records.map(({ run_id }) => run_id);
    const there = await this.#there('runs', ids);
    const fresh: RunRecord[] = [];
    const moving = ahead(records, ownersAtOnce, (record) => {
      const owner = { kind: 'run', id: record.run_id, experimentId: record.experiment_id, uri: record.artifact_uri } as const; // prettier-ignore
      return this.#moveArtifacts(owner, record, there.has(record.run_id), [record.run_id, 'artifacts']);
    });
    for await (const record of moving) {
      if (!record) continue;
      const id = there.get(record.run_id);
      if (id === undefined) fresh.push(record);
      else await this.#compareRun(id, record);
    }
    await this.#insert('run', fresh, async (writer, record) => {
      const run = await insertRunRecord(writer, record, record.points.length > mostPoints);
      await addPoints(writer, run, record.points.slice(0, mostPoints));
    });
    for (const record of fresh) {
      if (record.points.length > mostPoints) await this.#addPoints(record.run_id, record.points.slice(mostPoints));
    }
  }

  async #compareRun(id: number, record: RunRecord): Promise<void> {
    const { database, source } = this.#options;
    if (source.idsAreHashes) return this.#tell('run', record.run_id, []);
    const [own] = await database.read((reader) => runRecords(reader, [id]));
    if (!own) return;
    const isUnfinished = own.tags.some(({ key }) => key === unfinishedTag);
    if (isUnfinished && !this.#options.dryRun) {
      const arrived = new Set(own.points.map(nameOf));
      await this.#addPoints(record.run_id, record.points.toSorted(byKeyAndMoment).filter((point) => !arrived.has(nameOf(point)))); // prettier-ignore
      this.#options.report.count('run', 'brought');
      return;
    }
    this.#tell('run', record.run_id, differences(own, record));
  }

  /** The points of a run that has more of them than a session should write. */
  async #addPoints(uuid: string, points: readonly KeyedPoint[]): Promise<void> {
    if (this.#options.dryRun) return;
    for (let from = 0; from < points.length || from === 0; from += mostPoints) {
      await this.#options.database.write(async (writer) => {
        const run = await findRunState(writer, uuid);
        if (!run) return;
        await addPoints(writer, run, points.slice(from, from + mostPoints));
        if (from + mostPoints >= points.length) await deleteRunTag(writer, run.id, unfinishedTag);
      });
    }
  }

  async #bringModels(): Promise<void> {
    const records = this.#models;
    this.#models = [];
    const ids = records.map(({ model_id }) => model_id);
    const there = await this.#there('logged_models', ids);
    const fresh: LoggedModelRecord[] = [];
    const moving = ahead(records, ownersAtOnce, (record) => {
      const owner = { kind: 'logged_model', id: record.model_id, experimentId: record.experiment_id, uri: record.artifact_uri } as const; // prettier-ignore
      return this.#moveArtifacts(owner, record, there.has(record.model_id), ['models', record.model_id, 'artifacts']);
    });
    for await (const record of moving) {
      if (!record) continue;
      const id = there.get(record.model_id);
      if (id === undefined) fresh.push(record);
      else await this.#compareModel(id, record);
    }
    await this.#insert('logged_model', fresh, insertLoggedModelRecord);
  }

  async #compareModel(id: number, record: LoggedModelRecord): Promise<void> {
    const [own] = await this.#options.database.read(async (reader) =>
      loggedModelRecords(reader, await reader.all<LoggedModelRow>(sql`SELECT * FROM logged_models WHERE id = ${id}`)),
    );
    if (own) this.#tell('logged_model', record.model_id, differences(own, record));
  }

  #tell(kind: Kind, id: string, different: readonly string[]): void {
    const { report } = this.#options;
    if (different.length === 0) report.count(kind, 'there');
    else report.add(kind, id, 'differs', `it is there with another ${different.join(', ')}, and was left`);
  }

  async #there(table: 'runs' | 'logged_models', ids: readonly string[]): Promise<Map<string, number>> {
    const text = `SELECT id, uuid FROM ${table} WHERE uuid IN (SELECT value FROM json_each(?))`;
    const rows = await this.#options.database.read((reader) =>
      reader.all<{ id: number; uuid: string }>({ text, values: [JSON.stringify(ids)] }),
    );
    return new Map(rows.map(({ id, uuid }) => [uuid, id]));
  }

  /** The record as it is to be here, its artifacts copied; undefined when its experiment is not here. */
  async #moveArtifacts<T extends RunRecord | LoggedModelRecord>(
    owner: ArtifactOwner,
    record: T,
    isThere: boolean,
    path: readonly string[],
  ): Promise<T | undefined> {
    const place = this.#places.of(record.experiment_id);
    if (!place) {
      this.#options.report.add(
        owner.kind,
        owner.id,
        'failed',
        `its experiment ${record.experiment_id} was not brought`,
      );
      return undefined;
    }
    const artifact_uri = await this.#bringArtifacts(owner, place, isThere, path);
    this.#moved.set(owner.uri, artifact_uri);
    return { ...record, experiment_id: String(place.id), artifact_uri };
  }

  async #bringArtifacts(
    owner: ArtifactOwner,
    place: Place,
    isThere: boolean,
    path: readonly string[],
  ): Promise<string> {
    const { source, repository, report, dryRun } = this.#options;
    if (!repository) return owner.uri;
    const artifacts = await source.artifacts(owner);
    if ('unreachable' in artifacts) {
      const isLost = ['file', 'mlflow-artifacts'].includes(parseArtifactUri(owner.uri).scheme);
      if (isLost) report.add('artifacts', owner.id, 'failed', `${artifacts.unreachable}; its address was kept`);
      else report.note('artifacts', owner.id, `its artifacts stay in ${owner.uri}`);
      return owner.uri;
    }
    const uri = childUri(place.root, ...path);
    await copyArtifacts(artifacts, { store: repository.storeFor(uri), owner: owner.id, report, isThere, dryRun });
    return uri;
  }

  /** All in one session; when that fails each in one of its own, so that one that cannot be written does not stop the others. */
  async #insert<T extends RunRecord | LoggedModelRecord>(
    kind: 'run' | 'logged_model',
    records: readonly T[],
    insert: (writer: Writer, record: T) => Promise<void>,
  ): Promise<void> {
    const { database, report, dryRun } = this.#options;
    const write = (some: readonly T[]): Promise<void> =>
      database.write(async (writer) => {
        for (const record of some) await insert(writer, record);
      });
    if (records.length === 0 || dryRun) return report.count(kind, 'brought', records.length);
    try {
      await write(records);
      report.count(kind, 'brought', records.length);
    } catch (error) {
      if (!isOfOneRecord(error)) throw error;
      for (const record of records) {
        try {
          await write([record]);
          report.count(kind, 'brought');
        } catch (cause) {
          if (!isOfOneRecord(cause)) throw cause;
          report.add(kind, 'run_id' in record ? record.run_id : record.model_id, 'failed', reasonOf(cause));
        }
      }
    }
  }
}

/** A value that the database refuses, not a database that cannot be written. */
function isOfOneRecord(error: unknown): boolean {
  return !(error instanceof ApiError) && error instanceof Error && error.name !== 'DatabaseError';
}

function nameOf({ key, step, timestamp, value, nan }: KeyedPoint): string {
  return `${step} ${timestamp} ${value} ${nan} ${key}`;
}
