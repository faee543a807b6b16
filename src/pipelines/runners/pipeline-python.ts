/** The Python that tasks run in. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironment } from '../../config/own-environment.ts';
import { EnvironmentError } from '../../python-workers/environments/environment-error.ts';
import type { EnvironmentOptions } from '../../python-workers/environments/environment.ts';
import { findPython } from '../../python-workers/environments/find-python.ts';
import { readNeeds, type NeedsFiles } from '../../python-workers/environments/python-needs.ts';
import { uvEnvironment } from '../../python-workers/environments/uv-environment.ts';
import { PipelineError, type Pipeline } from '../pipeline.ts';

/**
 * @param modules that it must have, whether the folder's files name them or not
 * @throws PipelineError
 */
export async function pipelinePython(
  { folder, file, environment }: Pipeline,
  modules: readonly string[],
  options: EnvironmentOptions,
): Promise<string> {
  if (environment === 'uv') return madeFor(folder, file, modules, options);
  const python = localPython(folder);
  if (python === undefined) throw new PipelineError('There is no python3 in PATH, which tasks of Python need.');
  return python;
}

/** Of the active environment, of the folder's own, or what PATH has. */
function localPython(folder: string): string | undefined {
  const { VIRTUAL_ENV: active } = ownEnvironment();
  const candidates = [...(active ? [join(active, 'bin/python')] : []), join(folder, '.venv/bin/python')];
  return candidates.find((one) => existsSync(one)) ?? findPython();
}

const files: Readonly<Record<keyof NeedsFiles, readonly string[]>> = {
  python: ['python_env.yaml'],
  requirements: ['requirements.lock.txt', 'requirements.txt'],
  conda: ['conda.yaml', 'environment.yml', 'environment.yaml'],
};

async function madeFor(
  folder: string,
  pipeline: string,
  modules: readonly string[],
  options: EnvironmentOptions,
): Promise<string> {
  const find = (names: readonly string[]): string | undefined =>
    names.map((name) => join(folder, name)).find((one) => existsSync(one));
  const found = { python: find(files.python), requirements: find(files.requirements), conda: find(files.conda) };
  if (!Object.values(found).some(Boolean)) {
    const names = Object.values(files).flat().join(', ');
    throw new PipelineError(`${pipeline}: environment: uv needs one of these files in ${folder}: ${names}.`);
  }
  try {
    const needs = readNeeds(found);
    const missing = modules.filter((name) => !needs.requirements.some((line) => names(line, name)));
    const made = await uvEnvironment({ ...needs, requirements: [...needs.requirements, ...missing] }, options);
    return made.python;
  } catch (error) {
    if (error instanceof EnvironmentError || error instanceof SyntaxError) throw new PipelineError(error.message);
    throw error;
  }
}

function names(line: string, name: string): boolean {
  return new RegExp(`^${name}\\s*(\\[|[<>=!~;@ ]|$)`, 'i').test(line);
}
