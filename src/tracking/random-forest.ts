/**
 * A forest of regression trees, and what each feature adds to what it can tell of rows that a tree has not seen: the
 * rise of the error when the feature's values are dealt out anew among them. The same seed gives the same forest.
 */
import { askedFor, predict, TreeGrower, type Feature } from './regression-tree.ts';

export interface ForestResult {
  /** Of each feature, 0 to 1: the share of the target's variance that goes with it. */
  readonly importances: readonly number[];
  /** R² on rows that the trees have not seen; below 0 where the forest knows nothing. */
  readonly explained: number;
}

const mostTrees = 60;
const leastTrees = 20;
/** Cells of the table that are looked at by all trees: half a second. */
const work = 2_000_000;

/** @param target a number for each row, all finite */
export function forestOf(features: readonly Feature[], target: Float64Array, seed = 1): ForestResult {
  const below = randomBelow(seed);
  const rows = target.length;
  const variance = varianceOf(target);
  const rises = features.map(() => 0);
  if (!(variance > 0)) return { importances: rises, explained: 0 };
  const [sums, counts] = [new Float64Array(rows), new Uint32Array(rows)];
  const trees = Math.max(leastTrees, Math.min(mostTrees, Math.round(work / (rows * Math.max(1, features.length)))));
  const grower = new TreeGrower(features, target, below);
  for (let i = 0; i < trees; i++) {
    const drawn = Uint32Array.from({ length: rows }, () => below(rows));
    const tree = grower.grow(drawn);
    const seen = new Set(drawn);
    const unseen = Uint32Array.from({ length: rows }, (_, row) => row).filter((row) => !seen.has(row));
    // A feature matters only to the rows that are asked for it.
    const asked = features.map((): number[] => []);
    for (const row of unseen) {
      sums[row] = (sums[row] ?? 0) + predict(tree, features, row);
      counts[row] = (counts[row] ?? 0) + 1;
      for (const feature of askedFor(tree, features, row)) asked[feature]?.push(row);
    }
    const error = (row: number, dealt?: { feature: number; row: number }): number =>
      (predict(tree, features, row, dealt) - (target[row] ?? 0)) ** 2;
    asked.forEach((rowsAsked, feature) => {
      let rise = 0;
      for (const row of rowsAsked) {
        rise += error(row, { feature, row: unseen[below(unseen.length)] ?? 0 }) - error(row);
      }
      rises[feature] = (rises[feature] ?? 0) + rise / Math.max(1, unseen.length) / (2 * variance * trees);
    });
  }
  return {
    importances: rises.map((rise) => Math.max(0, Math.min(1, rise))),
    explained: explainedBy(sums, counts, target),
  };
}

function explainedBy(sums: Float64Array, counts: Uint32Array, target: Float64Array): number {
  const told = Uint32Array.from(counts.keys()).filter((row) => (counts[row] ?? 0) > 0);
  const variance = varianceOf(Float64Array.from(told, (row) => target[row] ?? 0));
  let error = 0;
  for (const row of told) error += ((sums[row] ?? 0) / (counts[row] ?? 1) - (target[row] ?? 0)) ** 2;
  return variance > 0 ? 1 - error / told.length / variance : 0;
}

function varianceOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** Marsaglia's xorshift: whole numbers from 0 up to but not including `end`. */
function randomBelow(seed: number): (end: number) => number {
  let state = seed | 1;
  return (end) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return Math.floor(((state >>> 0) / 2 ** 32) * end);
  };
}
