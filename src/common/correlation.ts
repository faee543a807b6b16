/** How two lists of numbers of the same length go together. */

export interface Line {
  readonly slope: number;
  readonly intercept: number;
}

/** 1 for the least; equal values share the mean of their places. */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort((a, b) => at(values, a) - at(values, b));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && at(values, at(order, to)) === at(values, at(order, from))) to++;
    for (let i = from; i < to; i++) ranks[at(order, i)] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** -1 to 1; undefined where one of the two does not vary, or nothing is there to compare. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  const { xx, yy, xy } = momentsOf(scaled(x), scaled(y));
  if (!(xx > 0 && yy > 0)) return undefined;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/** Pearson's of the ranks: whether one grows with the other, on whatever scale. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | undefined {
  return pearson(ranksOf(x), ranksOf(y));
}

/** The line with the least squares of its distances in y; undefined where x does not vary. */
export function leastSquares(x: ArrayLike<number>, y: ArrayLike<number>): Line | undefined {
  const { xx, xy, meanX, meanY } = momentsOf(x, y);
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  return xx > 0 && Number.isFinite(slope) && Number.isFinite(intercept) ? { slope, intercept } : undefined;
}

function momentsOf(x: ArrayLike<number>, y: ArrayLike<number>) {
  const [meanX, meanY] = [meanOf(x), meanOf(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    const [dx, dy] = [at(x, i) - meanX, at(y, i) - meanY];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  return { xx, yy, xy, meanX, meanY };
}

function meanOf(values: ArrayLike<number>): number {
  let mean = 0;
  for (let i = 0; i < values.length; i++) mean += (at(values, i) - mean) / (i + 1);
  return mean;
}

/** To -1…1: squares of the greatest numbers are beyond all numbers. */
function scaled(values: ArrayLike<number>): Float64Array {
  let greatest = 0;
  for (let i = 0; i < values.length; i++) greatest = Math.max(greatest, Math.abs(at(values, i)));
  return Float64Array.from(values, (value) => (greatest > 0 ? value / greatest : 0));
}

function at(values: ArrayLike<number>, i: number): number {
  return values[i] ?? NaN;
}
