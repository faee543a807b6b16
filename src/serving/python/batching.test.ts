import { expect, test } from 'bun:test';
import { mayBatch } from './batching.ts';

const model = (flavor: string, loader: string, metadata?: Record<string, unknown>): Parameters<typeof mayBatch>[0] => ({
  flavors: { python_function: { loader_module: loader }, ...(flavor === '' ? {} : { [flavor]: {} }) },
  metadata,
});

test('requests for models whose rows are independent are put together', () => {
  for (const flavor of ['sklearn', 'xgboost', 'lightgbm', 'catboost', 'onnx', 'tensorflow', 'pytorch']) {
    expect(mayBatch(model(flavor, `mlflow.${flavor}`))).toBe(true);
  }
});

test("a user's own code and models of time series see one request at a time", () => {
  expect(mayBatch(model('', 'mlflow.pyfunc.model'))).toBe(false);
  expect(mayBatch(model('prophet', 'mlflow.prophet'))).toBe(false);
  expect(mayBatch(model('statsmodels', 'mlflow.statsmodels'))).toBe(false);
  expect(mayBatch(model('sklearn', 'my_loader'))).toBe(false);
});

test('what the model says of itself comes first', () => {
  expect(mayBatch(model('sklearn', 'mlflow.sklearn', { 'modelyard.batching': false }))).toBe(false);
  expect(mayBatch(model('', 'mlflow.pyfunc.model', { 'modelyard.batching': true }))).toBe(true);
  expect(mayBatch(model('sklearn', 'mlflow.sklearn', { 'modelyard.batching': 'perhaps' }))).toBe(true);
});
