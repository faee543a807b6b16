/** Bagging and boosting: one learner many times. */
import type { FinishedTrial, Repetition, TrialPlan } from '../problem.ts';
import type { Task } from './task.ts';

const repeaters: Readonly<
  Record<Repetition, { readonly name: string; readonly stem: string; readonly about: string }>
> = {
  bagging: { name: 'bagging', stem: 'Bagging', about: 'each fitted to a sample of the rows' },
  boosting: { name: 'ada-boost', stem: 'AdaBoost', about: 'each fitted to what those before got wrong' },
};

/** Its base is the trial of the one learner. */
export function repeatedPlanOf(
  base: FinishedTrial,
  how: Repetition,
  count: number,
  task: Task,
): Omit<TrialPlan, 'number'> {
  const { name, stem } = repeaters[how];
  const estimator = `${stem}${task.kind === 'regression' ? 'Regressor' : 'Classifier'}`;
  const params = { n_estimators: count };
  // What it needs to be loaded is what the learner needs.
  return { name, kind: 'search', framework: base.framework, estimator, params, bases: [base] };
}

/** What makes many of a learner, as the cell of the model has it. */
export interface Repeater {
  /** Of `sklearn.ensemble`. */
  readonly estimator: string;
  /** How the many differ. */
  readonly about: string;
  readonly count: number;
}

/** Undefined for the plan of a single learner. */
export function repeaterOf({ estimator, params }: TrialPlan): Repeater | undefined {
  const found = Object.values(repeaters).find(({ stem }) => estimator.startsWith(stem));
  return found && { estimator, about: found.about, count: Number(params['n_estimators']) };
}
