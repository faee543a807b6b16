/** The file of what was written last: a reader that stays makes it grow, and it does not stay so for ever. */
import { Database } from 'bun:sqlite';
import { expect, test } from 'bun:test';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { startServer } from '../support/start-server.ts';

const megabyte = 1024 * 1024;

test('the WAL shrinks again after a long read in another program', async () => {
  const server = await startServer();
  try {
    const api = new Api(server);
    const run_id = await api.createRun();
    const write = async (round: number): Promise<void> => {
      const value = String(round % 10).repeat(8000);
      const tags = Array.from({ length: 100 }, (_, i) => ({ key: `t${i}`, value }));
      await api.post('runs/log-batch', { run_id, tags });
    };
    const size = (): number => statSync(join(server.dir, 'm.db-wal')).size;
    await write(0);
    const reader = new Database(join(server.dir, 'm.db'), { readonly: true });
    reader.run('BEGIN');
    reader.query('SELECT count(*) FROM tags').get();
    for (let i = 1; i < 200 && size() < 40 * megabyte; i++) await write(i);
    expect(size()).toBeGreaterThan(39 * megabyte);
    reader.run('COMMIT');
    reader.close();
    for (let i = 0; i < 5; i++) await write(i);
    expect(size()).toBeLessThan(25 * megabyte);
  } finally {
    await server.stop();
  }
}, 60_000);
