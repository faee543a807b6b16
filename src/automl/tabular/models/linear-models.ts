import type { Model } from './model.ts';

/** Ways of the columns. */
const ways = { type: 'choice', of: ['scaled', 'quantile', 'splines'] } as const;
const guide = 'https://scikit-learn.org/stable/modules/linear_model.html';

export const linearModels: readonly Model[] = [
  {
    estimator: 'LogisticRegression',
    module: 'sklearn.linear_model',
    problem: 'classification',
    framework: 'sklearn',
    features: 'scaled',
    about:
      'A weighted sum of the columns, turned into a probability. Fast, hard to overfit, and its weights can be read.',
    link: `${guide}#logistic-regression`,
    fixed: { max_iter: '500' },
    space: {
      C: { type: 'float', low: 0.001, high: 100, log: true },
      class_weight: { type: 'choice', of: [null, 'balanced'] },
      features: ways,
    },
  },
  {
    estimator: 'SGDClassifier',
    module: 'sklearn.linear_model',
    problem: 'classification',
    framework: 'sklearn',
    features: 'scaled',
    about: 'A linear model that learns from one row after the other: for tables with many rows or many words.',
    link: 'https://scikit-learn.org/stable/modules/sgd.html',
    fixed: { random_state: 'SEED' },
    space: {
      loss: { type: 'choice', of: ['log_loss', 'modified_huber'] },
      penalty: { type: 'choice', of: ['l2', 'l1', 'elasticnet'] },
      alpha: { type: 'float', low: 1e-5, high: 0.1, log: true },
    },
  },
  {
    estimator: 'Ridge',
    module: 'sklearn.linear_model',
    problem: 'regression',
    framework: 'sklearn',
    features: 'scaled',
    about: 'A weighted sum of the columns with small weights. Fast, hard to overfit, and its weights can be read.',
    link: `${guide}#ridge-regression-and-classification`,
    fixed: {},
    space: { alpha: { type: 'float', low: 0.001, high: 1000, log: true }, features: ways },
  },
  {
    estimator: 'ElasticNet',
    module: 'sklearn.linear_model',
    problem: 'regression',
    framework: 'sklearn',
    features: 'scaled',
    about: 'A weighted sum of few columns: weights of columns that do not help become zero.',
    link: `${guide}#elastic-net`,
    around: ['scaledTarget'],
    fixed: { max_iter: '2000' },
    space: {
      alpha: { type: 'float', low: 0.0001, high: 10, log: true },
      l1_ratio: { type: 'float', low: 0.05, high: 1 },
    },
  },
  {
    estimator: 'SGDRegressor',
    module: 'sklearn.linear_model',
    problem: 'regression',
    framework: 'sklearn',
    features: 'scaled',
    about: 'A linear model that learns from one row after the other; with the loss `huber` outliers count less.',
    link: 'https://scikit-learn.org/stable/modules/sgd.html',
    around: ['scaledTarget'],
    fixed: { random_state: 'SEED' },
    space: {
      loss: { type: 'choice', of: ['squared_error', 'huber'] },
      penalty: { type: 'choice', of: ['l2', 'l1', 'elasticnet'] },
      alpha: { type: 'float', low: 1e-5, high: 0.1, log: true },
    },
  },
];
