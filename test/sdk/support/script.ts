/** Programs that use the SDK, in a process of their own, under Node, Bun or Deno. */
import { expect } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnvironment } from '../../support/start-server.ts';

const root = join(import.meta.dir, '../../..');
export const runtimes = ['node', 'bun', 'deno'] as const;
/** Where there are libraries to train and predict with. */
export const modelRuntimes = ['node', 'bun'] as const;
export type Runtime = (typeof runtimes)[number];
export const commands: Readonly<Record<Runtime, readonly string[]>> = {
  node: ['node'],
  bun: [process.execPath],
  deno: [join(root, 'test/sdk/libraries/node_modules/.bin/deno'), 'run', '--allow-all'],
};
const limit = 60_000;

export interface Script {
  readonly process: Bun.Subprocess<'ignore', 'pipe', 'pipe'>;
  readonly finished: Promise<{ code: number; out: string; error: string }>;
}

/** Runs `source`, a module that may import from `modelyard` as a package would. It is killed after a minute. */
export function runScript(
  folder: string,
  source: string,
  env: Record<string, string>,
  runtime: Runtime = 'node',
): Script {
  const file = join(folder, `script-${crypto.randomUUID().slice(0, 8)}.mjs`);
  const entry = JSON.stringify(join(root, 'dist/esm/sdk/node/index.js'));
  writeFileSync(file, source.replaceAll(/from 'modelyard(\/node)?'/g, `from ${entry}`));
  const child = Bun.spawn([...commands[runtime], file], {
    cwd: folder,
    env: { ...cleanEnvironment(), ...env },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), limit);
  const finished = Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]).then(([code, out, error]) => {
    clearTimeout(timer);
    return { code, out, error };
  });
  return { process: child, finished };
}

/** What the program prints, as JSON; it must end well and complain of nothing. */
export async function jsonOf(...[folder, source, env, runtime]: Parameters<typeof runScript>): Promise<unknown> {
  const { code, out, error } = await runScript(folder, source, env, runtime).finished;
  expect([code, error]).toEqual([0, '']);
  return JSON.parse(out);
}
