/** Two servers on one database file. */
import { expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
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
