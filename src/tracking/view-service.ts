/** What the web UI reads of experiments, runs and metrics. */
import { invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type * as api from '../protocol/views.ts';
import type { compareRuns } from '../protocol/comparison.ts';
import type { RouteContract } from '../protocol/route.ts';
import type { Database } from '../database/database.ts';
import { columnSpread } from './column-spread.ts';
import { compare } from './comparison.ts';
import { overviewOfExperiments } from './experiment-overview.ts';
import { linesOfRun, metricSeries, metricSummaries } from './metric-views.ts';
import { paramImportance } from './param-importance.ts';
import { runColumns } from './run-columns.ts';
import { findExperimentsByText, findPipelinesByText, findRunsByText, findSearchesByText } from './run-finder.ts';
import { runGroups } from './run-groups.ts';
import { runSummary, type RunSummary } from './run-summary.ts';
import { RunTable } from './run-table.ts';

type RequestOf<R extends RouteContract> = Decoded<R['request']>;
type AnswerOf<R extends RouteContract> = Encoded<R['response']>;

export class ViewService {
  readonly #database: Database;
  readonly #table: RunTable;

  constructor(database: Database) {
    this.#database = database;
    this.#table = new RunTable(database);
  }

  overview(
    request: RequestOf<typeof api.searchExperimentOverview>,
  ): Promise<AnswerOf<typeof api.searchExperimentOverview>> {
    return this.#database.read((reader) => overviewOfExperiments(reader, request));
  }

  table(request: RequestOf<typeof api.searchRunTable>): Promise<AnswerOf<typeof api.searchRunTable>> {
    return this.#table.window(request);
  }

  columns(request: RequestOf<typeof api.searchRunColumns>): Promise<AnswerOf<typeof api.searchRunColumns>> {
    return this.#database.read((reader) => runColumns(reader, request));
  }

  column(request: RequestOf<typeof api.searchRunColumn>): Promise<AnswerOf<typeof api.searchRunColumn>> {
    return this.#database.read((reader) => columnSpread(reader, request));
  }

  groups(request: RequestOf<typeof api.searchRunGroups>): Promise<AnswerOf<typeof api.searchRunGroups>> {
    return this.#database.read((reader) => runGroups(reader, request));
  }

  compareRuns(runIds: readonly string[]): Promise<AnswerOf<typeof compareRuns>> {
    return this.#database.read((reader) => compare(reader, runIds));
  }

  paramImportance(
    request: RequestOf<typeof api.searchParamImportance>,
  ): Promise<AnswerOf<typeof api.searchParamImportance>> {
    return this.#database.read((reader) => paramImportance(reader, request));
  }

  runSummary(runId: string): Promise<RunSummary> {
    return this.#database.read((reader) => runSummary(reader, runId));
  }

  async runLines(runId: string): Promise<AnswerOf<typeof api.getRunLines>> {
    return { keys: await this.#database.read((reader) => linesOfRun(reader, runId)) };
  }

  async metricSummaries(
    request: RequestOf<typeof api.searchMetricSummaries>,
  ): Promise<AnswerOf<typeof api.searchMetricSummaries>> {
    const { run_id, keys } = request;
    return { summaries: await this.#database.read((reader) => metricSummaries(reader, run_id, keys)) };
  }

  async metricSeries(
    request: RequestOf<typeof api.searchMetricSeries>,
  ): Promise<AnswerOf<typeof api.searchMetricSeries>> {
    return { lines: await this.#database.read((reader) => metricSeries(reader, request)) };
  }

  async find(
    text: string,
    limit: number,
  ): Promise<Pick<AnswerOf<typeof api.searchEverything>, 'experiments' | 'runs' | 'pipelines' | 'searches'>> {
    return this.#database.read(async (reader) => ({
      experiments: await findExperimentsByText(reader, text, limit),
      runs: await findRunsByText(reader, text, limit),
      pipelines: await findPipelinesByText(reader, text, limit),
      searches: await findSearchesByText(reader, text, limit),
    }));
  }
}

export function checkFindLimit(limit: number): void {
  if (limit >= 1 && limit <= limits.found) return;
  throw invalidParameter(`Invalid value ${limit} for parameter 'limit' supplied: 1 to ${limits.found}.`);
}
