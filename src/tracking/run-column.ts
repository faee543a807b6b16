/** A column of a table of runs, named as in `metrics.loss`, `params.lr`, `tags.team`, `attributes.user_id`. */
import { invalidParameter } from '../protocol/errors.ts';
import type { runAttributes } from '../protocol/views.ts';
import { raw, sql, type Query } from '../common/sql.ts';
import type { Dialect } from '../database/database.ts';

export interface RunColumn {
  readonly kind: 'metric' | 'param' | 'tag' | 'attribute';
  readonly key: string;
}

const kinds = { metrics: 'metric', params: 'param', tags: 'tag', attributes: 'attribute' } as const;

const datasetNames = `(SELECT group_concat(d.name || ' (' || d.digest || ')', ', ')
  FROM run_datasets rd JOIN datasets d ON d.id = rd.dataset WHERE rd.run = r.id)`;

/** Logged models, and versions that were registered from the run, as rows. */
export const modelsOfRun = `
  SELECT m.name FROM logged_models m WHERE m.source_run_id = r.uuid AND m.lifecycle = 0
  UNION ALL SELECT g.name || '/' || v.version FROM model_versions v JOIN registered_models g ON g.id = v.model WHERE v.run_id = r.uuid`;
const modelNames = `(SELECT group_concat(name, ', ') FROM (${modelsOfRun}))`;

/** Of these keys for certain, and of none beside them. */
type SqlBy<Key extends string> = Readonly<Record<Key, string>> & Readonly<Record<string, string>>;

/** What attributes are, as SQL over `runs r`; those that are times first. */
const times: SqlBy<'start_time' | 'end_time'> = { start_time: 'r.start_time', end_time: 'r.end_time' };
export const attributeTexts: SqlBy<(typeof runAttributes)[number]> = {
  ...times,
  duration: '(r.end_time - r.start_time)',
  run_id: 'r.uuid',
  run_name: 'r.name',
  experiment_id: 'CAST(r.experiment AS TEXT)',
  experiment: '(SELECT e.name FROM experiments e WHERE e.id = r.experiment)',
  user_id: 'r.user_id',
  status: 'r.status',
  lifecycle_stage: "CASE r.lifecycle WHEN 0 THEN 'active' ELSE 'deleted' END",
  artifact_uri: 'r.artifact_uri',
  source: "(SELECT t.value FROM tags t WHERE t.run = r.id AND t.key = 'mlflow.source.name')",
  dataset: datasetNames,
  models: modelNames,
};

/** Everything behind the first dot is the key as it stands. Throws INVALID_PARAMETER_VALUE for what names no column. */
export function columnOf(name: string): RunColumn {
  const dot = name.indexOf('.');
  const prefix = name.slice(0, dot);
  const kind = Object.hasOwn(kinds, prefix) ? kinds[prefix as keyof typeof kinds] : undefined;
  if (dot < 0 || kind === undefined) {
    throw invalidParameter(
      `Invalid column '${name}'. Columns are metrics.<key>, params.<key>, tags.<key> or attributes.<name>.`,
    );
  }
  const key = name.slice(dot + 1);
  if (kind === 'attribute' && !Object.hasOwn(attributeTexts, key)) {
    throw invalidParameter(`Invalid column '${name}'. Attributes are ${Object.keys(attributeTexts).join(', ')}.`);
  }
  return { kind, key };
}

/** Whether a column holds numbers by its nature; params may happen to. */
export function isNumeric({ kind, key }: RunColumn): boolean {
  return kind === 'metric' || (kind === 'attribute' && (key in times || key === 'duration'));
}

/** The latest value of a metric; NaN, which SQLite cannot hold, as text. */
export const latestValue = (alias: string): Query => raw(`CASE ${alias}.nan WHEN 1 THEN 'NaN' ELSE ${alias}.value END`);

/** The column's value of a run, as SQL over `runs r`. */
export function valueOf({ kind, key }: RunColumn): Query {
  switch (kind) {
    case 'metric':
      return sql`(SELECT ${latestValue('l')} FROM latest_metrics l WHERE l.run = r.id AND l.key = (SELECT id FROM metric_keys WHERE name = ${key}))`;
    case 'param':
    case 'tag':
      return sql`(SELECT v.value FROM ${raw(`${kind}s`)} v WHERE v.run = r.id AND v.key = ${key})`;
    case 'attribute':
      return raw(attributeTexts[key] ?? 'NULL');
  }
}

/** As `valueOf`; times beyond 2^53 come as text, to be read by `fromInt64Column`. */
export function exactValueOf(column: RunColumn, dialect: Dialect): Query {
  const time = column.kind === 'attribute' ? times[column.key] : undefined;
  return time === undefined ? valueOf(column) : raw(dialect.int64(time));
}
