/** The program that makes environments: uv, installed where it is missing. */
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../../config/user-folders.ts';
import { withBuildLock } from './build-lock.ts';
import { EnvironmentError } from './environment-error.ts';
import { findPython } from './find-python.ts';
import { removeAbandoned } from './half-folders.ts';
import { runStep, type StepOptions } from './run-step.ts';

/** The start of its command line. @throws EnvironmentError */
export async function findUv(onProgress: (step: string) => void, options: StepOptions): Promise<readonly string[]> {
  const inPath = Bun.which('uv');
  if (inPath !== null) return [inPath];
  const own = cacheFolder('uv');
  const program = join(own, 'bin/uv');
  if (existsSync(program)) return [program];
  const python = findPython();
  if (python === undefined) {
    throw new EnvironmentError(
      'Neither uv nor python3 is in PATH. Install one of them: environments of models are made by uv.',
    );
  }
  const module = [python, '-m', 'uv'];
  if (Bun.spawnSync([...module, '--version'], { stdout: 'ignore', stderr: 'ignore' }).exitCode === 0) return module;
  const install = async (): Promise<void> => {
    if (existsSync(program)) return;
    onProgress('installing uv');
    await installUv(python, own, options);
  };
  const onWait = (): void => onProgress('another process installs uv; waiting for it');
  await withBuildLock(`${own}.lock`, install, { onWait, signal: options.signal });
  return [program];
}

async function installUv(python: string, own: string, options: StepOptions): Promise<void> {
  removeAbandoned(own);
  const half = mkdtempSync(`${own}.half-`);
  try {
    const how = 'Installing uv, which makes environments of models,';
    await runStep([python, '-m', 'venv', half], how, options);
    await runStep([join(half, 'bin/python'), '-m', 'pip', 'install', '--quiet', 'uv'], how, options);
    if (!existsSync(own)) renameSync(half, own);
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    throw new EnvironmentError(`${error.message}\nInstall uv yourself (pip install uv), or use --env-manager local.`);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}
