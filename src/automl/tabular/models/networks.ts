import type { Model } from './model.ts';

const common = {
  module: 'sklearn.neural_network',
  framework: 'sklearn',
  features: 'scaled',
  about: 'A small neural network: smooth, finds products of columns by itself, and errs in other places than trees do.',
  fixed: { hidden_layer_sizes: '(128, 64)', max_iter: '60', random_state: 'SEED' },
  space: {
    alpha: { type: 'float', low: 0.001, high: 10, log: true },
    learning_rate_init: { type: 'float', low: 0.0005, high: 0.01, log: true },
  },
} as const;
const guide = 'https://scikit-learn.org/stable/modules/neural_networks_supervised.html';

export const networks: readonly Model[] = [
  { ...common, estimator: 'MLPClassifier', problem: 'classification', link: `${guide}#classification` },
  {
    ...common,
    estimator: 'MLPRegressor',
    problem: 'regression',
    link: `${guide}#regression`,
    around: ['scaledTarget'],
  },
];
