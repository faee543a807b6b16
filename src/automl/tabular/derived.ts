/** Models that are made of one trial: its learner many times, its probabilities calibrated, another threshold. */
import type { Derivation, FinishedTrial, TrialPlan } from '../problem.ts';
import { isCombined } from './ensembles.ts';
import { innerFolds, innerFoldsImport } from './inner-folds.ts';
import type { Task } from './task.ts';

/** What a learner is put into, as the cell of the model has it. */
export interface Around {
  /** How the learner is made more of, as a comment. */
  readonly about: string;
  readonly estimator: string;
  readonly imports: readonly string[];
  /** Arguments after the learner. */
  readonly options: string;
}

export const thresholdEstimator = 'FixedThresholdClassifier';
const calibrator = 'CalibratedClassifierCV';
const repeaters = {
  bagging: { name: 'bagging', stem: 'Bagging', about: 'each fitted to a sample of the rows' },
  boosting: { name: 'ada-boost', stem: 'AdaBoost', about: 'each fitted to what those before got wrong' },
} as const;

/** @throws RangeError for what makes no sense of this trial */
export function derivedPlanOf(base: FinishedTrial, how: Derivation, task: Task): Omit<TrialPlan, 'number'> {
  if (base.kind === 'final')
    throw new RangeError(`${base.name} is fitted to all rows: name the trial that it is made of.`);
  // What it needs to be loaded is what the learner needs.
  const plan = { kind: 'search', framework: base.framework, bases: [base] } as const;
  if (how.kind === 'threshold') {
    if (task.kind !== 'binary') throw new RangeError('a threshold is chosen for two classes.');
    return { ...plan, name: 'threshold', estimator: thresholdEstimator, params: { optimize: how.metric } };
  }
  if (isDerived(base) || isCombined(base.estimator)) {
    throw new RangeError(`${base.name} is made of other models: this takes the model of a single learner.`);
  }
  if (how.kind === 'calibration') {
    if (task.kind === 'regression') throw new RangeError('probabilities are calibrated, and numbers have none.');
    return { ...plan, name: 'calibrated', estimator: calibrator, params: { calibration: how.method } };
  }
  const { name, stem } = repeaters[how.kind];
  const estimator = `${stem}${task.kind === 'regression' ? 'Regressor' : 'Classifier'}`;
  return { ...plan, name, estimator, params: { n_estimators: how.count } };
}

/** Undefined for the plan of a single learner. */
export function aroundOf({ estimator, params }: TrialPlan, task: Task): Around | undefined {
  if (estimator === calibrator) {
    const options = `method="${String(params['calibration'])}", cv=${innerFolds(5, task)}, ensemble=False`;
    const imports = [`sklearn.calibration:${calibrator}`, innerFoldsImport];
    return { about: 'Its probabilities are corrected.', estimator, imports, options };
  }
  const found = repeaterOf(estimator);
  if (!found) return undefined;
  const count = Number(params['n_estimators']);
  const options = `n_estimators=${count}, random_state=SEED`;
  return { about: `${count} of it, ${found.about}.`, estimator, imports: [`sklearn.ensemble:${estimator}`], options };
}

function repeaterOf(estimator: string) {
  return Object.values(repeaters).find(({ stem }) => estimator.startsWith(stem));
}

function isDerived({ estimator }: FinishedTrial): boolean {
  return [thresholdEstimator, calibrator].includes(estimator) || repeaterOf(estimator) !== undefined;
}
