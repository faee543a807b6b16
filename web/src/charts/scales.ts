/** Where a point of the data lies in the picture. */
import { everything, heightsOf, placeAfter, placeOf, type ChartLine, type Range } from './line/line-data.ts';

export const yFits = ['visible', 'zero', 'inner'] as const;
/** The y axis holds what is in view, and zero as well, or leaves out the outermost hundredths. */
export type YFit = (typeof yFits)[number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Scales {
  readonly box: Box;
  readonly x: Range;
  readonly y: Range;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
  readonly xAt: (px: number) => number;
  readonly yAt: (py: number) => number;
}

export interface YAxis {
  readonly log: boolean;
  readonly fit: YFit;
  /** Set by the reader; an open end is fitted. */
  readonly limits: Range;
}

export function yRange(lines: readonly ChartLine[], x: Range, { log, fit, limits }: YAxis): Range {
  const [low, high] = fitted(lines, x, log, fit);
  const [from, to] = limits;
  const range: Range = [usable(from, log) ? from : low, usable(to, log) ? to : high];
  if (range[0] < range[1]) return range;
  // Limits beyond the data leave the other end to be found.
  return usable(from, log) ? [from, log ? from * 10 : from + (Math.abs(from) || 1)] : [low, high];
}

function usable(end: number, log: boolean): boolean {
  return Number.isFinite(end) && !(log && end <= 0);
}

function fitted(lines: readonly ChartLine[], x: Range, log: boolean, fit: YFit): Range {
  let [low, high] = fit === 'inner' ? innerRange(lines, x, log) : wholeRange(lines, x, log);
  if (low > high) return log ? [1, 10] : [0, 1];
  if (fit === 'zero' && !log) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) {
    const around = Math.abs(low) * 0.1 || 1;
    return log ? inside([low / 2 || low, high * 2]) : inside([low - around, high + around]);
  }
  if (log) {
    const [from, to] = [Math.log10(low), Math.log10(high)];
    const air = (to - from) * 0.04;
    return inside([Math.max(10 ** (from - air), Number.MIN_VALUE), 10 ** (to + air)]);
  }
  // Halves, because the distance of the greatest numbers is none.
  const air = (high / 2 - low / 2) * 0.1;
  return inside([low === 0 && fit === 'zero' ? 0 : low - air, high + air]);
}

/** No farther than numbers go. */
function inside([low, high]: Range): Range {
  return [Math.max(-Number.MAX_VALUE, low), Math.min(Number.MAX_VALUE, high)];
}

function wholeRange(lines: readonly ChartLine[], x: Range, logY: boolean): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of shownValues(lines, x, logY)) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function innerRange(lines: readonly ChartLine[], x: Range, logY: boolean): Range {
  const values = Float64Array.from(shownValues(lines, x, logY)).sort();
  const at = (part: number): number => values[Math.round((values.length - 1) * part)] ?? NaN;
  return values.length === 0 ? [Infinity, -Infinity] : [at(0.02), at(0.98)];
}

function* shownValues(lines: readonly ChartLine[], [from, to]: Range, logY: boolean): Generator<number> {
  for (const line of lines) {
    const { x } = line;
    const start = placeOf(x, from);
    for (const y of heightsOf(line, lines)) {
      for (let i = start; i < x.length && (x[i] ?? 0) <= to; i++) {
        const value = y[i] ?? NaN;
        if (Number.isFinite(value) && !(logY && value <= 0)) yield value;
      }
    }
  }
}

/** The whole of x that is drawn: what was zoomed to, or all of the lines. */
export function xRange(lines: readonly ChartLine[], zoom: Range = everything, logX = false): Range {
  const [first, last] = rangeOfX(lines, logX) ?? (logX ? [1, 10] : [0, 1]);
  const from = usable(zoom[0], logX) ? zoom[0] : first;
  const to = usable(zoom[1], logX) ? zoom[1] : last;
  if (from < to) return [from, to];
  if (logX) return [from / 2, from * 2];
  // One step to either side; of the greatest steps more, for they have no neighbours.
  const around = Math.max(1, Math.abs(from) * 1e-9);
  return [from - around, from + around];
}

/** All there is of x, also while a stretch of it is in view. */
export function wholeX(lines: readonly ChartLine[], logX: boolean): Range {
  const [from, to] = rangeOfX(lines, logX) ?? [0, 1];
  const firsts = lines.flatMap(({ whole }) => (whole && !(logX && whole.first <= 0) ? [whole.first] : []));
  return [Math.min(from, ...firsts), Math.max(to, ...lines.flatMap(({ whole }) => whole?.last ?? []))];
}

function rangeOfX(lines: readonly ChartLine[], logX: boolean): Range | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const { x } of lines) {
    const first = x[logX ? placeAfter(x, 0) : 0];
    if (first === undefined) continue;
    from = Math.min(from, first);
    to = Math.max(to, x.at(-1) ?? -Infinity);
  }
  return from <= to ? [from, to] : undefined;
}

export function scalesOf(box: Box, x: Range, y: Range, logX: boolean, logY: boolean): Scales {
  const along = axisOf(x, box.width, logX);
  const up = axisOf(y, box.height, logY);
  const bottom = box.top + box.height;
  return {
    box,
    x,
    y,
    logX,
    logY,
    px: (value) => box.left + along.at(value),
    py: (value) => bottom - up.at(value),
    xAt: (px) => along.value(px - box.left),
    yAt: (py) => up.value(bottom - py),
  };
}

function axisOf([from, to]: Range, length: number, log: boolean) {
  // The greatest numbers are farther apart than any number says.
  const part = Number.isFinite(to - from) ? 1 : 1 / 4;
  const place = log ? Math.log10 : (value: number): number => value * part;
  const value = log ? (at: number): number => 10 ** at : (at: number): number => at / part;
  const low = place(from);
  const span = place(to) - low;
  return {
    at: (of: number): number => ((place(of) - low) / span) * length,
    value: (at: number): number => value(low + (at / length) * span),
  };
}
