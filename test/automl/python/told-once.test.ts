/** The program of this machine refuses: Python's caller hears why by the error, and not on its error output too. */
import { afterAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';

const root = join(import.meta.dir, '../../..');
const dir = freshFolder();
afterAll(() => removeFolder(dir));

const script = `
import os, sys
from types import SimpleNamespace
from modelyard._local_search import run_program
from modelyard._server import ServerError
try:
    run_program(SimpleNamespace(uri="http://127.0.0.1:1", environment=dict(os.environ)), *sys.argv[1:])
except ServerError as error:
    print(error)
`;

async function refused(...args: string[]): Promise<{ said: string; error: string }> {
  const python = await automlPython({ onProgress: () => undefined });
  const env = { ...process.env, PYTHONPATH: join(root, 'python'), MODELYARD_PROGRAM: join(root, 'bin/modelyard') };
  const child = Bun.spawn([python, '-B', '-c', script, ...args], { cwd: dir, env, stdout: 'pipe', stderr: 'pipe' });
  const [said, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  await child.exited;
  return { said, error };
}

test('what is wrong is told once, with all its lines', async () => {
  const data = join(dir, 'sales.csv');
  writeFileSync(data, 'day,sold\n2024-01-01,1\n');
  const series = ['automl', 'forecast', '--data', data, '--target', 'sold', '--time-col', 'day'];
  const { said, error } = await refused(...series, '--horizon=-3', '--country-code', 'XX');
  expect(error).toBe('');
  expect(said).toStartWith('this cannot be searched for:\n');
  expect(said).toContain('--horizon is a whole number');
  expect(said).toContain('--country-code is the two letters');
}, 120_000);
