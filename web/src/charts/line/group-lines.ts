/** What many lines have in common: their centre at every x, and how far they spread around it. */
import { studentT } from '../../api/statistics.ts';
import type { Extent } from '../../api/run.ts';
import { cut, placeAfter, placeOf, type ChartLine, type LineBand, type Range } from './line-data.ts';
import type { RunColour } from '../run-colour.ts';

/** Of the members at an x: their mean, or the middle one. */
export type GroupCentre = 'mean' | 'median';
/**
 * `range` from the least to the greatest member; around the centre `std` one standard deviation of a sample, `error` one
 * standard error of the mean, `ci` the 95 % confidence interval of the mean by Student's t.
 */
export type GroupSpread = 'range' | 'std' | 'error' | 'ci' | 'none';

interface GroupLook {
  readonly id: string;
  readonly label: string;
  readonly colour: RunColour;
  readonly centre: GroupCentre;
  readonly spread: GroupSpread;
  /** With more than these, the line is read at so many even distances; undefined: as many as a screen shows. */
  readonly places?: number | undefined;
}

/** No screen shows more. */
const mostPlaces = 2000;

/**
 * The centre of lines, with its band. Where the members have the same x their values are taken as they are; a member that
 * has no point at an x of another is read between its neighbours, and beyond its ends it counts no more.
 */
export function groupLine(members: readonly ChartLine[], look: GroupLook): ChartLine {
  const { id, label, colour, centre, spread, places = mostPlaces } = look;
  const x = commonX(members, places);
  const y = new Float64Array(x.length);
  const band: LineBand = { low: new Float64Array(x.length), high: new Float64Array(x.length) };
  const read = members.map((line) => reader(line));
  const values = new Float64Array(members.length);
  for (const [i, at] of x.entries()) {
    let size = 0;
    for (const valueAt of read) {
      const value = valueAt(at);
      if (Number.isFinite(value)) values[size++] = value;
    }
    const here = values.subarray(0, size).sort();
    y[i] = centreOf(here, centre);
    [band.low[i], band.high[i]] = spreadOf(here, y[i] ?? NaN, spread);
  }
  const sampled = members.some((line) => cut(line).x.length < line.total);
  const stretch = members[0]?.stretch;
  return {
    id,
    label,
    colour,
    x,
    y,
    total: sampled ? members.reduce((sum, { total }) => sum + total, 0) : lengthOf(x, stretch),
    whole: wholeOf(members),
    ...(stretch && { stretch }),
    ...(spread !== 'none' && { band }),
    // An x at which no member has a finite value says nothing about the group.
    quiet: true,
    live: members.some(({ live }) => live),
  };
}

function lengthOf(x: Float64Array, stretch: Range | undefined): number {
  return stretch ? placeAfter(x, stretch[1]) - placeOf(x, stretch[0]) : x.length;
}

/** As long as all members together, and as dense as the densest of them. */
function wholeOf(members: readonly ChartLine[]): Extent | undefined {
  const all = members.flatMap(({ whole }) => whole ?? []);
  if (all.length === 0) return undefined;
  return {
    first: Math.min(...all.map(({ first }) => first)),
    last: Math.max(...all.map(({ last }) => last)),
    points: Math.max(...all.map(({ points }) => points)),
  };
}

/** Every x of any member, or as many even places as are worth it. */
function commonX(members: readonly ChartLine[], most: number): Float64Array {
  const [first, ...rest] = members;
  if (!first) return new Float64Array();
  if (rest.every(({ x }) => x.length === first.x.length && x.every((at, i) => at === first.x[i]))) return first.x;
  const all = new Set<number>();
  for (const { x } of members) for (const at of x) all.add(at);
  const sorted = Float64Array.from(all).sort();
  if (sorted.length <= most) return sorted;
  const [from, to] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  return Float64Array.from({ length: most }, (_, i) => from + ((to - from) * i) / (most - 1));
}

/** Reads a line at x after x, none before the last. */
function reader({ x, y }: ChartLine): (at: number) => number {
  let next = 0;
  return (at) => {
    while (next < x.length && (x[next] ?? 0) < at) next++;
    if (next === x.length) return NaN;
    const [right, value] = [x[next] ?? NaN, y[next] ?? NaN];
    if (right === at) return value;
    if (next === 0) return NaN;
    const [left, before] = [x[next - 1] ?? NaN, y[next - 1] ?? NaN];
    return before + ((value - before) * (at - left)) / (right - left);
  };
}

/** @param sorted ascending */
export function centreOf(sorted: Float64Array, centre: GroupCentre): number {
  return centre === 'mean' ? mean(sorted) : median(sorted);
}

function mean(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function median(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? NaN;
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** @param sorted ascending @param centre of them */
export function spreadOf(sorted: Float64Array, centre: number, spread: GroupSpread): [low: number, high: number] {
  if (spread === 'range') return [sorted[0] ?? NaN, sorted.at(-1) ?? NaN];
  const size = sorted.length;
  // One member alone spreads nowhere.
  if (size < 2 || spread === 'none') return [centre, centre];
  const middle = mean(sorted);
  let squares = 0;
  for (const value of sorted) squares += (value - middle) ** 2;
  const deviation = Math.sqrt(squares / (size - 1));
  const error = deviation / Math.sqrt(size);
  const reach = spread === 'std' ? deviation : spread === 'error' ? error : error * studentT(size - 1);
  return [centre - reach, centre + reach];
}
