import type { Range } from '../../worker/worker.ts';
import type { Model } from './model.ts';

const problems = ['classification', 'regression'] as const;

const common = {
  n_estimators: { type: 'int', low: 30, high: 800, log: true },
  learning_rate: { type: 'float', low: 0.01, high: 0.3, log: true },
  subsample: { type: 'float', low: 0.5, high: 1 },
  colsample_bytree: { type: 'float', low: 0.2, high: 1 },
  reg_alpha: { type: 'float', low: 0.001, high: 10, log: true },
  reg_lambda: { type: 'float', low: 0.001, high: 100, log: true },
} as const satisfies Readonly<Record<string, Range>>;

export const boosters: readonly Model[] = problems.flatMap((problem): Model[] => {
  const ending = problem === 'classification' ? 'Classifier' : 'Regressor';
  return [
    {
      estimator: `LGBM${ending}`,
      module: 'lightgbm',
      problem,
      framework: 'lightgbm',
      features: 'plain',
      about:
        'Trees grown one after the other, each correcting those before it. Most often the best single model of a table.',
      link: `https://lightgbm.readthedocs.io/en/stable/pythonapi/lightgbm.LGBM${ending}.html`,
      fixed: { subsample_freq: '1', random_state: 'SEED', n_jobs: 'N_JOBS', verbose: '-1' },
      space: {
        ...common,
        num_leaves: { type: 'int', low: 4, high: 128, log: true },
        min_child_samples: { type: 'int', low: 2, high: 100, log: true },
        extra_trees: { type: 'choice', of: [false, true] },
      },
    },
    {
      estimator: `XGB${ending}`,
      module: 'xgboost',
      problem,
      framework: 'xgboost',
      features: 'plain',
      about:
        'Trees grown one after the other, each correcting those before it, with another way to grow and to shrink them.',
      link: `https://xgboost.readthedocs.io/en/stable/python/python_api.html#xgboost.XGB${ending}`,
      fixed: { tree_method: '"hist"', random_state: 'SEED', n_jobs: 'N_JOBS' },
      ...(problem === 'classification' ? { around: ['anyLabels'] as const } : {}),
      space: {
        ...common,
        max_depth: { type: 'int', low: 2, high: 10 },
        min_child_weight: { type: 'float', low: 0.01, high: 64, log: true },
      },
    },
  ];
});
