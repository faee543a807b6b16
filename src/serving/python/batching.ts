/** Which models may score several requests in one call. */
import type { ModelFolder } from '../../models/model-folder.ts';

/** Flavors whose rows know nothing of each other. */
const independentRows: ReadonlySet<string> = new Set([
  'catboost',
  'fastai',
  'h2o',
  'keras',
  'lightgbm',
  'onnx',
  'paddle',
  'pytorch',
  'sklearn',
  'tensorflow',
  'xgboost',
]);

/** Code that a user wrote may look at all rows together; models of time series do. `modelyard.batching` decides first. */
export function mayBatch({ flavors, metadata }: Pick<ModelFolder, 'flavors' | 'metadata'>): boolean {
  const said = metadata?.['modelyard.batching'];
  if (typeof said === 'boolean') return said;
  const loader = flavors['python_function']?.['loader_module'];
  return Object.keys(flavors).some((flavor) => independentRows.has(flavor) && loader === `mlflow.${flavor}`);
}
