/** The environment that a project runs in, found or made. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { environment as variable } from '../../sdk/settings.ts';
import { condaEnvironment } from '../../python-workers/environments/conda-environment.ts';
import { EnvironmentError } from '../../python-workers/environments/environment-error.ts';
import { readNeeds, type PythonNeeds } from '../../python-workers/environments/python-needs.ts';
import { uvEnvironment } from '../../python-workers/environments/uv-environment.ts';
import type { ProjectEnvironment } from '../mlproject.ts';
import { ProjectError } from '../project-error.ts';
import { condaPackages } from './conda-packages.ts';
import type { EnvManager } from './env-managers.ts';

export interface EnvironmentOptions {
  readonly onProgress: (step: string) => void;
  readonly signal: AbortSignal;
}

/** Changes to the variables of a process; undefined takes one away. */
export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * As it is recorded; undefined: what is here is taken as it is.
 *
 * @param packages whether the command is one of JavaScript, with a package.json
 */
export function managerOf(
  { kind }: ProjectEnvironment,
  chosen: EnvManager | undefined,
  packages: boolean,
): string | undefined {
  if (kind === 'docker') return 'docker';
  if (chosen === 'local') return undefined;
  if (kind === 'none' && packages) return 'node';
  return chosen ?? (kind === 'conda' ? 'conda' : 'virtualenv');
}

/** @param manager of `managerOf` @throws ProjectError */
export async function pythonVariables(
  environment: ProjectEnvironment,
  manager: string | undefined,
  chosen: EnvManager | undefined,
  options: EnvironmentOptions,
): Promise<Variables> {
  if (manager === undefined || manager === 'node') return {};
  try {
    const conda = environment.kind === 'conda' ? environment.file : undefined;
    if (manager === 'conda' && (chosen === 'conda' || hasConda())) {
      const { path = '' } = await condaEnvironment(conda, forProject(options));
      return { ...inPath(path), CONDA_PREFIX: path, CONDA_DEFAULT_ENV: path };
    }
    const { path = '' } = await uvEnvironment(needsOf(environment, options), forProject(options));
    return { ...inPath(path), VIRTUAL_ENV: path };
  } catch (error) {
    if (error instanceof EnvironmentError || error instanceof SyntaxError) throw new ProjectError(error.message);
    throw error;
  }
}

function forProject(options: EnvironmentOptions) {
  return { ...options, what: 'project' } as const;
}

function hasConda(): boolean {
  return ['conda', 'mamba', 'micromamba'].some((name) => Bun.which(name) !== null);
}

function inPath(folder: string): Variables {
  return { PATH: `${join(folder, 'bin')}:${variable('PATH') ?? ''}`, PYTHONHOME: undefined };
}

function needsOf(environment: ProjectEnvironment, { onProgress }: EnvironmentOptions): PythonNeeds {
  if (environment.kind === 'python') return placed(readNeeds({ python: environment.file }));
  if (environment.kind !== 'conda') return readNeeds({});
  const needs = readNeeds({ conda: environment.file });
  const { requirements } = condaPackages(environment.file);
  if (requirements.length > 0) {
    onProgress(`without conda, from PyPI instead of conda's channels: ${requirements.join(', ')}`);
  }
  return placed({ ...needs, requirements: [...requirements, ...needs.requirements] });
}

/** What lies in the project is another thing in another project. */
function placed(needs: PythonNeeds): PythonNeeds {
  const own = needs.requirements.some((line) => {
    const path = line.replace(/^(-e|--editable)[\s=]+/, '');
    return (
      !line.startsWith('-r') && !line.startsWith('-c') && /^\.|\//.test(path) && existsSync(join(needs.folder, path))
    );
  });
  return own ? { ...needs, included: [...needs.included, needs.folder] } : needs;
}
