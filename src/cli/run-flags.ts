/** The flags of `modelyard run`: those of `mlflow run`, and what they ask for. */
import { readFileSync } from 'node:fs';
import { envManagers, type EnvManager } from '../projects/environments/env-managers.ts';
import { namedValues } from '../projects/named-values.ts';
import type { ProjectRun } from '../projects/run-project.ts';
import type { Given } from './action.ts';
import { CommandError } from './command.ts';

export const projectFlags = {
  uri: { type: 'string', operand: true, required: true, value: 'URI', meaning: 'the project' },
  version: { type: 'string', short: 'v', value: 'VERSION', meaning: 'branch, tag or commit of a git repository' },
} as const;

export const runFlags = {
  uri: projectFlags.uri,
  'entry-point': {
    type: 'string',
    short: 'e',
    value: 'NAME',
    fallback: 'main',
    meaning: 'entry point of the MLproject file, or a .py, .sh, .ts or .js script',
  },
  version: projectFlags.version,
  'param-list': {
    type: 'many',
    short: 'P',
    value: 'NAME=VALUE',
    meaning: 'a parameter; one that the entry point does not have is passed as --NAME VALUE',
  },
  'docker-args': {
    type: 'many',
    short: 'A',
    value: 'NAME=VALUE',
    meaning: 'an option of docker run, as gpus=all, or its name alone, as t',
  },
  'experiment-name': { type: 'string', value: 'NAME', meaning: 'experiment of the run; made when it is not there' },
  'experiment-id': { type: 'string', value: 'ID', variable: 'MLFLOW_EXPERIMENT_ID', meaning: 'experiment of the run' },
  'run-name': { type: 'string', value: 'NAME', fallback: 'generated', meaning: "the run's name" },
  'run-id': { type: 'string', value: 'ID', meaning: 'go on with this run instead of making one' },
  'env-manager': {
    type: 'string',
    value: 'HOW',
    fallback: 'as the project says',
    meaning: `how its environment is made: ${envManagers.join(', ')}; local makes none`,
  },
  'storage-dir': {
    type: 'string',
    value: 'FOLDER',
    fallback: 'a temporary folder',
    meaning: 'where addresses that are given for parameters of type path are downloaded to',
  },
  'build-image': { type: 'boolean', meaning: 'of a docker project, build an image that holds its files' },
  'skip-image-build': {
    type: 'boolean',
    meaning: 'use the image of the docker project as it is, as without --build-image',
  },
  backend: { type: 'string', short: 'b', value: 'NAME', fallback: 'local', meaning: 'where it runs: local' },
  'backend-config': {
    type: 'string',
    short: 'c',
    value: 'FILE',
    meaning: 'JSON file (.json), or JSON itself; local takes STORAGE_DIR and env_manager from it',
  },
  'no-conda': { type: 'boolean', meaning: 'the same as --env-manager local' },
  'job-folder': {
    type: 'string',
    value: 'FOLDER',
    hidden: true,
    meaning: 'tell the host of a job how it goes, by files',
  },
} as const;

/** @throws CommandError with exit code 2 for what makes no sense */
export function wishOf(given: Given<typeof runFlags>): ProjectRun {
  if (given['experiment-name'] !== undefined && given['experiment-id'] !== undefined) {
    throw wrong('--experiment-name and --experiment-id say the same thing twice. Leave one out');
  }
  const config = configOf(given['backend-config']);
  return {
    uri: given.uri,
    version: given.version || undefined,
    entryPoint: given['entry-point'] ?? 'main',
    parameters: valuesOf(given['param-list'] ?? []),
    dockerArgs: given['docker-args'] ?? [],
    experimentName: given['experiment-name'],
    experimentId: given['experiment-id'],
    runName: given['run-name'],
    runId: given['run-id'],
    envManager: managerOf(given['no-conda'] === true ? 'local' : (given['env-manager'] ?? config.env_manager)),
    storage: given['storage-dir'] ?? config.STORAGE_DIR,
    backend: given.backend ?? 'local',
    buildImage: given['build-image'] === true && given['skip-image-build'] !== true,
  };
}

function valuesOf(words: readonly string[]): Map<string, string> {
  try {
    return namedValues(words, '-P');
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function managerOf(name: string | undefined): EnvManager | undefined {
  const known = envManagers.find((one) => one === name);
  if (name !== undefined && known === undefined) {
    throw new CommandError(`--env-manager takes ${envManagers.join(', ')}, not '${name}'.`);
  }
  return known;
}

interface Config {
  readonly env_manager?: string;
  readonly STORAGE_DIR?: string;
}

function configOf(text: string | undefined): Config {
  if (text === undefined) return {};
  try {
    const config: unknown = JSON.parse(text.endsWith('.json') ? readFileSync(text, 'utf8') : text);
    if (typeof config === 'object' && config !== null && !Array.isArray(config)) return config;
  } catch (error) {
    const reason =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw wrong(`--backend-config takes a JSON file (.json) or JSON itself: ${reason}`);
  }
  throw wrong('--backend-config must be a JSON object');
}

function wrong(reason: string): CommandError {
  return new CommandError(`${reason.replace(/\.$/, '')}. See: modelyard run --help`, 2);
}
