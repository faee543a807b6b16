/** A database that is missing is made whole, whatever lies in its folder. */
import { Database as Connection } from 'bun:sqlite';
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newestVersion } from '../../src/database/sqlite/migrations.ts';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer } from '../support/start-server.ts';

let dir: string;
beforeEach(() => {
  dir = freshFolder();
});
afterEach(() => {
  removeFolder(dir);
});

const file = (): string => join(dir, 'm.db');
const runsOf = async (api: Api): Promise<number> =>
  (await api.post<{ runs?: unknown[] }>('runs/search', { experiment_ids: ['0'] })).runs?.length ?? 0;

test('it has the newest schema and its WAL, and nothing else is left in the folder', async () => {
  const server = await startServer([], { dir });
  await new Api(server).createRun();
  const beside = new Connection(file(), { readonly: true });
  expect(beside.query('PRAGMA user_version').get()).toEqual({ user_version: newestVersion });
  expect(beside.query('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  expect(beside.query('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  beside.close();
  await server.stop();
  expect(readdirSync(dir).filter((name) => name.startsWith('m.db'))).toEqual(['m.db']);
});

test('the WAL of a database that was deleted brings nothing of it back', async () => {
  const first = await startServer([], { dir });
  await new Api(first).createRun();
  await first.kill();
  rmSync(file());
  rmSync(`${file()}-shm`, { force: true });
  expect(readdirSync(dir)).toContain('m.db-wal');
  const second = await startServer([], { dir });
  expect(second.log()).toContain('m.db-wal belongs to a database that is not there any more');
  expect(readdirSync(dir).filter((name) => name.startsWith('m.db-wal.left-'))).toHaveLength(1);
  const api = new Api(second);
  expect(await runsOf(api)).toBe(0);
  await api.createRun();
  expect(await runsOf(api)).toBe(1);
  await second.stop();
  const made = new Connection(file(), { readonly: true });
  expect(made.query('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  made.close();
});

test('nothing is answered as written once the file is gone, until it is back', async () => {
  const server = await startServer([], { dir });
  const api = new Api(server);
  await api.createRun();
  renameSync(file(), join(dir, 'away.db'));
  const refused = await fetch(`${server.url}/api/2.0/mlflow/runs/create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: '{"experiment_id":"0"}',
  });
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    error_code: 'TEMPORARILY_UNAVAILABLE',
    message: `Nothing was written: the database file ${file()} was removed while the server runs.`,
  });
  expect(server.log()).toContain('Put it back, or start the server again.');
  const health = await fetch(`${server.url}/health`);
  expect(health.status).toBe(503);
  expect(await health.text()).toContain('was removed');
  writeFileSync(file(), 'another');
  const replaced = await api.createRun().catch((error: Error) => error.message);
  expect(replaced).toContain('was replaced while the server runs');
  renameSync(join(dir, 'away.db'), file());
  await api.createRun();
  expect(await runsOf(api)).toBe(2);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await server.stop();
});

test('the folder of artifacts is not made anew when it was moved away, whether it was used before or not', async () => {
  for (const used of [false, true]) {
    const server = await startServer([], { dir });
    const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts/a.txt`;
    const upload = () => fetch(url, { method: 'PUT', body: 'x' });
    if (used) expect((await upload()).status).toBe(200);
    renameSync(join(dir, 'artifacts'), join(dir, 'away'));
    const refused = await upload();
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('was removed or moved');
    expect((await fetch(`${server.url}/health`)).status).toBe(503);
    expect(existsSync(join(dir, 'artifacts'))).toBe(false);
    renameSync(join(dir, 'away'), join(dir, 'artifacts'));
    expect([(await upload()).status, (await fetch(`${server.url}/health`)).status]).toEqual([200, 200]);
    expect(await server.stop()).toBe(0);
    expect(server.log()).toMatch(/error artifacts: writes to artifacts are refused: .+\n.+ work again/);
  }
});

test('an empty file becomes one', async () => {
  writeFileSync(file(), '');
  const server = await startServer([], { dir });
  const api = new Api(server);
  await api.createRun();
  expect(await runsOf(api)).toBe(1);
  await server.stop();
});
