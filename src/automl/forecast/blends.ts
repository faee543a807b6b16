/** Forecasts of several models, taken together. */
import { isBetter } from '../../protocol/automl-leaderboard.ts';
import type { FinishedTrial, ProblemKind, SearchContext } from '../problem.ts';

export const blendEstimator = 'MeanForecast';

/** Trials whose error is larger than the best one's by this factor bring more error than they take away. */
const near = 1.2;

/** A weighted mean of the best trial of each method, of those that come near the best of all. */
export const blends: ProblemKind['ensembles'] = (trials, context) => {
  const bases = ofEachMethod(trials, context);
  const [best] = bases;
  if (!best || bases.length < 2) return [];
  const params = { members: bases.map((base) => base.name).join(', ') };
  return [{ name: 'blend', kind: 'blend', estimator: blendEstimator, framework: best.framework, params, bases }];
};

/** Best first: methods that err in different ways are worth more together than one method twice. */
function ofEachMethod(trials: readonly FinishedTrial[], { config }: SearchContext): FinishedTrial[] {
  const ranked = trials
    .filter(({ kind, validation }) => kind !== 'blend' && kind !== 'final' && Number.isFinite(validation))
    .toSorted((a, b) => (isBetter(a.validation, b.validation, config) ? -1 : 1));
  const least = (ranked[0]?.validation ?? 0) * near;
  return ranked.filter(
    ({ estimator, validation }, place) =>
      validation <= least && ranked.findIndex((other) => other.estimator === estimator) === place,
  );
}
