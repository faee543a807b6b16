/** Environments of Python models, made ahead of the first use. */
import type { PythonEnvironment } from '../../python-workers/environments/environment.ts';
import { modelEnvironment } from '../../serving/python/python-scorer.ts';
import { ScorerError } from '../../serving/scorer-options.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { envManagerOf, scorerFlags } from './scorer-flags.ts';
import { fetched } from './serve.ts';

const flags = {
  'model-uri': scorerFlags['model-uri'],
  'env-manager': scorerFlags['env-manager'],
  'no-conda': scorerFlags['no-conda'],
  'install-mlflow': scorerFlags['install-mlflow'],
} as const;

export const prepareEnv = action({
  name: 'prepare-env',
  summary: 'make the environment that a Python model needs, so that serve and predict start at once',
  flags,
  example: 'modelyard models prepare-env -m models:/churn@champion',
  async run(given, out) {
    const environment = await made(given);
    out.done(environment, `The environment is ready: ${environment.path ?? environment.python}`);
  },
});

export const buildEnv = action({
  name: 'build-env',
  summary: 'make the environment that a Python model needs, and print where it is',
  flags,
  example: 'modelyard models build-env -m models:/churn@champion',
  async run(given, out) {
    const environment = await made(given);
    out.details(environment, [
      ['Environment', environment.path],
      ['Python', environment.python],
    ]);
  },
});

async function made(given: {
  readonly 'model-uri': string;
  readonly 'env-manager'?: string | undefined;
  readonly 'no-conda'?: boolean | undefined;
}): Promise<PythonEnvironment> {
  const envManager = envManagerOf(given);
  const folder = await fetched(given['model-uri']);
  if (!Object.hasOwn(folder.flavors, 'python_function')) {
    throw new CommandError(`${folder.uri} is no model of Python: it needs no environment.`);
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const onProgress = (step: string): void => void process.stderr.write(`modelyard: ${step}\n`);
  try {
    return await modelEnvironment(folder, { envManager, onProgress }, stop);
  } catch (error) {
    if (stop.signal.aborted) throw new CommandError('Stopped; nothing half is left.', 130);
    throw error instanceof ScorerError ? new CommandError(error.message) : error;
  }
}
