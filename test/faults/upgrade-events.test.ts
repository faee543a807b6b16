/** A file of schema 3, which kept no events: after the upgrade its models are there, and have a history from then on. */
import { Database } from 'bun:sqlite';
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { startServer } from '../support/start-server.ts';
import { migrations } from '../../src/database/sqlite/migrations.ts';

let dir: string;

beforeAll(() => {
  dir = freshFolder();
  const old = new Database(`${dir}/m.db`, { create: true, strict: true });
  old.run('PRAGMA journal_mode = WAL');
  for (const step of migrations.filter(({ version }) => version <= 3)) {
    old.run(step.text);
    step.carryOver?.(old);
  }
  old.run('PRAGMA user_version = 3');
  old.run('PRAGMA application_id = 0x4d795264');
  old.run("INSERT INTO registered_models VALUES (1, 'old', 'kept', 1, 1, 1)");
  old.run(
    "INSERT INTO model_versions VALUES (1, 1, 1, 1, '', NULL, 'Staging', 's3://a', 's3://a', '', '', NULL, 'READY', NULL)",
  );
  old.close();
}, 30_000);

afterAll(() => removeFolder(dir));

test('models of schema 3 are there after the upgrade, and their history begins', async () => {
  const refused = await runModelyard(['server', '--backend-store-uri', `sqlite:///${dir}/m.db`], { dir });
  expect(refused.error).toContain('db upgrade');
  expect((await runModelyard(['db', 'upgrade', `sqlite:///${dir}/m.db`], { dir })).error).toBe('');

  const server = await startServer([], { dir });
  try {
    const [api, views] = [new Api(server), new Api(server, '/ajax-api/2.0/modelyard')];
    const history = 'registered-models/history?name=old';
    expect(await views.get<object>(history)).toEqual({ events: [] });
    await api.post('model-versions/transition-stage', { name: 'old', version: '1', stage: 'Production' });
    const { events } = await views.get<{ events: readonly object[] }>(history);
    expect(events).toMatchObject([
      { kind: 'model_version.stage_changed', version: '1', body: { old: 'Staging', new: 'Production' } },
    ]);
  } finally {
    await server.stop();
  }
}, 30_000);
