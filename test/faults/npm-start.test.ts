/** A server behind `npm start`: npm hands signals on to the one process it started, which has to be the server. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { freshFolder, removeFolder } from '../support/folders.ts';
import { announcedUrl, cleanEnvironment, modelyard } from '../support/start-server.ts';
import { within } from '../support/within.ts';

let dir: string;

beforeEach(() => {
  dir = freshFolder();
  // The repository's own script, without what it installs and builds before.
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ scripts: { start: packageJson.scripts.start } }));
  mkdirSync(join(dir, 'scripts'));
  writeFileSync(join(dir, 'scripts/start.sh'), `exec '${modelyard}' server "$@"\n`);
});

afterEach(() => removeFolder(dir));

test('a signal to npm alone stops the server', async () => {
  const npm = Bun.spawn(['npm', 'start', '--', '--port', '0', '--data', join(dir, 'data')], {
    cwd: dir,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const { url } = await within(20_000, announcedUrl(npm.stdout));
  const health = (): Promise<number> =>
    fetch(`${url}/health`, { signal: AbortSignal.timeout(5000) }).then(
      ({ status }) => status,
      () => 0,
    );
  expect(await health()).toBe(200);
  npm.kill('SIGTERM');
  expect([await within(10_000, npm.exited), await health()]).toEqual([0, 0]);
}, 40_000);
