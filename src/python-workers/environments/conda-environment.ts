/** Environments made by conda or one of its kin, from a conda.yaml. They cannot be moved: a file says that one is whole. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../config/user-folders.ts';
import { withBuildLock } from './build-lock.ts';
import type { EnvironmentOptions, PythonEnvironment } from './environment.ts';
import { EnvironmentError } from './environment-error.ts';
import { runStep } from './run-step.ts';

const programs = ['conda', 'mamba', 'micromamba'] as const;

/** @throws EnvironmentError */
export async function condaEnvironment(
  file: string | undefined,
  options: EnvironmentOptions,
): Promise<PythonEnvironment> {
  if (file === undefined) throw new EnvironmentError('There is no conda.yaml. Leave --env-manager conda out.');
  const program = programs.map((name) => Bun.which(name)).find((one) => one !== null);
  if (program === undefined) {
    throw new EnvironmentError(
      `--env-manager conda needs ${programs.join(', ')} in PATH, and none is there. Without it, uv makes the environment.`,
    );
  }
  const name = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 32);
  const path = cacheFolder('environments', `conda-${name}`);
  const made = { path, python: join(path, 'bin/python') };
  const whole = `${path}.whole`;
  if (existsSync(whole) && existsSync(path)) return made;
  const onWait = (): void => options.onProgress('another process makes this environment; waiting for it');
  const build = async (): Promise<void> => {
    if (existsSync(whole) && existsSync(path)) return;
    rmSync(path, { recursive: true, force: true });
    options.onProgress(`making an environment by ${program}`);
    const create = program.endsWith('micromamba') ? ['create', '-y'] : ['env', 'create', '-q'];
    const step = { signal: options.signal, onLine: options.onProgress };
    await runStep([program, ...create, '-p', path, '-f', file], 'Making the environment by conda', step);
    writeFileSync(whole, '');
  };
  await withBuildLock(`${path}.lock`, build, { onWait, signal: options.signal });
  return made;
}
