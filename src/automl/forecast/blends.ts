/** Forecasts of several models, taken together. */
import { ranked } from '../../protocol/automl-leaderboard.ts';
import { fittedWithin, inOrder } from '../combination.ts';
import type { Combination, FinishedTrial, ProblemKind, SearchContext, TrialPlan } from '../problem.ts';

type Draft = Omit<TrialPlan, 'number'>;

export const blendEstimator = 'MedianForecast';

/** Trials whose error is larger than the best one's by this factor bring more error than they take away. */
const near = 1.2;
/** Seconds of fits that there is always time for: a blend of forecasts itself fits nothing. */
const always = 5;
/** A median needs no more. */
const most = 5;

/**
 * The median of the best trial of each method, of those that come near the best of all. What is best at the few cutoffs of a
 * backtest, and weights that do best there, are so by chance: from 119 cutoffs of seven sets the median lost 5 % less.
 */
export const blends: ProblemKind['ensembles'] = (trials, context, fitSeconds = Infinity) => {
  const bases = ofEachMethod(trials, context, fitSeconds);
  const [best] = bases;
  return best && bases.length > 1 ? [blendOf(bases, best.framework)] : [];
};

/** Of trials that a person names. @throws RangeError for what is not combined so */
export function namedBlend(named: Combination, { config }: SearchContext): Draft {
  const { kind, bases, weights } = inOrder(named, config);
  if (kind === 'stack') throw new RangeError('forecasts are blended, not stacked.');
  if (weights) throw new RangeError('a blend of forecasts is their median, which has no weights.');
  const wrong = bases.find(({ kind: made }) => made === 'blend' || made === 'final');
  if (wrong) throw new RangeError(`${wrong.name} is made of other models: name these instead.`);
  const [best, second] = bases;
  if (!best || !second) throw new RangeError('a blend takes two models or more.');
  return blendOf(bases, best.framework);
}

function blendOf(bases: readonly FinishedTrial[], framework: FinishedTrial['framework']): Draft {
  const params = { members: bases.map((base) => base.name).join(', ') };
  return { name: 'blend', kind: 'blend', estimator: blendEstimator, framework, params, bases };
}

/** Best first: methods that err in different ways are worth more together than one method twice. */
function ofEachMethod(
  trials: readonly FinishedTrial[],
  { config }: SearchContext,
  fitSeconds: number,
): readonly FinishedTrial[] {
  const singles = ranked(
    trials.filter(({ kind, validation }) => kind !== 'blend' && kind !== 'final' && Number.isFinite(validation)),
    config,
  );
  const largest = (singles[0]?.validation ?? 0) * near;
  const chosen = singles.filter(
    ({ estimator, validation }, place) =>
      validation <= largest && singles.findIndex((other) => other.estimator === estimator) === place,
  );
  return fittedWithin(chosen.slice(0, most), Math.max(fitSeconds, always));
}
