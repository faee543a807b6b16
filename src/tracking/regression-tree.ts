/** One tree of a forest: cuts rows in two where both sides are most alike in themselves, again and again. */

/** One column of the table, as small numbers. */
export interface Feature {
  /** Of each row; below `bins`, of which there are at most 64. */
  readonly codes: Uint8Array;
  readonly bins: number;
  /** Whether neighbouring bins are alike, as those of numbers are. */
  readonly ordered: boolean;
}

export type Node = { readonly value: number } | Fork;

interface Fork {
  readonly feature: number;
  /** 1 for each bin that goes left. */
  readonly goesLeft: Uint8Array;
  readonly left: Node;
  readonly right: Node;
}

const leastLeaf = 3;
const deepest = 24;

/** @param dealt a feature, and the row whose value of it counts in the place of the own */
export function predict(
  tree: Node,
  features: readonly Feature[],
  row: number,
  dealt?: { readonly feature: number; readonly row: number },
): number {
  let node = tree;
  while ('feature' in node) node = next(node, features, dealt?.feature === node.feature ? dealt.row : row);
  return node.value;
}

/** The features that a row is asked for. */
export function askedFor(tree: Node, features: readonly Feature[], row: number): Set<number> {
  const asked = new Set<number>();
  let node = tree;
  while ('feature' in node) {
    asked.add(node.feature);
    node = next(node, features, row);
  }
  return asked;
}

function next({ feature, goesLeft, left, right }: Fork, features: readonly Feature[], row: number): Node {
  return goesLeft[features[feature]?.codes[row] ?? 0] === 1 ? left : right;
}

export class TreeGrower {
  readonly #features: readonly Feature[];
  readonly #target: Float64Array;
  readonly #below: (end: number) => number;
  /** Features looked at for a split: with a part of them, trees differ, and what is second best shows too. */
  readonly #tried: number;
  readonly #order: Uint32Array;

  constructor(features: readonly Feature[], target: Float64Array, below: (end: number) => number) {
    this.#features = features;
    this.#target = target;
    this.#below = below;
    this.#tried = Math.max(Math.min(3, features.length), Math.ceil(features.length / 3));
    this.#order = Uint32Array.from({ length: features.length }, (_, i) => i);
  }

  grow(rows: Uint32Array, depth = 0): Node {
    const split = rows.length >= 2 * leastLeaf && depth < deepest ? this.#bestSplit(rows) : undefined;
    if (!split) return { value: sumOf(this.#target, rows) / rows.length };
    const { feature, goesLeft } = split;
    const isLeft = (row: number): boolean => goesLeft[this.#features[feature]?.codes[row] ?? 0] === 1;
    return {
      feature,
      goesLeft,
      left: this.grow(rows.filter(isLeft), depth + 1),
      right: this.grow(
        rows.filter((row) => !isLeft(row)),
        depth + 1,
      ),
    };
  }

  #bestSplit(rows: Uint32Array): { feature: number; goesLeft: Uint8Array } | undefined {
    const sum = sumOf(this.#target, rows);
    let best: { feature: number; goesLeft: Uint8Array; gain: number } | undefined;
    for (let i = 0, looked = 0; i < this.#order.length && looked < this.#tried; i++) {
      const feature = this.#draw(i);
      const found = splitOf(this.#features[feature], this.#target, rows, sum);
      // A feature that is the same in all of these rows does not count as looked at.
      if (!found) continue;
      looked++;
      if (found.gain > (best?.gain ?? 0)) best = { feature, ...found };
    }
    return best;
  }

  /** The i-th feature of a shuffle that is made as far as it is needed. */
  #draw(i: number): number {
    const order = this.#order;
    const other = i + this.#below(order.length - i);
    const drawn = order[other] ?? 0;
    order[other] = order[i] ?? 0;
    order[i] = drawn;
    return drawn;
  }
}

/** Of the bins of one feature; kept, as they are needed a hundred thousand times. */
const [counts, sums, countedIn] = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];
let count = 0;

/** Where to cut one feature so that both sides are most alike in themselves. */
function splitOf(
  feature: Feature | undefined,
  target: Float64Array,
  rows: Uint32Array,
  sum: number,
): { goesLeft: Uint8Array; gain: number } | undefined {
  if (!feature) return undefined;
  const { codes, bins, ordered } = feature;
  // Most nodes have few rows: only the bins of these are looked at.
  const present: number[] = [];
  count++;
  for (const row of rows) {
    const bin = codes[row] ?? 0;
    if (countedIn[bin] !== count) {
      present.push(bin);
      counts[bin] = sums[bin] = 0;
      countedIn[bin] = count;
    }
    counts[bin] = (counts[bin] ?? 0) + 1;
    sums[bin] = (sums[bin] ?? 0) + (target[row] ?? 0);
  }
  if (present.length < 2) return undefined;
  const mean = (bin: number): number => (sums[bin] ?? 0) / (counts[bin] ?? 1);
  // In the order of their means, the best two groups of categories are neighbours.
  present.sort(ordered ? (a, b) => a - b : (a, b) => mean(a) - mean(b));
  const all = rows.length;
  let [leftCount, leftSum, bestGain, bestEnd, bestCount] = [0, 0, 0, 0, 0];
  for (let i = 0; i < present.length - 1; i++) {
    leftCount += counts[present[i] ?? 0] ?? 0;
    leftSum += sums[present[i] ?? 0] ?? 0;
    if (leftCount < leastLeaf || all - leftCount < leastLeaf) continue;
    const gain = leftSum ** 2 / leftCount + (sum - leftSum) ** 2 / (all - leftCount) - sum ** 2 / all;
    if (gain > bestGain) [bestGain, bestEnd, bestCount] = [gain, i + 1, leftCount];
  }
  const goesLeft = new Uint8Array(bins);
  // Bins that none of these rows has: numbers go where their neighbours are, categories where most rows are.
  if (ordered) goesLeft.fill(1, 0, Math.ceil(((present[bestEnd - 1] ?? 0) + (present[bestEnd] ?? 0)) / 2));
  else if (bestCount * 2 > all) goesLeft.fill(1);
  present.forEach((bin, i) => {
    goesLeft[bin] = i < bestEnd ? 1 : 0;
  });
  return { goesLeft, gain: bestGain };
}

function sumOf(target: Float64Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) sum += target[row] ?? 0;
  return sum;
}
