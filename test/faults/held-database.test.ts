/** Another process that writes for longer than a server waits. */
import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { startServer } from '../support/start-server.ts';

test('health tells of it and holds nobody up, and all goes on when it is over', async () => {
  const server = await startServer();
  const other = new Database(join(server.dir, 'm.db'));
  // Less than a server waits for the other one.
  const ask = (path: string) => fetch(`${server.url}${path}`, { signal: AbortSignal.timeout(5000) });
  try {
    const api = new Api(server);
    const run = await api.createRun();
    other.run('BEGIN IMMEDIATE');
    const refused = await fetch(`${server.url}/api/2.0/mlflow/runs/log-metric`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ run_id: run, key: 'm', value: 1, timestamp: 1, step: 0 }),
      signal: AbortSignal.timeout(30_000),
    });
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('another process holds');
    const [health, read] = await Promise.all([ask('/health'), ask(`/api/2.0/mlflow/runs/get?run_id=${run}`)]);
    expect([health.status, await health.text(), read.status]).toEqual([
      503,
      'Nothing can be written: another process holds the database.\n',
      200,
    ]);
    other.run('ROLLBACK');
    await eventually(async () => (await ask('/health')).status === 200, 10_000);
    expect(server.log()).toContain('writes to the database work again; 1 were refused since');
  } finally {
    other.close();
    await server.stop();
  }
}, 60_000);
