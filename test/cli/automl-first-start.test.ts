/** A first search of all is stopped while the environment of AutoML is made. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isGone } from '../automl/worker/is-gone.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { cleanEnvironment, modelyard, startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

const bound = 20_000;
const dir = freshFolder();
const data = join(dir, 'houses.csv');
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  writeFileSync(data, 'area,price\n1,2\n');
}, 30_000);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

/** A program that stands in for one that works for minutes, by another that it starts. */
function endless(folder: string, name: string, before = ''): void {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${before}\nsleep 1000 &\necho $! > ${dir}/sleeper\nwait\n`);
  chmodSync(file, 0o755);
}

async function untilSleeps(): Promise<number> {
  for (const end = Date.now() + bound; Date.now() < end; await Bun.sleep(25)) {
    const pid = existsSync(join(dir, 'sleeper')) ? Number(readFileSync(join(dir, 'sleeper'), 'utf8')) : 0;
    if (pid > 0) return pid;
  }
  throw new Error('nothing was started');
}

const python = 'case "$*" in *--version) exit 1;; esac';

test.each([
  ['uv is installed', 'python3', python, 'SIGINT'],
  ['uv installs what it needs', 'uv', '', 'SIGTERM'],
] as const)(
  'while %s: one sentence, and nothing is left',
  async (_, program, before, signal) => {
    const place = join(dir, program);
    endless(join(place, 'bin'), program, before);
    // What a start left that was killed.
    mkdirSync(join(place, 'cache/modelyard/uv.half-killed'), { recursive: true });
    const child = Bun.spawn([modelyard, 'automl', 'regress', '--data', data, '--target', 'price', '--timeout', '40'], {
      cwd: dir,
      env: {
        ...cleanEnvironment(),
        PATH: `${place}/bin:/usr/bin:/bin`,
        MODELYARD_AUTOML_PYTHON: '',
        MLFLOW_TRACKING_URI: server.url,
        XDG_CACHE_HOME: join(place, 'cache'),
      },
      stdin: 'ignore',
      stdout: 'ignore',
      stderr: 'pipe',
    });
    let sleeper = 0;
    try {
      sleeper = await untilSleeps();
      child.kill(signal);
      const error = await within(bound, new Response(child.stderr).text());
      expect(error).toEndWith('modelyard: Stopped by a signal while the environment was made; nothing was recorded.\n');
      expect(await child.exited).toBe(1);
      expect(await isGone(sleeper)).toBe(true);
      const left = readdirSync(join(place, 'cache'), { recursive: true, encoding: 'utf8' });
      const abandoned = program === 'uv' ? ['modelyard/uv.half-killed'] : [];
      expect(left.filter((name) => /half|lock/.test(name))).toEqual(abandoned);
    } finally {
      child.kill('SIGKILL');
      if (sleeper > 0 && !(await isGone(sleeper))) process.kill(sleeper, 'SIGKILL');
      writeFileSync(join(dir, 'sleeper'), '');
    }
  },
  2 * bound,
);
