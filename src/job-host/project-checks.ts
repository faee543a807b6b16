/** Checks what a caller wants to run, before anything of it is there. */
import { invalidParameter } from '../protocol/errors.ts';
import { projectEnvManagers, type submitProject } from '../protocol/jobs.ts';
import { limits } from '../protocol/limits.ts';
import type { Decoded } from '../protocol/schema.ts';
import { checkAttempts } from './check-attempts.ts';

export type Submission = Decoded<(typeof submitProject)['request']>;

export function checkSubmission(request: Submission): void {
  const { env_manager: manager = '', max_attempts: attempts, experiment_id: id, experiment_name: name } = request;
  if (manager !== '' && !(projectEnvManagers as readonly string[]).includes(manager)) {
    throw invalidParameter(`env_manager is one of ${projectEnvManagers.join(', ')}, not '${manager}'.`);
  }
  checkAttempts(attempts);
  if (id && name) throw invalidParameter('Give either experiment_id or experiment_name.');
  for (const word of ['version', 'entry_point', 'run_name'] as const) {
    const text = request[word] ?? '';
    if (text.length > limits.entityKey || text.includes('\0')) {
      throw invalidParameter(`${word} has at most ${limits.entityKey} characters, and no NUL.`);
    }
  }
}

/** Values are sent as text; numbers and truths are taken as they would be written. */
export function parametersOf(given: unknown): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw invalidParameter('parameters is an object of names and values, such as {"alpha": "0.5"}.');
  }
  const entries = Object.entries(given as Readonly<Record<string, unknown>>);
  if (entries.length > limits.batchParams) {
    throw invalidParameter(`A run takes at most ${limits.batchParams} parameters, not ${entries.length}.`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, valueOf(name, value)]));
}

function valueOf(name: string, value: unknown): string {
  if (!/^[^\s=-][^=\0]*$/.test(name)) throw invalidParameter(`'${name}' cannot be the name of a parameter.`);
  const text = ['number', 'boolean'].includes(typeof value) ? String(value) : value;
  if (typeof text !== 'string') throw invalidParameter(`The value of the parameter '${name}' must be a text.`);
  if (text.length > limits.paramValue || text.includes('\0')) {
    throw invalidParameter(
      `The value of the parameter '${name}' has more than ${limits.paramValue} characters, or a NUL.`,
    );
  }
  return text;
}
