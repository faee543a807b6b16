/** Lines as charts take them: two arrays of the same length, x ascending; a y that is no finite number is a gap. */
import type { Extent } from '../../api/run.ts';
import type { RunColour } from '../run-colour.ts';

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** Of a place in the palette, from the ninth on, the lines are dashed too. */
  readonly colour: RunColour;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points that the stretch has, of which those here may be a sample. */
  readonly total: number;
  /** Of the whole line where `x` is a stretch of it; undefined: this is all. */
  readonly whole?: Extent | undefined;
  /** The stretch to draw, where points around it are here for smoothing. */
  readonly stretch?: Range | undefined;
  /** The run that it is of, or the group: lines of the same are emphasised together. */
  readonly run?: string;
  /** Runs that it stands for. */
  readonly members?: ReadonlySet<string>;
  /** Its values before they were smoothed, drawn thin behind it. */
  readonly raw?: Float64Array;
  /** How far the members of a group spread. */
  readonly band?: LineBand;
  /** Drawn thin behind the others and read only when emphasised: a member of a group. */
  readonly faint?: boolean;
  /** The run goes on: a dot marks where the line grows. */
  readonly live?: boolean;
  /** A gap says nothing: there was nothing to measure. */
  readonly quiet?: boolean;
}

/** Two edges along the x of a line. */
export interface LineBand {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** With more lines, raw values behind them would be a fog: then only an emphasised line has its own. */
const mostRaw = 10;

/** The values that make a picture as high as it is, the line's own first. */
export function heightsOf(line: ChartLine, lines: readonly ChartLine[]): Float64Array[] {
  const { y, raw, band } = line;
  return [y, ...(raw && showsRaw(lines) ? [raw] : []), ...(band ? [band.low, band.high] : [])];
}

export function showsRaw(lines: readonly ChartLine[]): boolean {
  return lines.length <= mostRaw;
}

/** Whether it is the line of a run, or of a group with it. */
export function isOfRun({ run, members }: Pick<ChartLine, 'run' | 'members'>, id: string | undefined): boolean {
  return id !== undefined && (run === id || (members?.has(id) ?? false));
}

/** The lines of a run; where it has none of its own, those of groups that it is in. */
export function linesOfRun(lines: readonly ChartLine[], run: string | undefined): readonly ChartLine[] {
  if (run === undefined) return [];
  const own = lines.filter((line) => line.run === run);
  return own.length > 0 ? own : lines.filter(({ members }) => members?.has(run));
}

/** An infinite end is open: the data says where it is. */
export type Range = readonly [from: number, to: number];

export const everything: Range = [-Infinity, Infinity];

/** The first place whose x is at least `least`. */
export function placeOf(x: Float64Array, least: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first place whose x is greater than `most`. */
export function placeAfter(x: Float64Array, most: number): number {
  let place = placeOf(x, most);
  while (place < x.length && x[place] === most) place++;
  return place;
}

/** The place of the point nearest to `at`; -1 in an empty line. */
export function nearest(x: Float64Array, at: number): number {
  const place = placeOf(x, at);
  if (place >= x.length) return x.length - 1;
  const before = x[place - 1];
  return before !== undefined && at - before < (x[place] ?? 0) - at ? place - 1 : place;
}

/** The points of its stretch, without those around it. */
export function cut(line: ChartLine): ChartLine {
  const { stretch, x, y, raw, band, live, ...rest } = line;
  if (!stretch) return line;
  const [from, to] = [placeOf(x, stretch[0]), placeAfter(x, stretch[1])];
  const part = (values: Float64Array): Float64Array => values.subarray(from, to);
  return {
    ...rest,
    x: part(x),
    y: part(y),
    ...(live && { live: to === x.length }),
    ...(raw && { raw: part(raw) }),
    ...(band && { band: { low: part(band.low), high: part(band.high) } }),
  };
}

/** What a text summary and the notes below a chart say. */
export interface LineFacts {
  readonly points: number;
  readonly total: number;
  readonly finite: number;
  readonly notFinite: number;
  /** Finite, but with no place on a logarithmic axis. */
  readonly notPositive: number;
  /** Points whose x has no place on a logarithmic axis. */
  readonly xNotPositive: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
}

export function factsOf({ x, y, total }: ChartLine): LineFacts {
  let [finite, notPositive, min, max, first, last] = [0, 0, Infinity, -Infinity, NaN, NaN];
  for (const value of y) {
    if (!Number.isFinite(value)) continue;
    if (finite++ === 0) first = value;
    if (value <= 0) notPositive++;
    if (value < min) min = value;
    if (value > max) max = value;
    last = value;
  }
  const notFinite = y.length - finite;
  const xNotPositive = placeAfter(x, 0);
  return { points: y.length, total, finite, notFinite, notPositive, xNotPositive, min, max, first, last };
}
