/** Lines for charts, and what a list of metrics says of each. */
import { invalidParameter, doesNotExist } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded, Encoded } from '../protocol/schema.ts';
import type { searchMetricSeries, searchMetricSummaries } from '../protocol/views.ts';
import type { Reader } from '../database/database.ts';
import { sql } from '../common/sql.ts';
import { sampledPlaces } from './line-sampling.ts';
import { linesOf, seriesOf, type Line } from './metric-lines.ts';
import { keysOfSeveralPoints } from './metric-series.ts';
import { findRun, findRunState } from './run-store.ts';
import { toJsonNumber } from './shown-number.ts';

/** Of all lines of one answer together; with more lines each has fewer. */
const mostPoints = 2_000_000;
const sparkPoints = 60;

type SeriesRequest = Decoded<(typeof searchMetricSeries)['request']>;
type AnswerLine = NonNullable<Encoded<(typeof searchMetricSeries)['response']>['lines']>[number];

export async function metricSeries(reader: Reader, request: SeriesRequest): Promise<AnswerLine[]> {
  checkCount(request.run_ids, limits.seriesRuns, 'run_ids');
  checkCount(request.metric_keys, limits.seriesMetrics, 'metric_keys');
  if (request.max_points < 1) {
    throw invalidParameter(`Invalid value ${request.max_points} for parameter 'max_points' supplied: at least 1.`);
  }
  const found = await seriesOf(reader, request.run_ids, request.metric_keys);
  const most = Math.min(request.max_points, Math.max(10, Math.floor(mostPoints / Math.max(1, found.length))));
  const placeOf = new Map([...new Set(request.run_ids)].map((id, place) => [id, place]));
  found.sort((a, b) => (placeOf.get(a.run_id) ?? 0) - (placeOf.get(b.run_id) ?? 0) || (a.name < b.name ? -1 : 1));
  const lines: AnswerLine[] = [];
  for await (const [series, line] of linesOf(reader, found)) {
    lines.push({ run_id: series.run_id, key: series.name, ...drawn(line, request, most, series.run_start) });
  }
  return lines;
}

function drawn(whole: Line, request: SeriesRequest, most: number, start: number): AnswerLine {
  const line = alongX(whole, request.x, start);
  const [from, to] = stretchOf(line.x, request);
  const [before, after] = marginsOf(line.x, request, from, to);
  const thinned = (begin: number, end: number): number[] =>
    sampledPlaces(line.x.subarray(begin, end), line.values.subarray(begin, end), most).map((place) => begin + place);
  const inside = thinned(from, to);
  const places = [...thinned(before, from), ...inside, ...thinned(to, after)];
  const pick = (from: Float64Array): number[] => places.map((place) => from[place] ?? NaN);
  return {
    total: to - from,
    sampled: inside.length < to - from,
    points: line.x.length,
    first: line.x[0],
    last: line.x.at(-1),
    x: pick(line.x),
    y: pick(line.values).map(toJsonNumber),
    s: request.steps ? pick(line.steps) : undefined,
    t: request.times ? pick(line.times) : undefined,
  };
}

/** A line whose points ascend along an x of its own. */
interface DrawnLine extends Line {
  readonly x: Float64Array;
}

function alongX(line: Line, x: SeriesRequest['x'], start: number): DrawnLine {
  if (x === 'step') return { ...line, x: line.steps };
  const sorted = byTime(line);
  if (x === 'time') return { ...sorted, x: sorted.times };
  const origin = start === 0 ? (sorted.times[0] ?? 0) : start;
  return { ...sorted, x: sorted.times.map((time) => time - origin) };
}

/** Clocks of several machines differ, so time need not follow step. */
function byTime(line: Line): Line {
  const { times } = line;
  if (times.every((time, i) => i === 0 || time >= (times[i - 1] ?? 0))) return line;
  const order = Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
  const sorted = (values: Float64Array): Float64Array => Float64Array.from(order, (i) => values[i] ?? NaN);
  return { steps: sorted(line.steps), times: sorted(times), values: sorted(line.values) };
}

type Stretch = Pick<SeriesRequest, 'from' | 'to'>;

/** The places between two x: the first, and that after the last. */
function stretchOf(x: Float64Array, { from = -Infinity, to = Infinity }: Stretch): [first: number, end: number] {
  const first = firstAtLeast(x, from);
  let end = first;
  while (end < x.length && (x[end] ?? 0) <= to) end++;
  return [first, end];
}

/** Where what is asked for around a stretch begins and ends. */
function marginsOf(
  x: Float64Array,
  { from = -Infinity, to = Infinity, margin_share, margin_points }: SeriesRequest,
  first: number,
  end: number,
): [first: number, end: number] {
  const share = margin_share + margin_points / Math.max(1, x.length - 1);
  if (!(share > 0)) return [first, end];
  const reach = ((x.at(-1) ?? 0) - (x[0] ?? 0)) * share;
  return stretchOf(x, { from: from - reach, to: to + reach });
}

function firstAtLeast(sorted: Float64Array, least: number): number {
  const found = sorted.findIndex((value) => value >= least);
  return found < 0 ? sorted.length : found;
}

/** Names of the metrics with more than one point. */
export async function linesOfRun(reader: Reader, runId: string): Promise<string[]> {
  const run = await findRun(reader, runId);
  if (!run) throw doesNotExist(`Run with id=${runId} not found`);
  const several = await keysOfSeveralPoints(reader, run.id);
  const keys = await reader.all<{ id: number; name: string }>(
    sql`SELECT k.id, k.name FROM latest_metrics l JOIN metric_keys k ON k.id = l.key WHERE l.run = ${run.id}`,
  );
  return keys.filter(({ id }) => several.has(id)).map(({ name }) => name);
}

type Summary = NonNullable<Encoded<(typeof searchMetricSummaries)['response']>['summaries']>[number];

/** In the order of the keys; a metric that was never logged is left out. */
export async function metricSummaries(reader: Reader, runId: string, keys: readonly string[]): Promise<Summary[]> {
  checkCount(keys, limits.metricSummaries, 'keys');
  if (!(await findRunState(reader, runId))) throw doesNotExist(`Run with id=${runId} not found`);
  const summaries = new Map<string, Summary>();
  for await (const [{ name: key }, line] of linesOf(reader, await seriesOf(reader, [runId], keys))) {
    summaries.set(key, { key, ...summaryOf(line) });
  }
  return [...new Set(keys)].flatMap((key) => summaries.get(key) ?? []);
}

function summaryOf({ steps, times, values }: Line): Summary {
  const last = values.length - 1;
  const finite = values.filter((value) => Number.isFinite(value));
  const places = sampledPlaces(Float64Array.from(values.keys()), values, sparkPoints);
  return {
    last: values[last],
    step: steps[last],
    timestamp: times[last],
    min: extreme(finite, Math.min),
    max: extreme(finite, Math.max),
    count: values.length,
    // A line of 60 points shows no seventh digit.
    spark: places.map((place) => toJsonNumber(Number((values[place] ?? NaN).toPrecision(6)))),
  };
}

function extreme(values: Float64Array, choose: (a: number, b: number) => number): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => choose(a, b));
}

function checkCount(list: readonly unknown[], most: number, name: string): void {
  if (list.length > most) {
    throw invalidParameter(`Invalid value for parameter '${name}' supplied: at most ${most}, got ${list.length}.`);
  }
}
