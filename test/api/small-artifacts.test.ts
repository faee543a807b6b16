/** Files that pages ask for without knowing that they are there: their absence is no error. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

async function ask(query: Record<string, string>): Promise<unknown> {
  const url = `${server.url}/ajax-api/2.0/modelyard/artifacts/small?${new URLSearchParams(query).toString()}`;
  const response = await fetch(url);
  return response.ok ? response.json() : response.status;
}

async function runWith(files: Readonly<Record<string, string>>): Promise<string> {
  const runId = await api.createRun({ experiment_id: '0' });
  for (const [path, body] of Object.entries(files)) {
    const to = `${server.url}/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`;
    expect((await fetch(to, { method: 'PUT', body })).status).toBe(200);
  }
  return runId;
}

test('of a run, and of a version whose source is one', async () => {
  const run_id = await runWith({ 'model/MLmodel': 'flavors: {}\n', 'model/empty': '', 'model/b/c.txt': 'c' });
  await api.post('registered-models/create', { name: 'small' });
  await api.post('model-versions/create', { name: 'small', source: `runs:/${run_id}/model`, run_id });
  expect(await ask({ run_id, path: 'model/MLmodel' })).toEqual({ text: 'flavors: {}\n' });
  expect(await ask({ run_id, path: 'model/none' })).toEqual({});
  expect(await ask({ run_id, path: 'model' })).toEqual({});
  const version = { name: 'small', version: '1' };
  expect(await ask({ ...version, path: 'MLmodel' })).toEqual({ text: 'flavors: {}\n' });
  expect(await ask({ ...version, path: 'b/c.txt' })).toEqual({ text: 'c' });
  expect(await ask({ ...version, path: 'empty' })).toEqual({ text: '' });
  expect(await ask({ ...version, path: 'none' })).toEqual({});
});

test('what is not there, too large, or out of reach is not there', async () => {
  const run_id = await runWith({ MLmodel: 'x'.repeat(16_000_001), just: 'x'.repeat(16_000_000) });
  await api.post('registered-models/create', { name: 'far' });
  await api.post('model-versions/create', { name: 'far', source: 's3://bucket/model' });
  expect(await ask({ run_id, path: 'MLmodel' })).toEqual({});
  expect(await ask({ run_id, path: 'just' })).toEqual({ text: 'x'.repeat(16_000_000) });
  expect(await ask({ name: 'far', version: '1', path: 'MLmodel' })).toEqual({
    unreadable: expect.stringContaining("'s3' storage") as string,
  });
  expect(await ask({ name: 'far', version: '2', path: 'MLmodel' })).toEqual({});
  expect(await ask({ name: 'none', version: '1', path: 'MLmodel' })).toEqual({});
  expect(await ask({ model_id: 'm-1', path: 'MLmodel' })).toEqual({});
});

test('a question that cannot be meant is refused', async () => {
  expect(await ask({ run_id: 'x', path: '../../m.db' })).toBe(400);
  expect(await ask({ run_id: 'x' })).toBe(400);
  expect(await ask({ path: 'MLmodel' })).toBe(400);
  expect(await ask({ name: 'far', version: 'one', path: 'MLmodel' })).toBe(400);
});
