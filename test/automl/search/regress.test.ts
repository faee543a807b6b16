/** A search for numbers by the SDK, on the real `mlflow server`. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import type { DataProfile } from '../../../src/protocol/automl-record.ts';
import { automlPython } from '../../../src/automl/environment.ts';
import { loadDict } from '../../../src/sdk/fluent-artifacts.ts';
import { getModelVersionByAlias } from '../../../src/sdk/fluent-registry.ts';
import { automl } from '../../../src/sdk/node/index.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startMlflow, type MlflowServer } from '../../support/mlflow-server.ts';
import { finished } from '../../support/run-modelyard.ts';
import { within } from '../../support/within.ts';
import { bound, housesFile } from './support/searches.ts';

const dir = freshFolder();
let server: MlflowServer;
let python: string;

beforeAll(async () => {
  process.env['AUTOML_CACHE'] = join(dir, 'cache');
  python = await automlPython({ onProgress: () => undefined });
  const places = ['--backend-store-uri', `sqlite:///${dir}/m.db`, '--artifacts-destination', join(dir, 'artifacts')];
  server = await startMlflow(dir, places);
  setTrackingUri(server.url);
}, 900_000);

afterAll(async () => {
  delete process.env['AUTOML_CACHE'];
  await server[Symbol.asyncDispose]();
  removeFolder(dir);
});

test('numbers are searched for from a program, on a server of MLflow', async () => {
  const lines: string[] = [];
  const search = automl.regress({
    dataset: housesFile(dir),
    target_col: 'price',
    primary_metric: 'mae',
    split_col: 'part',
    sample_weight_col: 'weight',
    imputers: { area: 'median' },
    timeout_seconds: 200,
    max_trials: 2,
    register: 'houses',
    onOutput: (text) => lines.push(text),
  });
  const runId = await within(bound, search.runId);
  const summary = await within(bound, search.wait());
  expect(summary).toMatchObject({ runId, status: 'FINISHED', phase: 'finished', registered: 'houses/1' });
  expect(summary.leaderboard.length).toBeGreaterThanOrEqual(3);
  expect(summary.bestTrial).toMatchObject({ runId: summary.leaderboard[0]?.run_id, status: 'FINISHED' });
  const { alerts } = (await loadDict(`runs:/${runId}/automl/profile.json`)) as DataProfile;
  expect(summary.alerts).toEqual(alerts);
  // mae: less is better.
  const [first, second] = summary.leaderboard;
  expect(first?.validation).toBeLessThanOrEqual(second?.validation ?? 0);
  expect(await getModelVersionByAlias('houses', 'champion')).toMatchObject({ runId: first?.run_id });
  expect(await loadDict(`runs:/${runId}/automl/leaderboard.json`)).toHaveLength(summary.leaderboard.length);
  expect(lines.join('')).toContain('the best so far');
  expect(lines.join('')).toContain(`${server.url}/#/experiments/${summary.experimentId}/runs/${runId}`);
  const another = await search.register('houses', second?.run_id);
  expect(another).toMatchObject({ name: 'houses', version: '2', runId: second?.run_id, champion: false });
  const late = await search.stop().catch((error: Error) => error.message);
  expect(late).toContain('has ended already');

  // What a client of MLflow finds: the columns of the data, and test scores in which rows count by their weight.
  const tested = summary.leaderboard.find(({ kind }) => kind === 'portfolio');
  const args = [python, '-c', recounted, runId, tested?.run_id ?? ''];
  const { out, error } = await finished(args, { dir, env: { MLFLOW_TRACKING_URI: server.url }, limit: bound });
  const answer = JSON.parse(out.trim().split('\n').at(-1) || JSON.stringify(error)) as Record<string, unknown>;
  expect(answer).toMatchObject({
    types: ['long', 'long', 'string', 'Any', 'string', 'long', 'double'],
    test: expect.closeTo(tested?.test ?? 0, 9) as number,
    rows: [95, 35, 30],
  });
}, 600_000);

/** @param args the search, one of its trials */
const recounted = `
import json, sys
import mlflow, pandas as pd
from mlflow.types import Schema
from sklearn.metrics import mean_absolute_error
search, trial = sys.argv[1:]
[dataset] = [one.dataset for one in mlflow.get_run(search).inputs.dataset_inputs]
columns = Schema.from_json(json.dumps(json.loads(dataset.schema)["mlflow_colspec"]))
folder = mlflow.artifacts.download_artifacts(run_id=search, artifact_path="data")
development, test = (pd.read_parquet(f"{folder}/{part}.parquet") for part in ("development", "test"))
predicted = mlflow.sklearn.load_model(f"runs:/{trial}/model").predict(test)
print(json.dumps({
    "types": [str(column.type).removeprefix("DataType.") for column in columns],
    "test": mean_absolute_error(test["price"], predicted, sample_weight=test["weight"]),
    "rows": [*development["_automl_fold"].value_counts().sort_index().tolist(), len(test)],
}))
`;

test('options that make no sense are refused before anything begins', () => {
  const series = { dataset: 'a.csv', target_col: 'y', time_col: 'day' };
  expect(() => automl.forecast({ dataset: 'a.csv', target_col: 'y' })).toThrow('A forecast needs time_col');
  expect(() => automl.forecast({ ...series, horizon: -3 })).toThrow('horizon is a whole number of at least 1, not -3.');
  expect(() => automl.forecast({ ...series, country_code: 'XX' })).toThrow('country_code is the two letters');
});
