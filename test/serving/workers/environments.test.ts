/** Environments of models: made once by uv, whole or not at all. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { finished, runModelyard, type Finished } from '../../support/run-modelyard.ts';
import { cleanEnvironment, modelyard } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { makeModels, python } from './support/models.ts';
import { column, predictions, score, until } from './support/scoring.ts';
import { serveModel } from './support/serving.ts';

/** An environment may have to come from PyPI. */
const limit = 400_000;
let dir: string;
let model: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  dir = freshFolder();
  await makeModels(dir, 'small');
  model = join(dir, 'small');
  env = { XDG_CACHE_HOME: join(dir, 'cache'), PATH: `${python}:${process.env['PATH']}` };
});

afterAll(() => removeFolder(dir));

function command(action: string, ...args: readonly string[]): Promise<Finished> {
  return runModelyard(['models', action, ...args], { dir, env, limit });
}

const places = (): string[] => readdirSync(join(dir, 'cache/modelyard/environments'));

function changed(name: string, file: string, change: (text: string) => string): string {
  const copy = join(dir, name);
  cpSync(model, copy, { recursive: true });
  writeFileSync(join(copy, file), change(readFileSync(join(copy, file), 'utf8')));
  return copy;
}

/** A command whose uv waits as long as the file `hold` is there. */
function held(
  action: string,
  ...args: readonly string[]
): {
  until(words: string): Promise<void>;
  ended: Promise<number>;
  out: Promise<string>;
  stop(): void;
  kill(): void;
} {
  const child = Bun.spawn(['setpriv', '--pdeathsig', 'KILL', modelyard, 'models', action, '-m', model, ...args], {
    cwd: dir,
    env: { ...cleanEnvironment(), ...env, PATH: `${join(dir, 'held')}:${env['PATH']}`, HOLD: join(dir, 'hold') },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // With its uv, it is a group of its own.
    detached: true,
  });
  const lines = child.stderr.pipeThrough(new TextDecoderStream()).getReader();
  return {
    ended: child.exited,
    out: new Response(child.stdout).text(),
    stop: () => child.kill('SIGTERM'),
    kill: () => process.kill(-child.pid, 'SIGKILL'),
    async until(words) {
      for (let told = ''; !told.includes(words);) {
        const { value, done } = await within(limit, lines.read());
        if (done) throw new Error(`it ended without '${words}': ${told}`);
        told += value;
      }
    },
  };
}

