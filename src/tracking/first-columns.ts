/** The columns of a table of runs before anybody chose some. */
import type { Reader } from '../database/database.ts';
import { metricRanges } from './metric-keys.ts';
import { keysOf, metricKeys, mostSuggested, sampleOf, suggestedNames, type RunKeys } from './run-columns.ts';
import type { RunPlace } from './run-scope.ts';
import type { Tree } from './run-tree.ts';

/** A first view waits for its columns, and a few hundred runs tell as well what varies most. */
const sampledRuns = 300;

/**
 * Those that tell apart the runs in sight. Children are folded at first, and where they are many their params and
 * metrics would leave the rows of their parents empty: what they alone have fills up.
 *
 * @param runs all of the place, the newest first: neither a filter nor what is unfolded later moves the columns
 */
export async function firstColumns(
  reader: Reader,
  place: RunPlace,
  runs: Uint32Array,
  tree: Tree | undefined,
): Promise<readonly string[]> {
  const ranges = await metricRanges(reader, place);
  const keysIn = async (some: Uint32Array): Promise<RunKeys> => {
    const sample = sampleOf(some, sampledRuns);
    return { params: await keysOf(reader, 'params', sample), metrics: await metricKeys(reader, ranges, sample) };
  };
  if (!tree) return suggestedNames(await keysIn(runs));
  const [top, folded] = apart(runs, tree);
  const { params, metrics } = await keysIn(top);
  const inSight = { params: present(params), metrics: present(metrics) };
  const names = suggestedNames(inSight);
  return names.length === mostSuggested ? names : suggestedNames(inSight, await keysIn(folded));
}

function apart(runs: Uint32Array, { parentOf }: Tree): [top: Uint32Array, folded: Uint32Array] {
  const top: number[] = [];
  const folded: number[] = [];
  for (const run of runs) (parentOf.has(run) ? folded : top).push(run);
  return [Uint32Array.from(top), Uint32Array.from(folded)];
}

/** All metrics of the place are listed, also those that no run of the sample has. */
function present(keys: RunKeys['params']): RunKeys['params'] {
  return keys.filter(({ runs }) => runs > 0);
}
