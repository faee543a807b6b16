/** The learners, each with what it needs around it and what may be searched. */
import { boosters } from './models/boosters.ts';
import { kernels } from './models/kernels.ts';
import { linearModels } from './models/linear-models.ts';
import type { Model } from './models/model.ts';
import { networks } from './models/networks.ts';
import { trees } from './models/trees.ts';

const baselines: readonly Model[] = (['classification', 'regression'] as const).map((problem) => ({
  estimator: problem === 'classification' ? 'DummyClassifier' : 'DummyRegressor',
  module: 'sklearn.dummy',
  problem,
  framework: 'sklearn',
  features: 'plain',
  about: 'Predicts the same for every row, without a look at the columns. A model that is worth anything is better.',
  link: 'https://scikit-learn.org/stable/modules/model_evaluation.html#dummy-estimators',
  fixed: {},
  space: {},
}));

export const models: readonly Model[] = [...baselines, ...linearModels, ...trees, ...boosters, ...kernels, ...networks];

/** @throws RangeError when there is none of this name */
export function modelOf(estimator: string): Model {
  const model = models.find((candidate) => candidate.estimator === estimator);
  if (!model)
    throw new RangeError(`There is no model ${estimator}. There are ${models.map((m) => m.estimator).join(', ')}.`);
  return model;
}
