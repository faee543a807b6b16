/** Flags that several commands share, and what they mean. */
import { getExperimentByName } from '../sdk/fluent-experiments.ts';
import type { ViewType } from '../sdk/pages.ts';
import { environment } from '../sdk/settings.ts';
import { CommandError } from './command.ts';

export const experimentFlags = {
  'experiment-id': { type: 'string', short: 'x', value: 'ID', meaning: 'the experiment' },
  'experiment-name': { type: 'string', short: 'n', value: 'NAME', meaning: 'the experiment, by its name' },
} as const;

/** For runs MLflow's variables say it too, and never for what deletes or renames. */
export const runsExperimentFlags = {
  'experiment-id': { ...experimentFlags['experiment-id'], variable: 'MLFLOW_EXPERIMENT_ID' },
  'experiment-name': { ...experimentFlags['experiment-name'], variable: 'MLFLOW_EXPERIMENT_NAME' },
} as const;

export const runFlag = {
  'run-id': { type: 'string', short: 'r', value: 'ID', required: true, meaning: 'the run' },
} as const;

export const viewFlag = {
  view: {
    type: 'string',
    short: 'v',
    value: 'VIEW',
    fallback: 'active_only',
    meaning: 'active_only, deleted_only or all',
  },
} as const;

export const searchFlags = {
  filter: { type: 'string', short: 'f', value: 'FILTER', meaning: 'only what this finds' },
  'order-by': { type: 'many', value: 'ORDER', meaning: 'such as "name ASC"' },
  'max-results': { type: 'string', value: 'N', fallback: 'all', meaning: 'at most so many' },
} as const;

export const tagsFlag = {
  tags: { type: 'many', short: 't', value: 'KEY=VALUE', meaning: 'a tag' },
} as const;

interface GivenSearch {
  readonly filter?: string | undefined;
  readonly 'order-by'?: readonly string[] | undefined;
  readonly 'max-results'?: string | undefined;
}

export function searchOf(given: GivenSearch): { filter?: string; orderBy?: readonly string[]; maxResults?: number } {
  const most = given['max-results'];
  if (most !== undefined && !/^[1-9]\d{0,8}$/.test(most)) {
    throw new CommandError(`--max-results takes a number of 1 or more, not '${most}'`, 2);
  }
  return {
    ...(given.filter === undefined ? {} : { filter: given.filter }),
    ...(given['order-by'] === undefined ? {} : { orderBy: given['order-by'] }),
    ...(most === undefined ? {} : { maxResults: Number(most) }),
  };
}

export function viewOf(text = 'active_only'): ViewType {
  const view = text.toUpperCase();
  if (view === 'ACTIVE_ONLY' || view === 'DELETED_ONLY' || view === 'ALL') return view;
  throw new CommandError(`--view takes active_only, deleted_only or all, not '${text}'`, 2);
}

interface GivenExperiment {
  readonly 'experiment-id'?: string | undefined;
  readonly 'experiment-name'?: string | undefined;
}

/** Either flag goes before both variables, and the variable with the id before that with the name. */
export async function runsExperimentIdOf(given: GivenExperiment): Promise<string> {
  if (given['experiment-id'] !== undefined || given['experiment-name'] !== undefined) return experimentIdOf(given);
  const id = environment('MLFLOW_EXPERIMENT_ID');
  const name = environment('MLFLOW_EXPERIMENT_NAME');
  return experimentIdOf(id === undefined ? { 'experiment-name': name } : { 'experiment-id': id });
}

export async function experimentIdOf(given: GivenExperiment): Promise<string> {
  const { 'experiment-id': id, 'experiment-name': name } = given;
  if ((id === undefined) === (name === undefined)) {
    throw new CommandError('say which experiment: either --experiment-id ID or --experiment-name NAME', 2);
  }
  if (id !== undefined) return id;
  const experiment = await getExperimentByName(name ?? '');
  if (experiment) return experiment.experimentId;
  throw new CommandError(`there is no experiment '${name}'. What there is: modelyard experiments search --view all`);
}

/** `KEY=VALUE`; the value may hold further equals signs. */
export function tagsOf(texts: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    texts.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new CommandError(`--tags takes KEY=VALUE, not '${text}'`, 2);
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}
