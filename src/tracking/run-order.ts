/**
 * Orders a list of runs by columns. Each column becomes ranks, so that texts and numbers compare alike; values that
 * are NaN, then runs that have none, come last in either direction. Ties stay as they were in the list.
 */
import type { Reader } from '../database/database.ts';
import { numberOfText } from '../common/number-text.ts';
import { sql, type Query } from '../common/sql.ts';
import type { Ordering } from '../search/syntax.ts';
import { exactValueOf, latestValue, type RunColumn } from './run-column.ts';
import { inPlace, type RunPlace } from './run-scope.ts';

/** Lists shorter than this are asked for by id, longer ones by place. */
const fewRuns = 2000;

export async function inOrder(
  reader: Reader,
  place: RunPlace,
  list: Uint32Array,
  orderings: readonly Ordering[],
): Promise<Uint32Array> {
  if (orderings.length === 0 || list.length < 2) return list;
  const positions = new Map<number, number>();
  list.forEach((id, position) => positions.set(id, position));
  const keys: Uint32Array[] = [];
  for (const ordering of orderings) {
    const values = new Array<Value>(list.length).fill(null);
    for (const { id, value } of await reader.all<{ id: number; value: Value }>(
      valuesQuery(reader, place, list, ordering),
    )) {
      const position = positions.get(id);
      if (position !== undefined) values[position] = value;
    }
    keys.push(ranks(values, ordering));
  }
  return Uint32Array.from(list.keys())
    .sort((a, b) => compare(keys, a, b))
    .map((position) => list[position] ?? 0);
}

type Value = string | number | null;

/** Values of all runs of a place, and perhaps of more. */
function valuesQuery(reader: Reader, place: RunPlace, list: Uint32Array, ordering: Ordering): Query {
  const { dialect } = reader;
  const column: RunColumn = { kind: ordering.kind === 'dataset' ? 'attribute' : ordering.kind, key: ordering.key };
  const few = list.length < fewRuns;
  if (column.kind === 'metric' && !few) {
    return sql`SELECT l.run AS id, ${latestValue('l')} AS value FROM latest_metrics l
               WHERE ${inPlace('l', place, dialect)} AND l.key = (SELECT id FROM metric_keys WHERE name = ${column.key})`;
  }
  const among = few ? sql`r.id IN ${dialect.intSet([...list])}` : inPlace('r', place, dialect);
  const value = isDuration(ordering) ? durationSoFar(Date.now()) : exactValueOf(column, dialect);
  return sql`SELECT r.id AS id, ${value} AS value FROM runs r WHERE ${among}`;
}

function isDuration({ kind, key }: Ordering): boolean {
  return kind === 'attribute' && key === 'duration';
}

/** As the table shows it: a run that works still has taken the time until now, one that waits has taken none. */
function durationSoFar(now: number): Query {
  return sql`CASE WHEN r.end_time IS NOT NULL THEN r.end_time - r.start_time
             WHEN r.status = 'RUNNING' THEN ${now} - r.start_time END`;
}

function ranks(values: readonly Value[], { kind, key, ascending }: Ordering): Uint32Array {
  const isTime = kind === 'attribute' && (key === 'start_time' || key === 'end_time');
  const isMetric = kind === 'metric';
  const distinct = sorted(
    [...new Set(values)].filter((value) => value !== null && !(isMetric && value === 'NaN')),
    isTime ? 'times' : kind === 'param' ? 'params' : 'plain',
  );
  if (!ascending) distinct.reverse();
  const rankOf = new Map<Value, number>(distinct.map((value, rank) => [value, rank]));
  if (isMetric) rankOf.set('NaN', distinct.length);
  return Uint32Array.from(values, (value) => rankOf.get(value) ?? distinct.length + 1);
}

/** Numbers by themselves sort several times faster. */
function sorted(values: readonly Value[], as: 'times' | 'params' | 'plain'): Value[] {
  if (values.every((value) => typeof value === 'number')) return [...Float64Array.from(values).sort()];
  if (as === 'times') return values.toSorted((a, b) => bySize(BigInt(a ?? 0), BigInt(b ?? 0)));
  if (as === 'params') return asNumbersWhereTheyAre(values);
  return values.toSorted((a, b) => ((a ?? 0) < (b ?? 0) ? -1 : 1));
}

/** Params are texts, yet 9 stands before 10: who reads a table means numbers. What is no number comes after them. */
function asNumbersWhereTheyAre(values: readonly Value[]): Value[] {
  const measured = values.map((value) => ({ value, number: numberIn(value) }));
  measured.sort((a, b) => {
    if (Number.isNaN(a.number) || Number.isNaN(b.number)) {
      const order = Number(Number.isNaN(a.number)) - Number(Number.isNaN(b.number));
      if (order !== 0) return order;
    } else if (a.number !== b.number) return a.number - b.number;
    return (a.value ?? 0) < (b.value ?? 0) ? -1 : 1;
  });
  return measured.map(({ value }) => value);
}

function numberIn(value: Value): number {
  return typeof value === 'string' ? (numberOfText(value) ?? NaN) : (value ?? NaN);
}

function bySize(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compare(keys: readonly Uint32Array[], a: number, b: number): number {
  for (const key of keys) {
    const difference = (key[a] ?? 0) - (key[b] ?? 0);
    if (difference !== 0) return difference;
  }
  return a - b;
}
