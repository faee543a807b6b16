import { statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { projectEnvManagers, submitProject } from '../../protocol/jobs.ts';
import { call } from '../../sdk/call.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { action } from '../action.ts';
import { CommandError } from '../command.ts';
import { waitFlag } from './flags.ts';
import { untilEnded } from './wait.ts';

export const submit = action({
  name: 'submit',
  summary: 'run a project as a job of the server',
  detail: `The project is a folder on the server's machine or a git address. The server runs it when its turn
comes; the job goes on when this command ends.`,
  flags: {
    uri: {
      type: 'string',
      value: 'URI',
      required: true,
      operand: true,
      meaning: 'the project; #subfolder where it is not at the root',
    },
    version: { type: 'string', short: 'v', value: 'VERSION', meaning: 'branch, tag or commit' },
    'entry-point': { type: 'string', short: 'e', value: 'NAME', fallback: 'main', meaning: 'what of it is run' },
    'param-list': { type: 'many', short: 'P', value: 'NAME=VALUE', meaning: 'a parameter' },
    'experiment-id': { type: 'string', value: 'ID', meaning: 'experiment of the run' },
    'experiment-name': { type: 'string', short: 'n', value: 'NAME', meaning: 'the same by name; made when missing' },
    'run-name': { type: 'string', value: 'NAME', meaning: 'name of the run' },
    'env-manager': {
      type: 'string',
      value: 'MANAGER',
      fallback: 'as the project says',
      meaning: `how its environment is made: ${projectEnvManagers.join(', ')}`,
    },
    'max-attempts': {
      type: 'string',
      value: 'N',
      fallback: '1',
      meaning: 'begin it again when the machine went down under it, up to so many times',
    },
    ...waitFlag,
  },
  example: `modelyard jobs submit https://github.com/mlflow/mlflow-example -P alpha=0.4 --wait
modelyard jobs submit /srv/projects/churn -e train -P rounds=200 -n churn`,
  async run(given, out) {
    const attempts = given['max-attempts'];
    if (attempts !== undefined && !/^\d{1,2}$/.test(attempts)) {
      throw new CommandError(`--max-attempts takes a number, not '${attempts}'`, 2);
    }
    const { job } = await call(settingsOf(), submitProject, {
      uri: addressOf(given.uri),
      version: given.version,
      entry_point: given['entry-point'],
      parameters: parametersOf(given['param-list'] ?? []),
      experiment_id: given['experiment-id'],
      experiment_name: given['experiment-name'],
      run_name: given['run-name'],
      env_manager: given['env-manager'],
      max_attempts: attempts === undefined ? undefined : Number(attempts),
    });
    if (!job) throw new Error('the server answered without the job');
    if (given.wait === true) return untilEnded(job, out);
    out.done(job, `Submitted job ${job.job_id}: ${job.title}. Follow it: modelyard jobs logs ${job.job_id} --follow`);
    return 0;
  },
});

/** A folder that is meant from here, for a server on this machine. */
function addressOf(uri: string): string {
  const [folder = '', ...rest] = uri.split('#');
  const isHere = !isAbsolute(folder) && statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isHere ? [resolve(folder), ...rest].join('#') : uri;
}

function parametersOf(given: readonly string[]): Record<string, string> {
  const found = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    const name = text.slice(0, at);
    if (at < 1) throw new CommandError(`-P takes NAME=VALUE, not '${text}'`, 2);
    if (found.has(name)) throw new CommandError(`-P ${name} is given twice`, 2);
    found.set(name, text.slice(at + 1));
  }
  return Object.fromEntries(found);
}
