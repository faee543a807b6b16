/**
 * Which runs, in which order. A search gives ids only; `run-reader.ts` loads the page.
 *
 * Order by one metric, or by none, is a walk of an index (`latest_metrics_by_value`, `runs_by_start`) that tests each
 * run as it comes and stops when the page is full. Runs whose metric is NaN, then runs without the metric, come last
 * in either direction, so they are walked as segments of their own. Several experiments, and a view of deleted and
 * active runs, are walks of their own too, merged by the outer ORDER BY.
 */
import { and, join, list, raw, sql, type Query } from '../common/sql.ts';
import type { Dialect, Reader } from '../database/database.ts';
import { compare, compareKeyed, direction } from '../search/condition.ts';
import type { Comparison, Ordering } from '../search/syntax.ts';
import { attributeTexts, modelsOfRun } from './run-column.ts';
import { runNameTag } from './run-name.ts';

export interface RunSearch {
  experiments: readonly number[];
  lifecycles: readonly number[];
  comparisons: readonly Comparison[];
  orderings: readonly Ordering[];
  limit: number;
  offset: number;
}

/** Above this many (experiment, lifecycle) pairs one sort is better than many walks. */
const greatestWalks = 40;

/** The ids of the runs found, in order: `limit` of them after `offset`. */
export async function searchRunIds(reader: Reader, search: RunSearch): Promise<number[]> {
  if (search.experiments.length === 0) return [];
  const needed = search.offset + search.limit;
  const ids: number[] = [];
  for (const segment of segments(search)) {
    const rows = await reader.all<{ id: number }>(segmentQuery(search, segment, needed - ids.length, reader.dialect));
    for (const row of rows) ids.push(row.id);
    if (ids.length >= needed) break;
  }
  return ids.slice(search.offset);
}

/** One stretch of the result: where its rows come from, what narrows it and how it is ordered. */
interface Segment {
  /** FROM clause with `runs r`; for a metric walk `latest_metrics o` leads. */
  from: Query;
  leader: 'o' | 'r';
  conditions: Query[];
  order: Query[];
}

function segments(search: RunSearch): Segment[] {
  const [first, ...rest] = search.orderings;
  if (first?.kind !== 'metric') {
    return [
      {
        from: sql`FROM runs r ${joins(search.orderings)}`,
        leader: 'r',
        conditions: [],
        order: orderTerms(search.orderings),
      },
    ];
  }
  const key = sql`(SELECT id FROM metric_keys WHERE name = ${first.key})`;
  const walk = sql`FROM latest_metrics o CROSS JOIN runs r ON r.id = o.run ${joins(rest)}`;
  return [
    {
      from: walk,
      leader: 'o',
      conditions: [sql`o.key = ${key}`, raw('o.nan = 0')],
      order: [sql`o.value ${direction(first.ascending)}`, ...orderTerms(rest)],
    },
    { from: walk, leader: 'o', conditions: [sql`o.key = ${key}`, raw('o.nan = 1')], order: orderTerms(rest) },
    {
      from: sql`FROM runs r ${joins(rest)}`,
      leader: 'r',
      conditions: [sql`NOT EXISTS (SELECT 1 FROM latest_metrics x WHERE x.run = r.id AND x.key = ${key})`],
      order: orderTerms(rest),
    },
  ];
}

function segmentQuery(search: RunSearch, segment: Segment, limit: number, dialect: Dialect): Query {
  const order = segment.order;
  const sortKeys = order.map((term, i) => sql`${withoutDirection(term)} AS k${raw(String(i))}`);
  const outerOrder = order.map((term, i) => raw(`k${i}${term.text.endsWith(' DESC') ? ' DESC' : ''}`));
  const conditions = [...segment.conditions, ...search.comparisons.map((c) => runCondition(c, dialect))];
  const part = (where: Query): Query =>
    sql`SELECT r.id AS id, ${join(sortKeys, ', ')} ${segment.from} WHERE ${and([where, ...conditions])} ORDER BY ${join(order, ', ')} LIMIT ${limit}`;
  const l = segment.leader;
  const pairs = search.experiments.flatMap((e) => search.lifecycles.map((s) => [e, s] as const));
  if (pairs.length > greatestWalks) {
    return part(
      sql`${raw(l)}.experiment IN ${list(search.experiments)} AND ${raw(l)}.lifecycle IN ${list(search.lifecycles)}`,
    );
  }
  const walks = pairs.map(([e, s]) => part(sql`${raw(l)}.experiment = ${e} AND ${raw(l)}.lifecycle = ${s}`));
  if (walks.length === 1 && walks[0]) return walks[0];
  return sql`SELECT id FROM (${join(
    walks.map((w) => sql`SELECT * FROM (${w})`),
    ' UNION ALL ',
  )}) ORDER BY ${join(outerOrder, ', ')} LIMIT ${limit}`;
}

function withoutDirection(term: Query): Query {
  return { text: term.text.replace(/ (ASC|DESC)$/, ''), values: term.values };
}

