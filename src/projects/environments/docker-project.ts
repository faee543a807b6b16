/** Projects that run in a container of docker. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnvironmentError } from '../../python-workers/environments/environment-error.ts';
import { runStep } from '../../python-workers/environments/run-step.ts';
import { ProjectError } from '../project-error.ts';
import { buildCommand, dockerfileOf } from './docker-command.ts';
import type { EnvironmentOptions } from './project-environment.ts';

/** Asked before anything else happens. @returns the program @throws ProjectError */
export async function dockerProgram(): Promise<string> {
  const docker = Bun.which('docker');
  if (docker === null)
    throw new ProjectError('this project runs in docker, which is not in PATH. Install a docker engine.');
  const asked = Bun.spawn([docker, 'info', '--format', '{{.ServerVersion}}'], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
    timeout: 30_000,
  });
  const [code, error] = await Promise.all([asked.exited, new Response(asked.stderr).text()]);
  if (code === 0) return docker;
  const reason = error.trim().split('\n').at(-1) ?? '';
  throw new ProjectError(
    `this project runs in docker, whose engine does not answer: ${reason || `docker info ended with ${code}.`}`,
  );
}

/** An image that holds the files of the project. @throws ProjectError */
export async function buildImage(
  docker: string,
  base: string,
  image: string,
  folder: string,
  { onProgress, signal }: EnvironmentOptions,
): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'modelyard-image-'));
  try {
    const file = join(scratch, 'Dockerfile');
    writeFileSync(file, dockerfileOf(base));
    onProgress(`building the image ${image} from ${base}`);
    await runStep([docker, ...buildCommand(image, file, folder)], 'docker build', { onLine: onProgress, signal });
  } catch (error) {
    throw error instanceof EnvironmentError ? new ProjectError(error.message) : error;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A container outlives the program that started it. */
export function removeContainer(docker: string, name: string): void {
  Bun.spawnSync([docker, 'rm', '--force', name], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
    timeout: 10_000,
  });
}
