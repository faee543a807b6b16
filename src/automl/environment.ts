/** The Python that AutoML trains with: made once from the lock that ships with it, or the user's own. */
import { join } from 'node:path';
import { ownEnvironment } from '../config/own-environment.ts';
import { EnvironmentError } from '../python-workers/environments/environment-error.ts';
import { readNeeds } from '../python-workers/environments/python-needs.ts';
import { uvEnvironment } from '../python-workers/environments/uv-environment.ts';
import { pythonFolder } from './python-folder.ts';

export interface AutomlPythonOptions {
  readonly onProgress: (step: string) => void;
  readonly signal?: AbortSignal | undefined;
}

const variable = 'MODELYARD_AUTOML_PYTHON';
const versions = '>=3.11,<3.14';
/** What everything here is made of; a search may ask for more, and says so itself. */
const modules = [
  'IPython',
  'cloudpickle',
  'joblib',
  'lightgbm',
  'matplotlib',
  'mlflow',
  'nbclient',
  'nbformat',
  'numpy',
  'optuna',
  'pandas',
  'pyarrow',
  'scipy',
  'sklearn',
  'threadpoolctl',
  'xgboost',
];
const check = `
import importlib.util, sys
missing = [name for name in sys.argv[1:] if importlib.util.find_spec(name) is None]
print(f"{sys.version_info.major}.{sys.version_info.minor}", *missing)
`;

/** Path of the interpreter. @throws EnvironmentError with what to do */
export async function automlPython({ onProgress, signal }: AutomlPythonOptions): Promise<string> {
  const own = ownEnvironment()[variable];
  if (own) return checked(own);
  const needs = readNeeds({ requirements: join(pythonFolder(), 'modelyard_automl/requirements.txt') });
  const instead = `Or name a Python that has what AutoML needs by ${variable}=/path/to/python.`;
  const options = { onProgress, signal, what: 'search', instead, compile: true } as const;
  const made = await uvEnvironment({ ...needs, python: versions }, options);
  return made.python;
}

function checked(python: string): string {
  const program = Bun.which(python);
  if (program === null) throw new EnvironmentError(`${variable} names ${python}, which is no program.`);
  const { exitCode, stdout, stderr } = Bun.spawnSync([program, '-c', check, ...modules], {
    stdout: 'pipe',
    stderr: 'pipe',
  });
  if (exitCode !== 0)
    throw new EnvironmentError(`${variable} names ${python}, which fails: ${stderr.toString().trim()}`);
  const [version = '', ...missing] = stdout.toString().trim().split(' ');
  if (Number(version.split('.')[1]) < 11) {
    throw new EnvironmentError(`${variable} names Python ${version}; AutoML needs 3.11 or later.`);
  }
  if (missing.length === 0) return program;
  const list = join(pythonFolder(), 'modelyard_automl/requirements.txt');
  throw new EnvironmentError(
    `${variable} names ${python}, in which these modules are missing: ${missing.join(', ')}. ` +
      `Install them (all of it: ${python} -m pip install -r ${list}), or take ${variable} away: then uv makes an environment.`,
  );
}