describe('an environment', () => {
  beforeAll(() => {
    const uv = join(dir, 'held/uv');
    mkdirSync(dirname(uv));
    writeFileSync(uv, `#!/bin/sh\nwhile [ -e "$HOLD" ]; do sleep 0.05; done\nexec ${join(python, 'uv')} "$@"\n`);
    chmodSync(uv, 0o755);
    writeFileSync(join(dir, 'hold'), '');
  });

  test('that is killed while it is made leaves nothing that is taken for whole', async () => {
    const builder = held('build-env');
    await builder.until('making an environment');
    builder.kill();
    await builder.ended;
    expect(places().filter((name) => /^[\da-f]{32}$/.test(name))).toEqual([]);
  });

  test('that is stopped while it is made leaves nothing', async () => {
    const builder = held('prepare-env');
    await builder.until('making an environment');
    builder.stop();
    expect(await builder.ended).toBe(130);
    expect(places().filter((name) => !name.includes('.half-'))).toEqual([]);
  });

  test('that a server waits for when it is stopped ends it at once, with an answer to who waits too', async () => {
    const before = places();
    const socket = join(dir, 'stopped.sock');
    const server = held('serve', '--socket', socket);
    await server.until('making an environment');
    const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(`http://localhost${path}`, { ...init, unix: socket });
    const body = JSON.stringify(column('x', 1));
    await until(async () => (await ask('/ping').catch(() => undefined))?.status === 503);
    const waiting = ask('/invocations', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await until(async () => (await (await ask('/metrics')).text()).includes('scoring_open_requests 1\n'));
    server.stop();
    expect((await within(20_000, waiting)).status).toBe(503);
    expect(await within(20_000, server.ended)).toBe(0);
    expect(places()).toEqual(before);
  });

  test('of a server that cannot listen is not left half made', async () => {
    const before = places();
    const server = held('serve', '--socket', join(dir, 'nowhere/s.sock'));
    expect(await within(20_000, server.ended)).toBe(1);
    expect(places()).toEqual(before);
  });

  test(
    'is made once, by one of two at a time, and told of while it is made',
    async () => {
      const builder = held('build-env');
      await builder.until('making an environment');
      const other = held('prepare-env');
      await other.until('waiting for it');
      rmSync(join(dir, 'hold'));
      await builder.until('installing');
      expect([await builder.ended, await other.ended]).toEqual([0, 0]);
      const path = /^Environment\t(.*)$/m.exec(await builder.out)?.[1] ?? '';
      expect(await builder.out).toContain(`Python\t${path}/bin/python\n`);
      expect(await other.out).toBe(`The environment is ready: ${path}\n`);
      const [name] = places();
      expect([places().length, path.endsWith(`/${name}`)]).toEqual([1, true]);
    },
    limit,
  );

  test('is found again, by any folder with the same needs', async () => {
    const copy = changed('copy', 'MLmodel', (text) => text.replace(/model_uuid: \w+/, 'model_uuid: other'));
    for (const manager of ['uv', 'virtualenv']) {
      const again = await command('build-env', '-m', copy, '--env-manager', manager, '--json');
      expect([again.code, again.error]).toEqual([0, '']);
      expect(JSON.parse(again.out)).toEqual({
        path: join(dir, 'cache/modelyard/environments', places()[0] ?? ''),
        python: expect.stringMatching(/bin\/python$/) as string,
      });
    }
  });

  test('is made again when its Python has gone', async () => {
    rmSync(join(dir, 'cache/modelyard/environments', places()[0] ?? '', 'bin/python'));
    expect((await command('prepare-env', '-m', model)).code).toBe(0);
    expect(places().length).toBe(1);
  });

  test('runs the model', async () => {
    const server = await serveModel(model, ['--env-manager', 'uv'], { dir, env });
    try {
      const answer = predictions(await score(server.url, column('x', 2.5))) as unknown[][];
      expect(answer.map((row) => row[2])).toEqual([['2.5']]);
    } finally {
      await server.kill();
    }
  });
});

describe('what cannot be made', () => {
  test('is told of with the reason, and leaves nothing', async () => {
    const before = places();
    const unknown = changed('unknown', 'requirements.txt', () => 'mlflow==0.0.0.1\n');
    const { code, error } = await command('build-env', '-m', unknown);
    expect(code).toBe(1);
    expect(error).toContain('mlflow==0.0.0.1');
    expect(error).toContain('--env-manager local');
    expect(places()).toEqual(before);
  });

  test('for want of its Python says which to install', async () => {
    const old = changed('old', 'python_env.yaml', (text) => text.replace(/python: .*/, 'python: 3.1.0'));
    const { code, error } = await command('build-env', '-m', old);
    expect(code).toBe(1);
    expect(error).toContain('The model was saved with Python 3.1. Install that');
  });

  test('by conda, where there is none, says so', async () => {
    const args = ['models', 'build-env', '-m', model, '--env-manager', 'conda'];
    const { code, error } = await runModelyard(args, { dir, env: { PATH: '/usr/bin:/bin' }, limit });
    expect(code).toBe(1);
    expect(error).toContain('conda');
  });
});

test('a Python without mlflow says what to install', async () => {
  const bare = join(dir, 'bare');
  await finished([join(python, 'python'), '-m', 'venv', '--without-pip', bare], { dir, limit: 60_000 });
  const serving = ['models', 'serve', '-m', model, '-p', '0', '--env-manager', 'local'];
  const bareEnv = { PATH: `${bare}/bin:${process.env['PATH']}` };
  const { code, error } = await runModelyard(serving, { dir, env: bareEnv, limit: 60_000 });
  expect(code).toBe(1);
  expect(error).toContain(`${bare}/bin/python3 -m pip install -r ${model}/requirements.txt`);
});
