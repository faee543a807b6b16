/** The versions of a model as the web UI shows them: a table with metrics of the source runs, and several side by side. */
import { invalidParameter } from '../protocol/errors.ts';
import type { compareVersions, searchVersionTable } from '../protocol/registry-views.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { JsonNumber } from '../protocol/views.ts';
import { join, sql, type Query } from '../common/sql.ts';
import type { Reader } from '../database/database.ts';
import { parseModelVersionFilter } from '../search/filter-parser.ts';
import { checkWindow, contains, wordsOf } from './model-list-view.ts';
import { countVersions, findVersions, tagsOfVersions, type ModelVersionRow } from './model-version-store.ts';
import { aliasesOfModels, type RegisteredModelRow } from './registered-model-store.ts';
import { versionConditions, versionOrder } from './registry-search.ts';
import { versionOf } from './registry-rules.ts';
import type { RunMetric, SourceRuns } from './source-runs-view.ts';

type TableRequest = Decoded<(typeof searchVersionTable)['request']>;
type TableAnswer = Encoded<(typeof searchVersionTable)['response']>;
type ComparedVersion = Encoded<(typeof compareVersions)['response']['versions']['message']>;

const mostCompared = 100;
const mostColumns = 50;
const mostSuggested = 500;
/** Columns that a table shows when nobody chose any. */
const chosenColumns = 4;
/** Source runs that say which metrics there are. */
const sampledRuns = 50;
const shortestId = 6;

interface Head {
  readonly version: number;
  readonly creation_time: number;
  readonly run_id: string | null;
  readonly stage: string;
}

export async function versionTable(
  reader: Reader,
  sources: SourceRuns,
  model: RegisteredModelRow,
  request: TableRequest,
): Promise<TableAnswer> {
  checkWindow(request.offset, request.max_results);
  if (request.metrics.length > mostColumns) throw invalidParameter(`metrics holds more than ${mostColumns} keys.`);
  const heads = await findHeads(reader, model, request);
  const newest = await findHeads(reader, model, { limit: sampledRuns });
  const suggested = rankMetrics(await sources.metrics(reader, runIds(newest)));
  const columns = request.metrics.length > 0 ? request.metrics : suggested.slice(0, chosenColumns);
  const window = (await inOrder(reader, sources, heads, request)).slice(
    request.offset,
    request.offset + request.max_results,
  );
  const rows = await rowsOf(
    reader,
    model,
    window.map((head) => head.version),
  );
  const values = valuesByRun(await sources.metrics(reader, runIds(rows), columns));
  const versions = await shownVersions(reader, sources, rows);
  return {
    total: heads.length,
    total_all: await countVersions(reader, model.id),
    columns,
    suggested: suggested.slice(0, mostSuggested),
    versions: versions.map((version, i) => ({
      ...version,
      metrics: columns.map((key) => values.get(rows[i]?.run_id ?? '')?.get(key) ?? null),
    })),
  };
}

/** Versions newest first, with what a table may be sorted by. */
async function findHeads(
  reader: Reader,
  model: RegisteredModelRow,
  search: { filter?: string | undefined; text?: string | undefined; limit?: number },
): Promise<Head[]> {
  // A version of a prompt is shown like any other: the model is named already.
  const conditions = search.filter ? versionConditions(parseModelVersionFilter(search.filter), reader.dialect) : [];
  const all = [sql`v.model = ${model.id}`, ...conditions, ...wordsOf(search.text).map(hasWord)];
  return reader.all(
    sql`SELECT v.version, v.creation_time, v.run_id, v.current_stage AS stage FROM model_versions v JOIN registered_models m ON m.id = v.model
        WHERE ${join(all, ' AND ')} ORDER BY v.version DESC LIMIT ${search.limit ?? -1}`,
  );
}

function hasWord(word: string): Query {
  const tag = sql`${contains('t.key', word)} OR ${contains('t.value', word)}`;
  const places = [
    sql`CAST(v.version AS TEXT) = ${word}`,
    contains('v.description', word),
    contains('v.current_stage', word),
    // A short word stands in most ids by chance.
    ...(word.length < shortestId ? [] : [contains('v.run_id', word)]),
    sql`EXISTS (SELECT 1 FROM registered_model_aliases a WHERE a.model = v.model AND a.version = v.version AND ${contains('a.alias', word)})`,
    sql`EXISTS (SELECT 1 FROM model_version_tags t WHERE t.model = v.model AND t.version = v.version AND (${tag}))`,
  ];
  return sql`(${join(places, ' OR ')})`;
}

