/** Two servers on one database file. */
import { expect, test } from 'bun:test';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { otherPrograms } from '../../src/database/sqlite/other-programs.ts';
import { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer } from '../support/start-server.ts';

test('both start on one new file, and each sees what the other wrote', async () => {
  for (let round = 0; round < 5; round++) {
    const dir = freshFolder();
    const servers = await Promise.all([startServer([], { dir }), startServer([], { dir })]);
    try {
      const [first, second] = servers.map((server) => new Api(server));
      const runs = await Promise.all([first!.createRun(), second!.createRun()]);
      expect((await second!.run(runs[0])).info.run_id).toBe(runs[0]);
      expect((await first!.run(runs[1])).info.run_id).toBe(runs[1]);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      removeFolder(dir);
    }
  }
}, 60_000);

test('servers that share a database know of each other, and say so', async () => {
  const dir = freshFolder();
  const first = await startServer([], { dir });
  const second = await startServer([], { dir });
  const file = join(dir, 'm.db');
  try {
    expect(new Set(await otherPrograms(file))).toEqual(new Set([first.pid, second.pid]));
    const warning = `warn server: another program (process ${first.pid}) has ${file} open.`;
    await eventually(() => second.log().includes(warning), 10_000);
    await second.stop();
    expect(await otherPrograms(file)).toEqual([first.pid]);
  } finally {
    await Promise.all([first.stop(), second.stop()]);
  }
  expect(await otherPrograms(file)).toEqual([]);
  removeFolder(dir);
}, 60_000);

test('beside the WAL of a database that was deleted, one puts it aside and none loses its own', async () => {
  const old = 'x'.repeat(40_000);
  for (let round = 0; round < 5; round++) {
    const dir = freshFolder();
    writeFileSync(join(dir, 'm.db-wal'), old);
    writeFileSync(join(dir, 'm.db-journal'), old);
    const servers = await Promise.all(Array.from({ length: 4 }, () => startServer([], { dir })));
    try {
      const apis = servers.map((server) => new Api(server));
      const runs = await Promise.all(apis.map((api) => api.createRun()));
      for (const api of apis) for (const run of runs) expect((await api.run(run)).info.run_id).toBe(run);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
    }
    // Servers that stop at the same moment may leave the WAL to the next one.
    const aside = readdirSync(dir).filter((name) => name.startsWith('m.db') && !/^m\.db(-wal|-shm)?$/.test(name));
    expect(aside.map((name) => name.replace(/\d+$/, 'N')).toSorted()).toEqual([
      'm.db-journal.left-N',
      'm.db-wal.left-N',
    ]);
    for (const name of aside) expect(await Bun.file(join(dir, name)).text()).toBe(old);
    removeFolder(dir);
  }
}, 60_000);
