/** What models are made of, for tables and series alike. */
import { ranked } from '../protocol/automl-leaderboard.ts';
import { costMetrics, type Goal } from '../protocol/automl-record.ts';
import type { Combination, FinishedTrial, TrialPlan } from './problem.ts';

/** What a person names: each model once, best first; one that was named twice has the sum of its weights. */
export function inOrder({ kind, bases, weights }: Combination, goal: Goal): Combination {
  const distinct = [...new Map(bases.map((base) => [base.runId, base])).values()];
  const sorted = ranked(distinct, goal);
  if (!weights) return { kind, bases: sorted };
  const sums = new Map<string, number>();
  for (const [place, { runId }] of bases.entries()) sums.set(runId, (sums.get(runId) ?? 0) + (weights[place] ?? 0));
  return { kind, bases: sorted, weights: sorted.map(({ runId }) => sums.get(runId) ?? 0) };
}

/**
 * Those that can be fitted in so many seconds, the best, which is the first, before all; of the others what takes too long is
 * left out. None when there is no time for the best: without it they are worse together than it is alone.
 */
export function fittedWithin(trials: readonly FinishedTrial[], seconds: number): FinishedTrial[] {
  let left = seconds;
  const fitted = trials.filter(({ metrics }) => {
    const needed = metrics[costMetrics.fitSeconds] ?? 0;
    if (needed > left) return false;
    left -= needed;
    return true;
  });
  return fitted[0] === trials[0] ? fitted : [];
}

/** The best one on all rows that there are, those of the test too; a final model has been fitted to them. */
export function refitOf(best: FinishedTrial): Omit<TrialPlan, 'number'> | undefined {
  if (best.kind === 'final') return undefined;
  const { estimator, framework, params, runId } = best;
  const name = `final-${best.name.replace(/-\d+$/, '')}`;
  return { name, kind: 'final', estimator, framework, params: { ...params, refit_of: runId }, bases: [best] };
}
