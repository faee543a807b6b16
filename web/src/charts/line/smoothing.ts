/**
 * Three ways to smooth a line. All go by distance in x, measured by the whole line: a thinned line is smoothed nearly as
 * the whole one would be, and a stretch of it exactly so, as long as the points within reach around it are there.
 */
import type { Extent } from '../../api/run.ts';
import type { ChartLine } from './line-data.ts';

export const smoothers = ['ema', 'gauss', 'mean'] as const;
export type Smoother = (typeof smoothers)[number];

export interface Smoothing {
  readonly by: Smoother;
  /** Of an exponential average its weight, 0 to 0.99; else points: the width of the mean, the sigma of the bell. */
  readonly amount: number;
}

/** What the slider offers where the amount is a number of points. */
export const widths = [0, 3, 5, 7, 11, 15, 21, 31, 51, 71, 101, 151, 201, 301, 501, 701, 1001] as const;

/** The smoothed line with its raw values behind it. */
export function smoothed(line: ChartLine, smoothing: Smoothing): ChartLine {
  if (smoothing.amount <= 0) return line;
  const smooth = (y: Float64Array): Float64Array => smoothedValues({ ...line, y }, smoothing);
  const { y, band } = line;
  return { ...line, y: smooth(y), raw: y, ...(band && { band: { low: smooth(band.low), high: smooth(band.high) } }) };
}

/** Of what is left out beyond it, less than a ten thousandth would be seen. */
const forgotten = 1e-4;

/** How far around a point smoothing looks: by a share of the whole x, or by points. */
export function reachOf({ by, amount }: Smoothing): { share: number; points: number } {
  if (amount <= 0) return { share: 0, points: 0 };
  if (by === 'ema') return { share: Math.log(forgotten) / Math.log(keptOf(amount)) / parts, points: 0 };
  return { share: 0, points: by === 'mean' ? amount / 2 : reach * amount };
}

function smoothedValues(line: ChartLine, { by, amount }: Smoothing): Float64Array {
  const whole = extentOf(line);
  if (by === 'ema') return averaged(line, amount, whole);
  const spacing = spacingOf(whole);
  return by === 'mean' ? around(line, (amount * spacing) / 2, level) : around(line, reach * amount * spacing, bell);
}

function extentOf({ whole, x, total }: ChartLine): Extent {
  return whole ?? { first: x[0] ?? 0, last: x.at(-1) ?? 0, points: total };
}

/** The mean distance of two neighbours in the whole line. */
function spacingOf({ first, last, points }: Extent): number {
  return points < 2 ? 0 : (last - first) / (points - 1);
}

/** An average forgets by thousandths of the whole line, as if it had a thousand points. */
const parts = 1000;

function keptOf(amount: number): number {
  return Math.min(Math.sqrt(amount), 0.999);
}

/** An average that forgets. Its first value is the line's: the weights are of what was there. */
function averaged({ x, y }: ChartLine, amount: number, { first, last: end }: Extent): Float64Array {
  const weight = keptOf(amount);
  const scale = parts / (end - first || 1);
  let [mean, weights, last] = [0, 0, NaN];
  return y.map((value, i) => {
    if (!Number.isFinite(value)) return value;
    const at = x[i] ?? 0;
    const kept = Number.isNaN(last) ? 0 : weight ** ((at - last) * scale);
    weights = weights * kept + 1;
    last = at;
    return (mean += (value - mean) / weights);
  });
}

const steps = 1024;
/** A bell curve reaches to four sigmas. */
const reach = 4;
// Weights by distance from the middle to the reach are looked up, since they are needed a million times.
const bell = Float64Array.from({ length: steps + 1 }, (_, i) => Math.exp(-(((i * reach) / steps) ** 2) / 2));
const level = new Float64Array(steps + 1).fill(1);

/** The weighted mean of the points within a distance to either side; gaps stay gaps. */
function around({ x, y }: ChartLine, distance: number, weights: Float64Array): Float64Array {
  if (distance === 0) return y;
  // What is as far as the reach belongs to it, whatever the last digit says.
  const edge = distance * (1 + 1e-9);
  let from = 0;
  return y.map((value, i) => {
    if (!Number.isFinite(value)) return value;
    const at = x[i] ?? 0;
    while (at - (x[from] ?? 0) > edge) from++;
    let [sum, whole] = [0, 0];
    for (let k = from; k < y.length; k++) {
      const away = Math.abs((x[k] ?? 0) - at);
      if (away > edge) break;
      const near = y[k] ?? NaN;
      if (!Number.isFinite(near)) continue;
      const weight = weights[Math.round((away / edge) * steps)] ?? 0;
      // What it is away from this value: a level line stays exactly level, where sums would draw their rounding.
      sum += weight * (near - value);
      whole += weight;
    }
    return value + sum / whole;
  });
}
