/** What boxes, violins, histograms and whiskers are made of. All take finite numbers only. */

/** Between the two nearest values, as numpy's `quantile` does by default. @param sorted ascending */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const low = sorted[Math.floor(at)] ?? NaN;
  const high = sorted[Math.ceil(at)] ?? NaN;
  const share = at - Math.floor(at);
  // Weighed, not low + (high - low) * share: the greatest numbers are farther apart than any number says.
  return low === high ? low : low * (1 - share) + high * share;
}

export function ascending(values: readonly number[]): number[] {
  return [...Float64Array.from(values).sort()];
}

export interface Moments {
  readonly mean: number;
  /** Of a sample; 0 for a single value. */
  readonly deviation: number;
}

/** One pass, and precise where the values differ little from each other. */
export function momentsOf(values: readonly number[]): Moments {
  let [mean, squares] = [0, 0];
  for (const [i, value] of values.entries()) {
    const off = value - mean;
    mean += off / (i + 1);
    squares += off * (value - mean);
  }
  if (values.length === 0) return { mean: NaN, deviation: NaN };
  return { mean, deviation: values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)) };
}

/** A box as Tukey drew it. */
export interface BoxFigures {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  /** The outermost values within one and a half boxes of the box. */
  readonly whiskers: readonly [low: number, high: number];
}

/** @param sorted ascending, at least one */
export function boxOf(sorted: readonly number[]): BoxFigures {
  const [low, median, high] = [quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75)];
  const reach = (high - low) * 1.5;
  const from = sorted.find((value) => value >= low - reach) ?? low;
  const to = sorted.findLast((value) => value <= high + reach) ?? high;
  return { median, low, high, whiskers: [Math.min(from, low), Math.max(to, high)] };
}

/** Silverman's rule of thumb, which a few far values do not widen. @param sorted ascending */
export function bandwidthOf(sorted: readonly number[]): number {
  const { deviation } = momentsOf(sorted);
  const middle = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  const spread = (middle > 0 ? Math.min(deviation, middle) : deviation) || Math.abs(sorted[0] ?? 0) * 0.01 || 1;
  return 0.9 * spread * sorted.length ** -0.2;
}

/** How dense the values lie at each of `places`: a Gaussian around every value, all together 1. */
export function densityAt(places: readonly number[], values: readonly number[], bandwidth: number): number[] {
  const scale = 1 / (values.length * bandwidth * Math.sqrt(2 * Math.PI));
  return places.map((place) => {
    let sum = 0;
    for (const value of values) sum += Math.exp(-0.5 * ((place - value) / bandwidth) ** 2);
    return sum * scale;
  });
}

const mostBins = 60;

/** The edges of bins as wide as Freedman and Diaconis found best, Sturges' where half of the values are equal. */
export function binEdges(sorted: readonly number[], wanted?: number): number[] {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  if (first === last) {
    const around = Math.abs(first) * 0.05 || 0.5;
    return [first - around, first + around];
  }
  const middle = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const width = (2 * middle) / Math.cbrt(sorted.length);
  const found = width > 0 ? (last - first) / width : Math.log2(sorted.length) + 1;
  const bins = Math.max(1, Math.min(mostBins, Math.ceil(wanted ?? found)));
  return Array.from({ length: bins + 1 }, (_, i) => (i === bins ? last : first * (1 - i / bins) + last * (i / bins)));
}

/** The bin of a value; its upper edge belongs to the next one, that of the last bin to itself. -1: in none. */
export function binOf(edges: readonly number[], value: number): number {
  if (!(value >= (edges[0] ?? NaN) && value <= (edges.at(-1) ?? NaN))) return -1;
  let [low, high] = [0, edges.length - 1];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}
