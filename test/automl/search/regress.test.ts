/** A search for numbers by the SDK, on the real `mlflow server`. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { loadDict } from '../../../src/sdk/fluent-artifacts.ts';
import { getModelVersionByAlias } from '../../../src/sdk/fluent-registry.ts';
import { automl } from '../../../src/sdk/node/index.ts';
import { setTrackingUri } from '../../../src/sdk/settings.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startMlflow, type MlflowServer } from '../../support/mlflow-server.ts';
import { within } from '../../support/within.ts';
import { bound, housesFile } from './support/searches.ts';

const dir = freshFolder();
let server: MlflowServer;

beforeAll(async () => {
  process.env['AUTOML_CACHE'] = join(dir, 'cache');
  await automlPython({ onProgress: () => undefined });
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
    timeout_seconds: 200,
    max_trials: 3,
    register: 'houses',
    onOutput: (text) => lines.push(text),
  });
  const runId = await within(bound, search.runId);
  const summary = await within(bound, search.wait());
  expect(summary).toMatchObject({ runId, status: 'FINISHED', phase: 'finished', registered: 'houses/1' });
  expect(summary.leaderboard.length).toBeGreaterThanOrEqual(3);
  expect(summary.bestTrial).toMatchObject({ runId: summary.leaderboard[0]?.run_id, status: 'FINISHED' });
  // mae: less is better.
  const [first, second] = summary.leaderboard;
  expect(first?.validation).toBeLessThanOrEqual(second?.validation ?? 0);
  expect(await getModelVersionByAlias('houses', 'champion')).toMatchObject({ runId: first?.run_id });
  expect(await loadDict(`runs:/${runId}/automl/leaderboard.json`)).toHaveLength(summary.leaderboard.length);
  expect(lines.join('')).toContain('Best so far');
  const late = await search.stop().catch((error: Error) => error.message);
  expect(late).toContain('has ended already');
}, 600_000);

test('options that make no sense are refused before anything begins', () => {
  expect(() => automl.forecast({ dataset: 'a.csv', target_col: 'y' })).toThrow('A forecast needs time_col');
});
