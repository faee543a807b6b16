/** The list of registered models as the web UI shows it. */
import type { modelOrders, modelRow, searchModelOverview } from '../protocol/registry-views.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { join, list, raw, sql, type Query } from '../common/sql.ts';
import type { Reader } from '../database/database.ts';
import { direction } from '../search/condition.ts';
import { parseRegisteredModelFilter } from '../search/filter-parser.ts';
import { aliasesOfModels, type Tag } from './registered-model-store.ts';
import { modelConditions } from './registry-search.ts';
import { activeStages } from './stages.ts';

export type ModelRow = Encoded<typeof modelRow>;

/** What a cell of a list can show of a text. */
const shownLength = 250;
const mostRows = 500;

const orders: Readonly<Record<(typeof modelOrders)[number], string>> = {
  name: 'm.name',
  latest_version: 'latest_version',
  version_count: 'version_count',
  creation_time: 'm.creation_time',
  last_modified: 'm.last_update_time',
};

interface StoredModel {
  id: number;
  name: string;
  description: string | null;
  creation_time: number;
  last_update_time: number;
  last_version: number;
  version_count: number;
  latest_version: number | null;
}

const versionFacts = raw(
  `(SELECT count(*) FROM model_versions v WHERE v.model = m.id) AS version_count,
   (SELECT max(v.version) FROM model_versions v WHERE v.model = m.id) AS latest_version`,
);

export async function modelOverview(
  reader: Reader,
  request: Decoded<(typeof searchModelOverview)['request']>,
): Promise<Encoded<(typeof searchModelOverview)['response']>> {
  const { offset, max_results: limit } = request;
  checkWindow(offset, limit);
  const everything = modelConditions([], reader.dialect);
  const narrowed = [
    ...modelConditions(parseRegisteredModelFilter(request.filter), reader.dialect),
    ...wordsOf(request.text).map(hasWord),
    ...(request.name === undefined ? [] : [sql`m.name = ${request.name}`]),
  ];
  const order = sql`${raw(orders[request.order_by])} ${direction(request.ascending)}`;
  const rows = await reader.all<StoredModel>(
    sql`SELECT m.id, m.name, substr(m.description, 1, ${shownLength}) AS description, m.creation_time, m.last_update_time, m.last_version, ${versionFacts}
        FROM registered_models m WHERE ${join(narrowed, ' AND ')} ORDER BY ${order}, m.name LIMIT ${limit} OFFSET ${offset}`,
  );
  return {
    total: await countModels(reader, narrowed),
    total_all: await countModels(reader, everything),
    models: await withMarks(reader, rows, shownLength),
  };
}

export function checkWindow(offset: number, limit: number): void {
  if (offset < 0 || limit < 0 || limit > mostRows) {
    throw invalidParameter(`offset must not be negative and max_results lie between 0 and ${mostRows}.`);
  }
}

/** One model, its texts whole. */
export async function modelSummary(reader: Reader, id: number): Promise<ModelRow> {
  const rows = await reader.all<StoredModel>(
    sql`SELECT m.id, m.name, m.description, m.creation_time, m.last_update_time, m.last_version, ${versionFacts} FROM registered_models m WHERE m.id = ${id}`,
  );
  const [model] = await withMarks(reader, rows, undefined);
  return model ?? {};
}

async function countModels(reader: Reader, conditions: readonly Query[]): Promise<number> {
  const row = await reader.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM registered_models m WHERE ${join(conditions, ' AND ')}`,
  );
  return row?.n ?? 0;
}

async function withMarks(
  reader: Reader,
  rows: readonly StoredModel[],
  length: number | undefined,
): Promise<ModelRow[]> {
  const ids = rows.map((row) => row.id);
  const models = reader.dialect.intSet(ids);
  const value = length === undefined ? raw('value') : sql`substr(value, 1, ${length})`;
  const tags = await reader.all<Tag & { model: number }>(
    sql`SELECT model, key, ${value} AS value FROM registered_model_tags WHERE model IN ${models} ORDER BY model, key`,
  );
  const stages = await reader.all<{ model: number; version: number; stage: string }>(
    sql`SELECT model, version, current_stage AS stage FROM model_versions
        WHERE model IN ${models} AND current_stage IN ${list(activeStages)} ORDER BY model, version DESC`,
  );
  const [tagsOf, stagesOf] = [Map.groupBy(tags, ({ model }) => model), Map.groupBy(stages, ({ model }) => model)];
  const aliasesOf = Map.groupBy(await aliasesOfModels(reader, ids), ({ model }) => model);
  return rows.map((row) => ({
    name: row.name,
    description: row.description ?? '',
    creation_timestamp: row.creation_time,
    last_updated_timestamp: row.last_update_time,
    version_count: row.version_count,
    latest_version: row.latest_version === null ? undefined : String(row.latest_version),
    next_version: String(row.last_version + 1),
    aliases: (aliasesOf.get(row.id) ?? []).map(({ alias, version }) => ({ alias, version: String(version) })),
    stages: (stagesOf.get(row.id) ?? []).map(({ version, stage }) => ({ version: String(version), stage })),
    tags: (tagsOf.get(row.id) ?? []).map(({ key, value: text }) => ({ key, value: text })),
  }));
}

export function wordsOf(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** @param column our own SQL text, never text from a request */
export function contains(column: string, word: string): Query {
  return sql`${raw(column)} LIKE ${`%${word.replace(/[\\%_]/g, '\\$&')}%`} ESCAPE '\\'`;
}

function hasWord(word: string): Query {
  const tag = sql`${contains('t.key', word)} OR ${contains('t.value', word)}`;
  const places = [
    contains('m.name', word),
    contains('m.description', word),
    sql`EXISTS (SELECT 1 FROM registered_model_aliases a WHERE a.model = m.id AND ${contains('a.alias', word)})`,
    sql`EXISTS (SELECT 1 FROM registered_model_tags t WHERE t.model = m.id AND (${tag}))`,
  ];
  return sql`(${join(places, ' OR ')})`;
}
