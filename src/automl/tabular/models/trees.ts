import type { Range } from '../../worker/worker.ts';
import type { Model } from './model.ts';

const weights: Range = { type: 'choice', of: [null, 'balanced'] };
const problems = ['classification', 'regression'] as const;

export const trees: readonly Model[] = problems.flatMap((problem): Model[] => {
  const ending = problem === 'classification' ? 'Classifier' : 'Regressor';
  const common = {
    problem,
    framework: 'sklearn',
    features: 'plain',
  } as const;
  const classWeight: Readonly<Record<string, Range>> = problem === 'classification' ? { class_weight: weights } : {};
  const criterion: Readonly<Record<string, Range>> =
    problem === 'classification' ? { criterion: { type: 'choice', of: ['gini', 'entropy'] } } : {};
  const forest = {
    ...common,
    module: 'sklearn.ensemble',
    fixed: { random_state: 'SEED', n_jobs: 'N_JOBS' },
    space: {
      n_estimators: { type: 'int', low: 50, high: 400, log: true },
      max_features: { type: 'float', low: 0.1, high: 1 },
      min_samples_leaf: { type: 'int', low: 1, high: 32, log: true },
      ...criterion,
      ...classWeight,
    },
  } as const;
  return [
    {
      ...common,
      estimator: `DecisionTree${ending}`,
      module: 'sklearn.tree',
      about: 'Questions asked one after the other. Seldom the best, but a small one can be drawn and followed by hand.',
      link: 'https://scikit-learn.org/stable/modules/tree.html',
      fixed: { random_state: 'SEED' },
      space: {
        max_depth: { type: 'int', low: 2, high: 16 },
        min_samples_leaf: { type: 'int', low: 1, high: 64, log: true },
        ...classWeight,
      },
    },
    {
      ...forest,
      estimator: `RandomForest${ending}`,
      about: 'The mean of many trees, each grown on a sample of the rows. Good without tuning.',
      link: 'https://scikit-learn.org/stable/modules/ensemble.html#random-forests-and-other-randomized-tree-ensembles',
    },
    {
      ...forest,
      estimator: `ExtraTrees${ending}`,
      about: 'The mean of many trees that split at random places: smoother than a random forest, and faster.',
      link: 'https://scikit-learn.org/stable/modules/ensemble.html#extremely-randomized-trees',
    },
  ];
});
