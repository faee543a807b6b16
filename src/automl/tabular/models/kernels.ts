import type { Model } from './model.ts';

const guide = 'https://scikit-learn.org/stable/modules/svm.html';

const common = {
  module: 'sklearn.svm',
  framework: 'sklearn',
  features: 'scaled',
  // Time and memory grow with the square of the rows and more.
  mostRows: 6000,
  space: {
    C: { type: 'float', low: 0.1, high: 100, log: true },
    gamma: { type: 'float', low: 0.001, high: 1, log: true },
  },
} as const;

export const kernels: readonly Model[] = [
  {
    ...common,
    estimator: 'SVC',
    problem: 'classification',
    about: 'A smooth border between the classes, as wide as it can be: errs in other places than trees do.',
    link: `${guide}#classification`,
    fixed: {},
    // The temperature takes numbers of classes for labels.
    around: ['probabilities', 'anyLabels'],
  },
  {
    ...common,
    estimator: 'SVR',
    problem: 'regression',
    about: 'A smooth curve through many columns: errs in other places than trees do.',
    link: `${guide}#regression`,
    fixed: {},
    around: ['scaledTarget'],
  },
];
