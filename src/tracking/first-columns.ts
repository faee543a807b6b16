/** The columns of a table of runs before anybody chose some. */
import type { Reader } from '../database/database.ts';
import { metricRanges } from './metric-keys.ts';
import {
  columnNames,
  isSuggested,
  keysOf,
  metricKeys,
  mostSuggested,
  sampleOf,
  suggestedNames,
  varies,
  type RunKeys,
} from './run-columns.ts';
import type { RunPlace } from './run-scope.ts';
import type { Tree } from './run-tree.ts';

/** A first view waits for its columns, and a few hundred runs tell as well what varies most. */
const sampledRuns = 300;
/** Of params and of metrics each. */
const fewOwn = 2;

/**
 * Those that tell apart the runs in sight. Children are folded at first, and where they are many their params and
 * metrics would leave the rows of their parents empty: what varies among them fills up. Where nothing varies in sight,
 * as with one grid search, a few of the parents' own go before it.
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
    const alone = tree !== undefined && sample.length === some.length;
    return {
      params: await keysOf(reader, 'params', sample),
      metrics: await metricKeys(reader, ranges, sample, alone),
    };
  };
  if (!tree) return suggestedNames(await keysIn(runs));
  const [top, folded] = apart(runs, tree);
  const inSight = present(await keysIn(top));
  const telling = varying(inSight);
  const names = columnNames(telling);
  if (names.length === mostSuggested) return names;
  const own = {
    params: telling.params.length > 0 ? [] : inSight.params.slice(0, fewOwn),
    metrics: telling.metrics.length > 0 ? [] : inSight.metrics.filter(isSuggested).slice(0, fewOwn),
  };
  return columnNames(telling, own, varying(await keysIn(folded)), inSight);
}

function apart(runs: Uint32Array, { parentOf }: Tree): [top: Uint32Array, folded: Uint32Array] {
  const top: number[] = [];
  const folded: number[] = [];
  for (const run of runs) (parentOf.has(run) ? folded : top).push(run);
  return [Uint32Array.from(top), Uint32Array.from(folded)];
}

function varying({ params, metrics }: RunKeys): RunKeys {
  return { params: params.filter(varies), metrics: metrics.filter(varies) };
}

/** All metrics of the place are listed, also those that no run of the sample has. */
function present({ params, metrics }: RunKeys): RunKeys {
  return { params, metrics: metrics.filter(({ runs }) => runs > 0) };
}
