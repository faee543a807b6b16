/** `modelyard models predict` with the Python of the tests. */
import { join } from 'node:path';
import { cleanEnvironment, modelyard } from '../../../support/start-server.ts';
import { finished, runModelyard, type Finished } from '../../../support/run-modelyard.ts';

const bin = join(import.meta.dir, '../../../../.venv/bin');
const env = { PATH: `${bin}:${process.env['PATH']}` };
/** MLflow's telemetry changes the environment while other threads of it read that. */
const quiet = { MLFLOW_DISABLE_TELEMETRY: 'true' };
/** A loaded machine imports mlflow slowly. */
const limit = 150_000;

export function predict(dir: string, ...args: readonly string[]): Promise<Finished> {
  return runModelyard(['models', 'predict', '--env-manager', 'local', '--workers', '1', ...args], { dir, env, limit });
}

/** One that is not waited for. */
export function startPredicting(dir: string, ...args: readonly string[]): Bun.Subprocess<'ignore', 'ignore', 'pipe'> {
  const command = [modelyard, 'models', 'predict', '--env-manager', 'local', ...args];
  return Bun.spawn(['setpriv', '--pdeathsig', 'KILL', ...command], {
    cwd: dir,
    env: { ...cleanEnvironment(), ...env },
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  });
}

/** Runs a script of Python, whose last line is JSON. */
export async function python<T>(dir: string, script: string): Promise<T> {
  const { code, out, error } = await finished([join(bin, 'python'), '-c', script], { dir, env: quiet, limit });
  if (code !== 0) throw new Error(error);
  return JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as T;
}

/** Commands of the real one, in one process, which takes longest to start. */
export async function mlflow(dir: string, ...commands: readonly (readonly string[])[]): Promise<void> {
  const script = `import json
from mlflow.cli import cli
for words in ${JSON.stringify(commands)}:
    cli(words, standalone_mode=False)
print("null")`;
  await python(dir, script);
}
