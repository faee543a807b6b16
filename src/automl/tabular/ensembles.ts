/** Models made of the models of other trials. */
import { greaterIsBetter } from '../../protocol/automl-config.ts';
import type { FinishedTrial, SearchContext, TrialPlan } from '../problem.ts';
import { modelOf } from './models.ts';
import type { Task } from './task.ts';

/** More members cost time at each prediction and bring little. */
const mostBlended = 16;
const mostStacked = 6;
/** A linear model on top needs rows to learn from. */
const leastRowsToStack = 300;

const ensembleEstimators: ReadonlySet<string> = new Set([
  'VotingClassifier',
  'VotingRegressor',
  'StackingClassifier',
  'StackingRegressor',
]);

export function ensemblesOf(trials: readonly FinishedTrial[], task: Task): Omit<TrialPlan, 'number'>[] {
  const members = ranked(trials, task.context).filter(
    (trial) => !ensembleEstimators.has(trial.estimator) && !['baseline', 'final'].includes(trial.kind),
  );
  const blended = inTurn(members).slice(0, mostBlended);
  const stacked = inTurn(members, 1).slice(0, mostStacked);
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

/** The best one on all rows that there are, those of the test too. */
export function finalPlanOf(best: FinishedTrial): Omit<TrialPlan, 'number'> {
  const { estimator, framework, params, runId } = best;
  return { name: 'final', kind: 'final', estimator, framework, params: { ...params, refit_of: runId }, bases: [best] };
}

export function frameworkOf(estimator: string): FinishedTrial['framework'] {
  return ensembleEstimators.has(estimator) ? 'sklearn' : modelOf(estimator).framework;
}

function ranked(trials: readonly FinishedTrial[], { config }: SearchContext): FinishedTrial[] {
  const sign = greaterIsBetter.has(config.primary_metric) ? -1 : 1;
  return trials.toSorted((a, b) => sign * (a.validation - b.validation));
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
