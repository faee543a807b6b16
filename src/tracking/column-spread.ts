/** How the values of one column are spread over runs. */
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchRunColumn } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { looksNumeric } from '../common/number-text.ts';
import { raw, sql } from '../common/sql.ts';
import { columnOf, isNumeric, valueOf } from './run-column.ts';
import { foundRuns } from './run-list.ts';
import { scopeOf } from './run-scope.ts';
import { fromStoredValue } from './shown-number.ts';

const binCount = 24;
const mostValues = 100;

type Answer = Encoded<(typeof searchRunColumn)['response']>;

/** A value and how many runs have it; NaN is text in SQL. */
interface Counted {
  readonly value: string | number;
  readonly count: number;
}

export async function columnSpread(
  reader: Reader,
  request: Decoded<(typeof searchRunColumn)['request']>,
): Promise<Answer> {
  const column = columnOf(request.column);
  const found = await foundRuns(reader, scopeOf(request));
  // Numbers seldom repeat; to group them would only cost time.
  const [counts, grouping] = isNumeric(column) ? [raw('1'), raw('')] : [raw('count(*)'), raw('GROUP BY 1')];
  const rows = await reader.all<{ value: string | number | null; count: number }>(
    sql`SELECT ${valueOf(column)} AS value, ${counts} AS count FROM runs r WHERE ${found.where} ${grouping}`,
  );
  const counted = rows.filter((row): row is Counted => row.value !== null);
  const count = sum(counted);
  const all = { count, missing: found.count - count, bins: [], values: [] };
  const isNumber = isNumeric(column) || (column.kind === 'param' && counted.length > 0 && counted.every(isNumberLike));
  if (!isNumber) return { kind: 'text', ...all, ...texts(counted) };
  // Params are compared as texts, so their values are of use even where they look like numbers.
  return { kind: 'number', ...all, ...(column.kind === 'param' && texts(counted)), ...numbers(counted) };
}

function sum(counted: readonly { readonly count: number }[]): number {
  return counted.reduce((total, { count }) => total + count, 0);
}

function isNumberLike({ value }: Counted): boolean {
  return typeof value === 'number' || looksNumeric(value);
}

function numbers(counted: readonly Counted[]): Answer {
  const finite = counted
    .map(({ value, count }) => ({ value: fromStoredValue(Number(value)), count }))
    .filter(({ value }) => Number.isFinite(value));
  const nan = sum(counted) - sum(finite);
  if (finite.length === 0) return { nan, distinct: 0, bins: [] };
  const min = finite.reduce((least, { value }) => Math.min(least, value), Infinity);
  const max = finite.reduce((greatest, { value }) => Math.max(greatest, value), -Infinity);
  return { nan, min, max, distinct: new Set(finite.map(({ value }) => value)).size, bins: binsOf(finite, min, max) };
}

interface Finite {
  readonly value: number;
  readonly count: number;
}

/** Of one width, but that an outlier would leave all others in one bin: then the first and the last reach to the ends. */
function binsOf(finite: readonly Finite[], min: number, max: number) {
  if (min === max) return [{ from: min, to: max, count: sum(finite) }];
  const [low, high] = withoutOutliers(finite, min, max);
  const edge = (i: number): number => low * (1 - i / binCount) + high * (i / binCount);
  const bins = Array.from({ length: binCount }, (_, i) => ({
    from: i === 0 ? min : edge(i),
    to: i === binCount - 1 ? max : edge(i + 1),
    count: 0,
  }));
  for (const { value, count } of finite) {
    const place = Math.floor((halfDistance(low, value) / halfDistance(low, high)) * binCount);
    const bin = bins[Math.max(0, Math.min(binCount - 1, place))];
    if (bin) bin.count += count;
  }
  return bins;
}

/** Halved, because the distance of two doubles may be too great for one. */
function halfDistance(from: number, to: number): number {
  return to / 2 - from / 2;
}

/** The ends, or those within Tukey's outer fences where these leave out most of the range. */
function withoutOutliers(finite: readonly Finite[], min: number, max: number): readonly [low: number, high: number] {
  const sorted = finite.toSorted((a, b) => a.value - b.value);
  const [first, third] = [valueAt(sorted, 0.25), valueAt(sorted, 0.75)];
  const reach = 6 * halfDistance(first, third);
  const low = sorted.find(({ value }) => value >= first - reach)?.value ?? min;
  const high = sorted.findLast(({ value }) => value <= third + reach)?.value ?? max;
  return low < high && halfDistance(min, max) > binCount * halfDistance(low, high) ? [low, high] : [min, max];
}

/** The value that this share of all runs lies below. */
function valueAt(sorted: readonly Finite[], share: number): number {
  let left = share * sum(sorted);
  return sorted.find(({ count }) => (left -= count) < 0)?.value ?? 0;
}

function texts(counted: readonly Counted[]): Answer {
  const values = counted
    .map(({ value, count }) => ({ value: String(value), count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, mostValues);
  return { distinct: counted.length, values };
}
