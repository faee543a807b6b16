/** A file of an older Modelyard: refused until it is upgraded, and then holds what it held. */
import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { startServer } from '../support/start-server.ts';
import firstSchema from '../../src/database/sqlite/migrations/0001-tracking-and-registry.sql' with { type: 'text' };

const runId = 'a'.repeat(32);
const longPoints = 1000;
const big = 2n ** 62n + 1n;

let dir: string;

beforeAll(() => {
  dir = freshFolder();
  const old = new Database(`${dir}/m.db`, { create: true, strict: true });
  old.run('PRAGMA journal_mode = WAL');
  old.run(firstSchema);
  old.run('PRAGMA user_version = 1');
  old.run('PRAGMA application_id = 0x4d795264');
  old.run(`INSERT INTO runs (id, uuid, experiment, name, user_id, status, start_time, lifecycle, artifact_uri)
           VALUES (1, '${runId}', 1, 'old', '', 'RUNNING', 1, 0, '/tmp/old')`);
  addSeries(
    old,
    1,
    'long',
    Array.from({ length: longPoints }, (_, i) => [i, i, i / 3, 0]),
  );
  addSeries(old, 2, 'edges', [[-5, 0, 1e308, 0], [0, 9, 0, 0], [0, 9, 0, 1], [0, big, -1, 0], [big, 1, 2, 0]], 0); // prettier-ignore
  old.close();
});

afterAll(() => removeFolder(dir));

type Row = [step: number | bigint, timestamp: number | bigint, value: number, nan: number];

function addSeries(old: Database, key: number, name: string, rows: readonly Row[], inTimeOrder = 1): void {
  old.query('INSERT INTO metric_keys (id, name) VALUES (?, ?)').run(key, name);
  const insert = old.query('INSERT INTO metrics (run, key, step, timestamp, value, nan) VALUES (1, ?, ?, ?, ?, ?)');
  for (const row of rows) insert.run(key, ...row);
  old
    .query('INSERT INTO latest_metrics VALUES (1, ?, 1, 0, ?, ?, ?, ?, ?)')
    .run(key, ...(rows.at(-1) as Row), inTimeOrder);
}

test('points of schema 1 are there after the upgrade, and more can be added', async () => {
  const refused = await runModelyard(['server', '--backend-store-uri', `sqlite:///${dir}/m.db`], { dir });
  expect(refused.error).toContain('db upgrade');
  const user = new Database(`${dir}/m.db`);
  user.query('SELECT * FROM runs').all();
  const inUse = await runModelyard(['db', 'upgrade', `sqlite:///${dir}/m.db`], { dir });
  expect(inUse.code).toBe(1);
  expect(inUse.error).toContain('is open in another program');
  user.close();
  expect((await runModelyard(['db', 'upgrade', `sqlite:///${dir}/m.db`], { dir })).error).toBe('');

  const server = await startServer([], { dir });
  try {
    const api = new Api(server);
    const long = Array.from({ length: longPoints }, (_, i) => ({ key: 'long', value: i / 3, timestamp: i, step: i }));
    expect(await api.history(runId, 'long')).toEqual(long);
    const edges = (await api.send('GET', `metrics/get-history?run_id=${runId}&metric_key=edges`)).text;
    expect(edges).toBe(
      `{"metrics":[${[
        '{"key":"edges","value":1e+308,"timestamp":0,"step":-5}',
        `{"key":"edges","value":2.0,"timestamp":1,"step":${big}}`,
        '{"key":"edges","value":0.0,"timestamp":9,"step":0}',
        '{"key":"edges","value":"NaN","timestamp":9,"step":0}',
        `{"key":"edges","value":-1.0,"timestamp":${big},"step":0}`,
      ].join()}]}`,
    );
    const added = Array.from({ length: 300 }, (_, i) => longPoints - 100 + i);
    for (const step of added) {
      await api.post('runs/log-metric', { run_id: runId, key: 'long', value: step / 3, timestamp: step, step });
    }
    const steps = (await api.history(runId, 'long')).map((point) => point.step);
    expect(steps).toEqual(Array.from({ length: longPoints + 200 }, (_, i) => i));
  } finally {
    await server.stop();
  }
}, 30_000);
