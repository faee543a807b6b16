/**
 * All runs of a search as ids, in order: what a table of 100,000 rows scrolls through. `run-search.ts` stops when a
 * page is full; here everything is needed, so conditions on metrics are sets read from their index and the order is
 * made of columns read whole, which takes a third of the time of one statement that tests and sorts run by run.
 */
import { sql, type Query } from '../common/sql.ts';
import type { Reader } from '../database/database.ts';
import { compare } from '../search/condition.ts';
import { numberOfText } from '../common/number-text.ts';
import type { Comparator, Comparison, Ordering } from '../search/syntax.ts';
import { inOrder } from './run-order.ts';
import { hasWords, inPlace, type RunPlace, type RunScope } from './run-scope.ts';
import { searchRunIds } from './run-search.ts';

export async function listRuns(
  reader: Reader,
  scope: RunScope,
  orderings: readonly Ordering[] = [],
): Promise<Uint32Array> {
  let list = await newestFirst(reader, scope);
  for (const comparison of scope.comparisons.filter(isMeasured)) {
    if (list.length === 0) break;
    const runsWith = comparison.kind === 'metric' ? runsWithMetric : runsWithParam;
    list = only(list, await runsWith(reader, scope, comparison));
  }
  if (scope.words.length > 0 && list.length > 0) {
    const place = inPlace('r', scope, reader.dialect);
    const words = hasWords(scope.words);
    list = only(list, await idsOf(reader, sql`SELECT r.id AS id FROM runs r WHERE ${place} AND ${words}`));
  }
  return inOrder(reader, scope, list, orderings);
}

/** As a condition on `runs r`, for statements that read something of each run. */
export async function foundRuns(reader: Reader, scope: RunScope): Promise<{ where: Query; count: number }> {
  if (isFiltered(scope)) {
    const runs = await listRuns(reader, scope);
    return { where: sql`r.id IN ${reader.dialect.intSet([...runs])}`, count: runs.length };
  }
  return { where: inPlace('r', scope, reader.dialect), count: await countRuns(reader, scope) };
}

export function isFiltered({ comparisons, words }: RunScope): boolean {
  return comparisons.length > 0 || words.length > 0;
}

export async function countRuns(reader: Reader, place: RunPlace): Promise<number> {
  const row = await reader.first<{ runs: number }>(
    sql`SELECT count(*) AS runs FROM runs r WHERE ${inPlace('r', place, reader.dialect)}`,
  );
  return row?.runs ?? 0;
}

/** Compared with a number: metrics, and params that are numbers. */
function isMeasured({ kind, value }: Comparison): boolean {
  return kind === 'metric' || (kind === 'param' && typeof value === 'number');
}

/** The runs that satisfy all but the conditions on numbers, in the order of `runs/search`. */
async function newestFirst(reader: Reader, scope: RunScope): Promise<Uint32Array> {
  const comparisons = scope.comparisons.filter((comparison) => !isMeasured(comparison));
  if (comparisons.length === 0) return runsByStart(reader, scope);
  const { experiments, lifecycles } = scope;
  const everything = { orderings: [], limit: Number.MAX_SAFE_INTEGER, offset: 0 };
  return Uint32Array.from(await searchRunIds(reader, { experiments, lifecycles, comparisons, ...everything }));
}

export async function runsByStart(reader: Reader, place: RunPlace): Promise<Uint32Array> {
  const where = inPlace('r', place, reader.dialect);
  const query = sql`SELECT r.id AS id FROM runs r WHERE ${where} ORDER BY r.start_time DESC, r.uuid`;
  return Uint32Array.from(await idsOf(reader, query));
}

/** NaN is no number: it satisfies no comparison but `!=`. */
function runsWithMetric(reader: Reader, place: RunPlace, comparison: Comparison): Promise<number[]> {
  const holds = compare('l.value', comparison, reader.dialect);
  const condition = comparison.comparator === '!=' ? sql`(l.nan = 1 OR ${holds})` : sql`l.nan = 0 AND ${holds}`;
  return idsOf(
    reader,
    sql`SELECT l.run AS id FROM latest_metrics l WHERE ${inPlace('l', place, reader.dialect)}
        AND l.key = (SELECT id FROM metric_keys WHERE name = ${comparison.key}) AND ${condition}`,
  );
}

/** As metrics are: a param that looks like no number, or is NaN, satisfies no comparison but `!=`. */
async function runsWithParam(
  reader: Reader,
  place: RunPlace,
  { key, comparator, value }: Comparison,
): Promise<number[]> {
  const rows = await reader.all<{ run: number; value: string }>(
    sql`SELECT p.run, p.value FROM params p JOIN runs r ON r.id = p.run WHERE ${inPlace('r', place, reader.dialect)} AND p.key = ${key}`,
  );
  return rows.filter((row) => holds(numberOfText(row.value) ?? NaN, comparator, Number(value))).map(({ run }) => run);
}

function holds(left: number, comparator: Comparator, right: number): boolean {
  switch (comparator) {
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '!=':
      return left !== right;
    default:
      return left === right;
  }
}

/** Ids as one text: a row for each would take four times as long. */
export async function idsOf(reader: Reader, query: Query): Promise<number[]> {
  const row = await reader.first<{ ids: string }>(sql`SELECT json_group_array(id) AS ids FROM (${query})`);
  return JSON.parse(row?.ids ?? '[]') as number[];
}

function only(list: Uint32Array, ids: readonly number[]): Uint32Array {
  const wanted = new Set(ids);
  return list.filter((id) => wanted.has(id));
}
