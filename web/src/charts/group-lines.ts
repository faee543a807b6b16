/** What many lines have in common: their centre at every x, and how far they spread around it. */
import type { ChartLine, LineBand } from './line-data.ts';
import type { RunColour } from './run-colour.ts';

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
}

/** With more places than these no screen shows them: then they are taken at even distances. */
const mostPlaces = 2000;

/**
 * The centre of lines, with its band. Where the members have the same x their values are taken as they are; a member that
 * has no point at an x of another is read between its neighbours, and beyond its ends it counts no more.
 */
export function groupLine(members: readonly ChartLine[], look: GroupLook): ChartLine {
  const { id, label, colour, centre, spread } = look;
  const x = commonX(members);
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
    y[i] = centre === 'mean' ? mean(here) : median(here);
    [band.low[i], band.high[i]] = spreadOf(here, y[i] ?? NaN, spread);
  }
  const sampled = members.some((line) => line.x.length < line.total);
  return {
    id,
    label,
    colour,
    x,
    y,
    total: sampled ? members.reduce((sum, { total }) => sum + total, 0) : x.length,
    ...(spread !== 'none' && { band }),
    // An x at which no member has a finite value says nothing about the group.
    quiet: true,
    live: members.some(({ live }) => live),
  };
}

/** Every x of any member, or as many even places as are worth it. */
function commonX(members: readonly ChartLine[]): Float64Array {
  const [first, ...rest] = members;
  if (!first) return new Float64Array();
  if (rest.every(({ x }) => x.length === first.x.length && x.every((at, i) => at === first.x[i]))) return first.x;
  const all = new Set<number>();
  for (const { x } of members) for (const at of x) all.add(at);
  const sorted = Float64Array.from(all).sort();
  if (sorted.length <= mostPlaces) return sorted;
  const [from, to] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  return Float64Array.from({ length: mostPlaces }, (_, i) => from + ((to - from) * i) / (mostPlaces - 1));
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

function spreadOf(sorted: Float64Array, centre: number, spread: GroupSpread): [low: number, high: number] {
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

/** 97.5 % points of Student's t; from 11 degrees of freedom on the expansion below errs by less than 0.0002. */
const tPoints = [12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281];

function studentT(freedom: number): number {
  const known = tPoints[freedom - 1];
  if (known !== undefined) return known;
  const z = 1.959964;
  return (
    z +
    (z ** 3 + z) / (4 * freedom) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * freedom ** 3)
  );
}
