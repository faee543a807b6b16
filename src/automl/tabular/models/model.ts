import type { AutomlFramework } from '../../../protocol/automl-config.ts';
import type { Range } from '../../worker/worker.ts';
import { innerFolds, innerFoldsImport } from '../inner-folds.ts';
import type { Task } from '../task.ts';

interface Wrapper {
  /** Why, as a comment. */
  readonly about: string;
  readonly code: (learner: string, name: string, task: Task) => string;
  readonly imports: readonly string[];
}

export const wrappers = {
  anyLabels: {
    about: 'Of one member, and takes labels of any kind.',
    code: (learner, name) => `VotingClassifier([("${name}", ${learner})], voting="soft")`,
    imports: ['sklearn.ensemble:VotingClassifier'],
  },
  probabilities: {
    about: 'Distances from the border become probabilities.',
    code: (learner, _, task) => `CalibratedClassifierCV(
    ${learner}, method="temperature", cv=${innerFolds(3, task)}, ensemble=False
)`,
    imports: ['sklearn.calibration:CalibratedClassifierCV', innerFoldsImport],
  },
  logTarget: {
    about: 'Learns the logarithm of the target: errors in percent count alike.',
    code: (learner) => `TransformedTargetRegressor(${learner}, func=np.log, inverse_func=np.exp)`,
    imports: ['sklearn.compose:TransformedTargetRegressor'],
  },
  scaledTarget: {
    about: 'Learns the target in units of its deviation.',
    code: (learner) => `TransformedTargetRegressor(${learner}, transformer=StandardScaler())`,
    imports: ['sklearn.compose:TransformedTargetRegressor', 'sklearn.preprocessing:StandardScaler'],
  },
} as const satisfies Readonly<Record<string, Wrapper>>;

/**
 * - `scaled`: filled, scaled, a column for each category; numbers as a normal distribution (`quantile`), or as curves
 *   (`splines`)
 * - `plain`: as they are, categories numbered; `one-hot`: with a column for each category
 */
export const featureWays = ['scaled', 'quantile', 'splines', 'plain', 'one-hot'] as const;
export type FeatureWay = (typeof featureWays)[number];

export interface Model {
  /** Name of the class. */
  readonly estimator: string;
  readonly module: string;
  readonly problem: 'classification' | 'regression';
  readonly framework: AutomlFramework;
  /** How columns are made ready, where the hyperparameter `features` does not say so. */
  readonly features: FeatureWay;
  /** What it is and when it does well: a sentence or two. */
  readonly about: string;
  readonly link: string;
  /** Arguments that are always given, as Python code. */
  readonly fixed: Readonly<Record<string, string>>;
  /** What it is wrapped in, for want of something; the first is the innermost. */
  readonly around?: readonly (keyof typeof wrappers)[];
  /** With more rows it takes too long. */
  readonly mostRows?: number;
  readonly space: Readonly<Record<string, Range>>;
}
