/** What the line of a trial says of its place. */
import { isBetter, ranked, type ScoredTrial } from '../../protocol/automl-leaderboard.ts';
import { isEnsemble, type Goal } from '../../protocol/automl-record.ts';

/**
 * Why the one that has just ended stands first, where it does: not always by its score, as `ranked` says.
 *
 * @param trials all that have ended, it among them
 */
export function standing(ended: ScoredTrial, trials: readonly ScoredTrial[], goal: Goal): string {
  const [first] = ranked(trials, goal);
  if (first !== ended) return '';
  const [better] = trials
    .filter(({ validation }) => isBetter(validation, ended.validation, goal))
    .toSorted((a, b) => (isBetter(a.validation, b.validation, goal) ? -1 : 1));
  if (!better) return ', the best so far';
  const base = trials.find(({ runId }) => runId === ended.params['refit_of']) ?? ended;
  if (isEnsemble(base.kind)) {
    return `, ranked first: an ensemble this near ${better.name} tends to be better on new data`;
  }
  return ended.kind === 'final' ? `, ranked first: it is near ${better.name} and knows the latest steps` : '';
}
