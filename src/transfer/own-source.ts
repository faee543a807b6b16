/** Our own database and artifacts, read on one snapshot a page. */
import type { ArtifactRepository } from '../artifacts/artifact-repository.ts';
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { and, raw, sql } from '../common/sql.ts';
import type { Database } from '../database/database.ts';
import type { ExperimentRow } from '../tracking/experiment-store.ts';
import type { LoggedModelRow } from '../tracking/logged-model-store.ts';
import type { RegisteredModelRow } from '../registry/registered-model-store.ts';
import { localArtifacts, localFolder } from './local-artifacts.ts';
import { experimentRecords, loggedModelRecords, registeredModelRecord, runRecords } from './own-records.ts';
import { reasonOf, type Report } from './report.ts';
import type { ArtifactFile, ArtifactOwner, Artifacts, Source } from './source.ts';

const page = 100;

export interface OwnSourceOptions {
  readonly title: string;
  readonly database: Database;
  readonly repository: ArtifactRepository | undefined;
  readonly report: Report;
  /** Only these experiments; then no registered models, which belong to none. */
  readonly experiments?: readonly number[] | undefined;
}

export class OwnSource implements Source {
  readonly title: string;
  readonly #options: OwnSourceOptions;

  constructor(options: OwnSourceOptions) {
    this.#options = options;
    this.title = options.title;
  }

  async countRuns(): Promise<number> {
    const row = await this.#database.read((reader) =>
      reader.first<{ n: number }>(sql`SELECT count(*) AS n FROM runs WHERE ${this.#own('experiment')}`),
    );
    return row?.n ?? 0;
  }

  async *experiments() {
    const own = this.#own('id');
    const found = await this.#database.read(async (reader) =>
      experimentRecords(
        reader,
        await reader.all<ExperimentRow>(sql`SELECT * FROM experiments WHERE ${own} ORDER BY id`),
      ),
    );
    const { experiments, report } = this.#options;
    report.addUnknown(
      experiments?.map(String),
      found.map((record) => record.experiment_id),
    );
    yield* found;
  }

  async *runs() {
    for (let last = -1; ;) {
      const ids = await this.#pageOf<{ id: number }>('runs', 'id', last);
      if (ids.length === 0) return;
      // One by one, since a run may have a million points.
      for (const { id } of ids) yield* await this.#database.read((reader) => runRecords(reader, [id]));
      last = ids.at(-1)?.id ?? last;
    }
  }

  async *loggedModels() {
    for (let last = -1; ;) {
      const rows = await this.#pageOf<LoggedModelRow>('logged_models', '*', last);
      if (rows.length === 0) return;
      yield* await this.#database.read((reader) => loggedModelRecords(reader, rows));
      last = rows.at(-1)?.id ?? last;
    }
  }

  async *registeredModels() {
    if (this.#options.experiments) return;
    const rows = await this.#database.read((reader) =>
      reader.all<RegisteredModelRow>(sql`SELECT * FROM registered_models ORDER BY id`),
    );
    for (const row of rows) yield await this.#database.read((reader) => registeredModelRecord(reader, row));
  }

  async artifacts(owner: ArtifactOwner): Promise<Artifacts> {
    const { repository, report } = this.#options;
    const folder = localFolder(owner.uri, '/');
    if (folder !== undefined) return localArtifacts(owner, [folder], report);
    try {
      return repository ? filesOf(repository.storeFor(owner.uri)) : { unreachable: `${owner.uri} is not here` };
    } catch (error) {
      return { unreachable: `${owner.uri}: ${reasonOf(error)}` };
    }
  }

  async tellLeftOut(): Promise<void> {
    const { experiments, report } = this.#options;
    if (experiments) return;
    const { endpoints, jobs } = await this.#database.read(async (reader) => ({
      endpoints: await reader.all<{ name: string }>(sql`SELECT name FROM endpoints ORDER BY name`),
      jobs: await reader.first<{ n: number }>(sql`SELECT count(*) AS n FROM jobs`),
    }));
    for (const { name } of endpoints) {
      report.note('endpoint', name, 'not taken along, its models are: make it again with modelyard endpoints create');
    }
    if (jobs?.n) report.note('jobs', String(jobs.n), 'not taken along: this list of what was asked for stays here');
  }

  async close(): Promise<void> {
    await this.#database.close();
  }

  get #database(): Database {
    return this.#options.database;
  }

  #own(column: string) {
    const { experiments } = this.#options;
    return experiments ? sql`${raw(column)} IN (SELECT value FROM json_each(${JSON.stringify(experiments)}))` : and([]);
  }

  #pageOf<Row>(table: string, columns: string, last: number): Promise<Row[]> {
    return this.#database.read((reader) =>
      reader.all<Row>(
        sql`SELECT ${raw(columns)} FROM ${raw(table)} WHERE id > ${last} AND ${this.#own('experiment')} ORDER BY id LIMIT ${page}`,
      ),
    );
  }
}

async function* filesOf(store: ArtifactStore, folder = ''): AsyncGenerator<ArtifactFile> {
  for (const { path, isDir, size } of await store.list(folder)) {
    if (isDir) yield* filesOf(store, path);
    else yield { path, size, open: async () => (await store.open(path)).stream() };
  }
}
