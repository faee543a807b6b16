/** Models made of the models of other trials. */
import { ranked } from '../../protocol/automl-leaderboard.ts';
import type { Combination, FinishedTrial, TrialPlan } from '../problem.ts';
import { fittedWithin, inOrder } from '../combination.ts';
import { modelOf } from './models.ts';
import type { Task } from './task.ts';

/** More members cost time at each prediction and bring little. */
const mostBlended = 16;
const mostStacked = 6;
/** A linear model on top needs rows to learn from. */
const leastRowsToStack = 500;

const ensembleEstimators: ReadonlySet<string> = new Set([
  'VotingClassifier',
  'VotingRegressor',
  'StackingClassifier',
  'StackingRegressor',
]);

/** @param fitSeconds that the members of each may take to fit, together */
export function ensemblesOf(
  trials: readonly FinishedTrial[],
  task: Task,
  fitSeconds = Infinity,
): Omit<TrialPlan, 'number'>[] {
  const singles = trials.filter((trial) => !isCombined(trial.estimator) && !['baseline', 'final'].includes(trial.kind));
  const members = ranked(singles, task.context.config);
  const blended = fittedWithin(inTurn(members), fitSeconds).slice(0, mostBlended);
  const stacked = fittedWithin(inTurn(members, 1), fitSeconds).slice(0, mostStacked);
  const plans: Omit<TrialPlan, 'number'>[] = [];
  if (blended.length >= 2) plans.push(ensemble('blend', blended, task));
  if (stacked.length >= 2 && task.rows >= leastRowsToStack) plans.push(ensemble('stack', stacked, task));
  return plans;
}

function ensemble(kind: 'blend' | 'stack', bases: readonly FinishedTrial[], task: Task): Omit<TrialPlan, 'number'> {
  const ending = task.kind === 'regression' ? 'Regressor' : 'Classifier';
  return {
    name: kind,
    kind,
    estimator: `${kind === 'blend' ? 'Voting' : 'Stacking'}${ending}`,
    framework: 'sklearn',
    params: { members: bases.map(({ name }) => name).join(', ') },
    bases,
  };
}

/** @throws RangeError for models that cannot be combined so */
export function combinedPlanOf(named: Combination, task: Task): Omit<TrialPlan, 'number'> {
  const { kind, bases, weights } = inOrder(named, task.context.config);
  const wrong = bases.find(({ estimator, kind: made }) => isCombined(estimator) || made === 'final');
  if (wrong) throw new RangeError(`${wrong.name} is made of other models: name these instead.`);
  if (bases.length < 2) throw new RangeError(`a ${kind} takes two models or more.`);
  if (kind === 'stack') return ensemble('stack', bases, task);
  const used = bases.filter((_, place) => weights?.[place] !== 0);
  const plan = ensemble('blend', used, task);
  if (weights === undefined) return plan;
  return { ...plan, params: { ...plan.params, weights: weights.filter((weight) => weight !== 0).join(', ') } };
}

/** Whether it is made of the models of other trials. */
export function isCombined(estimator: string): boolean {
  return ensembleEstimators.has(estimator);
}

export function frameworkOf(estimator: string): FinishedTrial['framework'] {
  return isCombined(estimator) ? 'sklearn' : modelOf(estimator).framework;
}

/**
 * The best of each learner, then the second best of each, and so on: learners that err differently gain more from each
 * other than the better ones of a kind.
 */
function inTurn(trials: readonly FinishedTrial[], most = Infinity): FinishedTrial[] {
  const places = new Map<FinishedTrial, number>();
  const seen = new Map<string, number>();
  for (const trial of trials) {
    const place = seen.get(trial.estimator) ?? 0;
    seen.set(trial.estimator, place + 1);
    places.set(trial, place);
  }
  const placeOf = (trial: FinishedTrial): number => places.get(trial) ?? 0;
  return trials.filter((trial) => placeOf(trial) < most).toSorted((a, b) => placeOf(a) - placeOf(b));
}
