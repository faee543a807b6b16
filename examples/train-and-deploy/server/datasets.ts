/** What can be trained on what. train.py knows the same names. */

import type { Dataset, Kind, Model } from '../api.ts';

const forest: Model = { name: 'RandomForest', grid: { n_estimators: [20, 60], max_depth: [3, null] } };
const models: Readonly<Record<Kind, readonly Model[]>> = {
  classification: [
    { name: 'LogisticRegression', grid: { C: [0.01, 0.1, 1, 10], class_weight: [null, 'balanced'] } },
    forest,
  ],
  regression: [{ name: 'LinearRegression', grid: { fit_intercept: [true, false], positive: [false, true] } }, forest],
};

export const datasets: readonly Dataset[] = [
  classification('iris', 'Iris flowers', 150, 4, 'species'),
  classification('wine', 'Wines by their chemistry', 178, 13, 'cultivar'),
  classification('breast-cancer', 'Breast cancer, benign or malignant', 569, 30, 'diagnosis'),
  {
    name: 'diabetes',
    title: 'Diabetes after a year',
    kind: 'regression',
    rows: 442,
    features: 10,
    target: 'progression',
    models: models.regression,
  },
];

function classification(name: string, title: string, rows: number, features: number, target: string): Dataset {
  return { name, title, kind: 'classification', rows, features, target, models: models.classification };
}
