/** Lines as charts take them: two arrays of the same length, x ascending; a y that is no finite number is a gap. */

export interface ChartLine {
  readonly id: string;
  readonly label: string;
  /** Place in the palette; from the ninth on the lines are dashed too. */
  readonly colour: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Points that the line has, of which those here may be a sample. */
  readonly total: number;
  /** Drawn thin behind the others: the raw values of a smoothed line. */
  readonly faint?: boolean;
}

export type Range = readonly [from: number, to: number];

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

/** The place of the point nearest to `at`; -1 in an empty line. */
export function nearest(x: Float64Array, at: number): number {
  const place = placeOf(x, at);
  if (place >= x.length) return x.length - 1;
  const before = x[place - 1];
  return before !== undefined && at - before < (x[place] ?? 0) - at ? place - 1 : place;
}

export function rangeOfX(lines: readonly ChartLine[]): Range | undefined {
  let [from, to] = [Infinity, -Infinity];
  for (const { x } of lines) {
    if (x.length === 0) continue;
    from = Math.min(from, x[0] ?? Infinity);
    to = Math.max(to, x.at(-1) ?? -Infinity);
  }
  return from <= to ? [from, to] : undefined;
}

/** An average that forgets by distance in x, so that a thinned line is smoothed as the whole one would be. */
export function smoothed(line: ChartLine, amount: number, [from, to]: Range): ChartLine {
  if (amount <= 0) return line;
  const weight = Math.min(Math.sqrt(amount), 0.999);
  const scale = 1000 / (to - from || 1);
  const y = new Float64Array(line.y.length);
  let [sum, weights, last] = [0, 0, NaN];
  for (let i = 0; i < y.length; i++) {
    const [x, value] = [line.x[i] ?? 0, line.y[i] ?? NaN];
    if (!Number.isFinite(value)) {
      y[i] = value;
      continue;
    }
    const kept = Number.isNaN(last) ? 0 : weight ** ((x - last) * scale);
    sum = sum * kept + value;
    weights = weights * kept + 1;
    last = x;
    y[i] = sum / weights;
  }
  return { ...line, y };
}

/** What a text summary and the notes below a chart say. */
export interface LineFacts {
  readonly points: number;
  readonly total: number;
  readonly finite: number;
  readonly notFinite: number;
  /** Finite, but with no place on a logarithmic axis. */
  readonly notPositive: number;
  readonly min: number;
  readonly max: number;
  readonly first: number;
  readonly last: number;
}

export function factsOf({ y, total }: ChartLine): LineFacts {
  let [finite, notPositive, min, max, first, last] = [0, 0, Infinity, -Infinity, NaN, NaN];
  for (const value of y) {
    if (!Number.isFinite(value)) continue;
    if (finite++ === 0) first = value;
    if (value <= 0) notPositive++;
    if (value < min) min = value;
    if (value > max) max = value;
    last = value;
  }
  return { points: y.length, total, finite, notFinite: y.length - finite, notPositive, min, max, first, last };
}
