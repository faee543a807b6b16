/** What the web UI reads of the registry. */
import type {
  compareVersions,
  getModelSummary,
  getRegisteredModelHistory,
  searchModelOverview,
  searchVersionTable,
} from '../protocol/registry-views.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { Database } from '../database/database.ts';
import { modelOverview, modelSummary } from './model-list-view.ts';
import { historyOf, type HistoryRequest } from './registry-history.ts';
import { existingModel } from './registry-rules.ts';
import type { SourceRuns } from './source-runs-view.ts';
import { versionsSideBySide, versionTable } from './version-list-view.ts';

export class ModelViewService {
  readonly #database: Database;
  readonly #sources: SourceRuns;

  constructor(database: Database, sources: SourceRuns) {
    this.#database = database;
    this.#sources = sources;
  }

  async models(
    request: Decoded<(typeof searchModelOverview)['request']>,
  ): Promise<Encoded<(typeof searchModelOverview)['response']>> {
    return this.#database.read((reader) => modelOverview(reader, request));
  }

  async model(name: string): Promise<Encoded<(typeof getModelSummary)['response']>> {
    return this.#database.read(async (reader) => ({
      model: await modelSummary(reader, (await existingModel(reader, name)).id),
    }));
  }

  async versions(
    request: Decoded<(typeof searchVersionTable)['request']>,
  ): Promise<Encoded<(typeof searchVersionTable)['response']>> {
    return this.#database.read(async (reader) =>
      versionTable(reader, this.#sources, await existingModel(reader, request.name), request),
    );
  }

  async compare(name: string, versions: readonly string[]): Promise<Encoded<(typeof compareVersions)['response']>> {
    return this.#database.read(async (reader) => ({
      versions: await versionsSideBySide(reader, this.#sources, await existingModel(reader, name), versions),
    }));
  }

  async history(request: HistoryRequest): Promise<Encoded<(typeof getRegisteredModelHistory)['response']>> {
    return this.#database.read((reader) => historyOf(reader, request));
  }
}