const attributes: Record<string, string> = {
  run_id: 'r.uuid',
  run_name: 'r.name',
  user_id: 'r.user_id',
  status: 'r.status',
  artifact_uri: 'r.artifact_uri',
  start_time: 'r.start_time',
  end_time: 'r.end_time',
  // Of our own pages alone.
  experiment: attributeTexts.experiment,
  source: attributeTexts.source,
  dataset: attributeTexts.dataset,
};

function attributeColumn(key: string): string {
  const column = attributes[key];
  if (column === undefined) throw new Error(`no column for the run attribute ${key}`);
  return column;
}

/** One LEFT JOIN for each ordering that is not a column of the run; the i-th is `o<i>`. */
function joins(orderings: readonly Ordering[]): Query {
  return join(
    orderings.map((o, i) => {
      const alias = raw(`o${i}`);
      switch (o.kind) {
        case 'metric':
          return sql`LEFT JOIN latest_metrics ${alias} ON ${alias}.run = r.id AND ${alias}.key = (SELECT id FROM metric_keys WHERE name = ${o.key})`;
        case 'param':
        case 'tag':
          return sql`LEFT JOIN ${raw(`${o.kind}s`)} ${alias} ON ${alias}.run = r.id AND ${alias}.key = ${o.key}`;
        default:
          return raw('');
      }
    }),
    ' ',
  );
}

/** Missing values come last in either direction; ties by start time, newest first, then by run id. */
function orderTerms(orderings: readonly Ordering[]): Query[] {
  const terms = orderings.flatMap((o, i) => {
    if (o.kind === 'metric') {
      return [
        raw(`CASE WHEN o${i}.nan = 1 THEN 1 WHEN o${i}.value IS NULL THEN 2 ELSE 0 END ASC`),
        sql`o${raw(String(i))}.value ${direction(o.ascending)}`,
      ];
    }
    const column = o.kind === 'attribute' ? attributeColumn(o.key) : `o${i}.value`;
    const missingLast = o.kind === 'attribute' && o.key !== 'end_time' ? [] : [raw(`${column} IS NULL ASC`)];
    return [...missingLast, sql`${raw(column)} ${direction(o.ascending)}`];
  });
  return [...terms, raw('r.start_time DESC'), raw('r.uuid ASC')];
}

function runCondition(comparison: Comparison, dialect: Dialect): Query {
  switch (comparison.kind) {
    case 'metric':
      return metricCondition(comparison, dialect);
    case 'param':
      return compareKeyed(sql`FROM params kv WHERE kv.run = r.id`, comparison, dialect);
    case 'tag':
      return tagCondition(comparison, dialect);
    case 'dataset':
      return datasetCondition(comparison, dialect);
    case 'attribute':
      // MLflow looks for names in the tag, so a run whose tag was deleted is found by no name, nor by `!=`.
      if (comparison.key === 'models') return modelCondition(comparison, dialect);
      if (comparison.key === 'run_name') return tagCondition({ ...comparison, key: runNameTag }, dialect);
      return compare(attributeColumn(comparison.key), comparison, dialect);
  }
}

function tagCondition(comparison: Comparison, dialect: Dialect): Query {
  return compareKeyed(sql`FROM tags kv WHERE kv.run = r.id`, comparison, dialect);
}

/** NaN is no number: it satisfies no comparison but `!=`. */
function metricCondition(comparison: Comparison, dialect: Dialect): Query {
  const row = sql`SELECT 1 FROM latest_metrics f WHERE f.run = r.id AND f.key = (SELECT id FROM metric_keys WHERE name = ${comparison.key})`;
  if (comparison.comparator === 'IS NULL') return sql`NOT EXISTS (${row})`;
  if (comparison.comparator === 'IS NOT NULL') return sql`EXISTS (${row})`;
  const holds = compare('f.value', comparison, dialect);
  return comparison.comparator === '!='
    ? sql`EXISTS (${row} AND (f.nan = 1 OR ${holds}))`
    : sql`EXISTS (${row} AND f.nan = 0 AND ${holds})`;
}

/** Of our own pages: a logged model, a registered one, its version as `name/3`, or all of them as their column has them. */
function modelCondition(comparison: Comparison, dialect: Dialect): Query {
  return sql`EXISTS (SELECT 1 FROM (${raw(modelsOfRun)}
    UNION ALL SELECT g.name FROM model_versions v JOIN registered_models g ON g.id = v.model WHERE v.run_id = r.uuid
    UNION ALL SELECT ${raw(attributeTexts.models)}
  ) n WHERE ${compare('n.name', comparison, dialect)})`;
}

function datasetCondition(comparison: Comparison, dialect: Dialect): Query {
  const inputs = raw('FROM run_datasets rd JOIN datasets d ON d.id = rd.dataset');
  if (comparison.key === 'context') {
    const holds = compare('t.value', comparison, dialect);
    return sql`EXISTS (SELECT 1 ${inputs} JOIN run_dataset_tags t ON t.run_dataset = rd.id AND t.key = 'mlflow.data.context' WHERE rd.run = r.id AND ${holds})`;
  }
  const column = comparison.key === 'digest' ? 'd.digest' : 'd.name';
  return sql`EXISTS (SELECT 1 ${inputs} WHERE rd.run = r.id AND ${compare(column, comparison, dialect)})`;
}
