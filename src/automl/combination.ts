/** What a person names to be combined, in the order of what an engine would combine. */
import { ranked } from '../protocol/automl-leaderboard.ts';
import type { Goal } from '../protocol/automl-record.ts';
import type { Combination } from './problem.ts';

/** Each model once, best first; one that was named twice has the sum of its weights. */
export function inOrder({ kind, bases, weights }: Combination, goal: Goal): Combination {
  const distinct = [...new Map(bases.map((base) => [base.runId, base])).values()];
  const sorted = ranked(distinct, goal);
  if (!weights) return { kind, bases: sorted };
  const sums = new Map<string, number>();
  for (const [place, { runId }] of bases.entries()) sums.set(runId, (sums.get(runId) ?? 0) + (weights[place] ?? 0));
  return { kind, bases: sorted, weights: sorted.map(({ runId }) => sums.get(runId) ?? 0) };
}
