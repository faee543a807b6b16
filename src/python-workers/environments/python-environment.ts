/** The Python that runs a model or a project, by the manager that the user chose. */
import { condaEnvironment } from './conda-environment.ts';
import type { EnvironmentOptions, PythonEnvironment } from './environment.ts';
import { EnvironmentError } from './environment-error.ts';
import { findPython } from './find-python.ts';
import { readNeeds, withMlflow, type NeedsFiles } from './python-needs.ts';
import { uvEnvironment } from './uv-environment.ts';

export interface EnvironmentWish {
  /** `virtualenv` is made by uv too. */
  readonly manager: 'local' | 'uv' | 'virtualenv' | 'conda';
  readonly files: NeedsFiles;
  /** The release of MLflow to add where none is named. */
  readonly mlflow: string | undefined;
}

/** Found or made. @throws EnvironmentError */
export async function pythonEnvironment(
  { manager, files, mlflow }: EnvironmentWish,
  options: EnvironmentOptions,
): Promise<PythonEnvironment> {
  if (manager === 'conda') return condaEnvironment(files.conda, options);
  if (manager !== 'local') return uvEnvironment(withMlflow(needsOf(files), mlflow), options);
  const python = findPython();
  if (python === undefined) throw new EnvironmentError('There is no python3 in PATH, which --env-manager local takes.');
  return { path: undefined, python };
}

function needsOf(files: NeedsFiles): ReturnType<typeof readNeeds> {
  try {
    return readNeeds(files);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new EnvironmentError(`What the model needs cannot be read: ${error.message}`);
  }
}
