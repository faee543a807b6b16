/** Filter and order of a logged-model search as SQL over `logged_models m`. */
import { and, join, list, raw, sql, type Query } from '../common/sql.ts';
import type { Dialect, Reader } from '../database/database.ts';
import { compare, compareKeyed, direction } from '../search/condition.ts';
import type { Comparison, Ordering } from '../search/syntax.ts';
import { lifecycle, lifecycleName } from './lifecycle.ts';

/** At least one of the two. */
export interface DatasetFilter {
  name: string | undefined;
  digest: string | undefined;
}

/** An ordering; by a metric perhaps only of one dataset. */
export interface LoggedModelOrdering extends Ordering {
  dataset?: DatasetFilter | undefined;
}

export interface LoggedModelSearch {
  experiments: readonly number[];
  comparisons: readonly Comparison[];
  datasets: readonly DatasetFilter[];
  orderings: readonly LoggedModelOrdering[];
  limit: number;
  offset: number;
}

const attributes: Record<string, string> = {
  model_id: 'm.uuid',
  name: 'm.name',
  model_type: 'm.model_type',
  status: "replace(m.status, 'LOGGED_MODEL_', '')",
  status_message: 'm.status_message',
  lifecycle_stage: lifecycleName('m.lifecycle'),
  source_run_id: 'm.source_run_id',
  experiment_id: 'm.experiment',
  artifact_location: 'm.artifact_uri',
  creation_timestamp: 'm.creation_time',
  last_updated_timestamp: 'm.last_update_time',
};

function attributeColumn(key: string): string {
  const column = attributes[key];
  if (column === undefined) throw new Error(`no column for the logged model attribute ${key}`);
  return column;
}

export async function searchLoggedModelIds(reader: Reader, search: LoggedModelSearch): Promise<number[]> {
  if (search.experiments.length === 0) return [];
  const conditions = search.comparisons.map((c) => condition(c, search.datasets, reader.dialect));
  const rows = await reader.all<{ id: number }>(
    sql`SELECT m.id FROM logged_models m
        WHERE m.experiment IN ${list(search.experiments)} AND m.lifecycle = ${lifecycle.active} AND ${and(conditions)} ${onDatasets(search)}
        ORDER BY ${order(search.orderings)} LIMIT ${search.limit} OFFSET ${search.offset}`,
  );
  return rows.map((row) => row.id);
}

/** Datasets without a metric condition ask for models that have any metric on one of them. */
function onDatasets({ datasets, comparisons }: LoggedModelSearch): Query {
  if (datasets.length === 0 || comparisons.some((c) => c.kind === 'metric')) return raw('');
  return sql`AND EXISTS (SELECT 1 FROM logged_model_metrics f WHERE f.model = m.id ${ofDatasets(datasets)})`;
}

function condition(comparison: Comparison, datasets: readonly DatasetFilter[], dialect: Dialect): Query {
  switch (comparison.kind) {
    case 'metric':
      return sql`EXISTS (SELECT 1 FROM logged_model_metrics f WHERE f.model = m.id AND f.key = ${comparison.key} AND f.nan = 0
                 AND ${compare('f.value', comparison, dialect)} ${ofDatasets(datasets)})`;
    case 'param':
      return compareKeyed(sql`FROM logged_model_params kv WHERE kv.model = m.id`, comparison, dialect);
    case 'tag':
      return compareKeyed(sql`FROM logged_model_tags kv WHERE kv.model = m.id`, comparison, dialect);
    default:
      return compare(attributeColumn(comparison.key), comparison, dialect);
  }
}

function ofDatasets(datasets: readonly DatasetFilter[]): Query {
  if (datasets.length === 0) return raw('');
  return sql`AND (${join(datasets.map(ofDataset), ' OR ')})`;
}

function ofDataset({ name, digest }: DatasetFilter): Query {
  const conditions = [
    ...(name ? [sql`f.dataset_name = ${name}`] : []),
    ...(digest ? [sql`f.dataset_digest = ${digest}`] : []),
  ];
  return sql`(${join(conditions, ' AND ')})`;
}

/** Newest first by default; models without the metric come last; ties newest first, then by id. */
function order(orderings: readonly LoggedModelOrdering[]): Query {
  const terms = orderings.flatMap((o) => {
    if (o.kind !== 'metric') return [sql`${raw(attributeColumn(o.key))} ${direction(o.ascending)}`];
    const latest = sql`(SELECT CASE f.nan WHEN 1 THEN NULL ELSE f.value END FROM logged_model_metrics f
                        WHERE f.model = m.id AND f.key = ${o.key} ${ofDatasets(o.dataset ? [o.dataset] : [])}
                        ORDER BY f.step DESC, f.timestamp DESC LIMIT 1)`;
    return [sql`${latest} IS NULL ASC`, sql`${latest} ${direction(o.ascending)}`];
  });
  return join([...terms, raw('m.creation_time DESC'), raw('m.uuid ASC')], ', ');
}