async function inOrder(
  reader: Reader,
  sources: SourceRuns,
  heads: readonly Head[],
  { order_by: by, ascending }: TableRequest,
): Promise<readonly Head[]> {
  const way = ascending ? 1 : -1;
  if (by === 'version') return ascending ? heads.toReversed() : heads;
  if (by === 'creation_time') return heads.toSorted((a, b) => (a.creation_time - b.creation_time) * way);
  if (by === 'stage') return heads.toSorted((a, b) => (a.stage < b.stage ? -way : a.stage > b.stage ? way : 0));
  if (!by.startsWith('metrics.')) {
    throw invalidParameter(`order_by must be version, creation_time, stage or metrics.<key>, not '${by}'.`);
  }
  const key = by.slice('metrics.'.length);
  const values = valuesByRun(await sources.metrics(reader, runIds(heads), [key]));
  // Numbers first, whichever way they go; then NaN, then runs without the metric.
  const place = ({ run_id }: Head): [number, number] => {
    const value = values.get(run_id ?? '')?.get(key);
    const number = Number(value ?? NaN);
    return value === undefined ? [2, 0] : Number.isNaN(number) ? [1, 0] : [0, number];
  };
  return heads
    .map((head) => ({ head, at: place(head) }))
    .toSorted((a, b) => a.at[0] - b.at[0] || compareNumbers(a.at[1], b.at[1]) * way)
    .map(({ head }) => head);
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The rows of these versions, in this order. */
async function rowsOf(
  reader: Reader,
  model: RegisteredModelRow,
  versions: readonly number[],
): Promise<ModelVersionRow[]> {
  const rows = await findVersions(
    reader,
    [sql`v.model = ${model.id}`, sql`v.version IN ${reader.dialect.intSet(versions)}`],
    versionOrder([]),
    versions.length,
    0,
  );
  const byVersion = new Map(rows.map((row) => [row.version, row]));
  return versions.flatMap((version) => byVersion.get(version) ?? []);
}

async function shownVersions(reader: Reader, sources: SourceRuns, rows: readonly ModelVersionRow[]) {
  const models = [...new Set(rows.map((row) => row.model))];
  const tags = Map.groupBy(await tagsOfVersions(reader, models), ({ version }) => version);
  const aliases = Map.groupBy(await aliasesOfModels(reader, models), ({ version }) => version);
  const runs = new Map((await sources.runs(reader, runIds(rows))).map((run) => [run.run_id, run]));
  return rows.map((row) => ({
    version: String(row.version),
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_update_time,
    user_id: row.user_id ?? undefined,
    stage: row.current_stage,
    description: row.description ?? '',
    status: row.status,
    status_message: row.status_message ?? undefined,
    source: row.source,
    model_id: row.logged_model_id ?? undefined,
    aliases: (aliases.get(row.version) ?? []).map(({ alias }) => alias),
    tags: (tags.get(row.version) ?? []).map(({ key, value }) => ({ key, value })),
    run: runs.get(row.run_id ?? '') ?? (row.run_id ? { run_id: row.run_id } : undefined),
  }));
}

function runIds(rows: readonly { run_id: string | null }[]): string[] {
  return [...new Set(rows.flatMap(({ run_id }) => run_id ?? []))];
}

function valuesByRun(metrics: readonly RunMetric[]): Map<string, Map<string, JsonNumber>> {
  const runs = Map.groupBy(metrics, ({ run_id }) => run_id);
  return new Map([...runs].map(([run, values]) => [run, new Map(values.map(({ key, value }) => [key, value]))]));
}

/** Metrics that tell versions apart first: by the number of runs that have one, those with a single value last. */
function rankMetrics(metrics: readonly RunMetric[]): string[] {
  const ranked = [...Map.groupBy(metrics, ({ key }) => key)].map(([key, values]) => ({
    key,
    varies: new Set(values.map(({ value }) => value)).size > 1 ? 1 : 0,
    runs: values.length,
    system: key.startsWith('system/') ? 1 : 0,
  }));
  ranked.sort((a, b) => a.system - b.system || b.varies - a.varies || b.runs - a.runs || (a.key < b.key ? -1 : 1));
  return ranked.map(({ key }) => key);
}

export async function versionsSideBySide(
  reader: Reader,
  sources: SourceRuns,
  model: RegisteredModelRow,
  wanted: readonly string[],
): Promise<ComparedVersion[]> {
  if (wanted.length > mostCompared) throw invalidParameter(`At most ${mostCompared} versions can be compared.`);
  const rows = await rowsOf(reader, model, [...new Set(wanted.map(versionOf))]);
  const ids = runIds(rows);
  const [params, metrics, tags] = [
    Map.groupBy(await sources.params(reader, ids), ({ run_id }) => run_id),
    Map.groupBy(await sources.metrics(reader, ids), ({ run_id }) => run_id),
    Map.groupBy(await sources.tags(reader, ids), ({ run_id }) => run_id),
  ];
  const versions = await shownVersions(reader, sources, rows);
  return versions.map((version, i) => {
    const run = rows[i]?.run_id ?? '';
    return {
      ...version,
      params: (params.get(run) ?? []).map(({ key, value }) => ({ key, value })),
      metrics: (metrics.get(run) ?? []).map(({ key, value }) => ({ key, value })),
      run_tags: (tags.get(run) ?? []).map(({ key, value }) => ({ key, value })),
    };
  });
}
