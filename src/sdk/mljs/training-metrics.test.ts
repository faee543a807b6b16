import { expect, test } from 'bun:test';
import { classifierMetrics, regressorMetrics } from './training-metrics.ts';

test('of a classifier, weighted by class, as scikit-learn has them', () => {
  const metrics = classifierMetrics([0, 0, 0, 1, 1, 2, 2], [0, 0, 1, 1, 1, 0, 2]);
  expect(metrics['training_accuracy_score']).toBeCloseTo(5 / 7, 12);
  expect(metrics['training_precision_score']).toBeCloseTo(0.7619047619047619, 12);
  expect(metrics['training_recall_score']).toBeCloseTo(5 / 7, 12);
  expect(metrics['training_f1_score']).toBeCloseTo(0.7047619047619048, 12);
  expect(classifierMetrics(['a', 'b'], ['a', 'b'])['training_f1_score']).toBe(1);
});

test('of a regression', () => {
  const metrics = regressorMetrics([3, -0.5, 2, 7], [2.5, 0, 2, 8]);
  expect(metrics['training_mean_squared_error']).toBeCloseTo(0.375, 12);
  expect(metrics['training_mean_absolute_error']).toBeCloseTo(0.5, 12);
  expect(metrics['training_root_mean_squared_error']).toBeCloseTo(Math.sqrt(0.375), 12);
  expect(metrics['training_r2_score']).toBeCloseTo(0.9486081370449679, 12);
});
