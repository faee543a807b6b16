/** What went wrong with a server, and what to do about it. */
import { ConnectionError, MlflowError, TimeoutError } from '../sdk/errors.ts';
import { CommandError } from './command.ts';

const byCode: Readonly<Record<string, (command: string, message: string) => string>> = {
  RESOURCE_DOES_NOT_EXIST: listing,
  INVALID_PARAMETER_VALUE: (command) => `See: modelyard ${command} --help`,
  UNAUTHENTICATED: () =>
    'Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN; modelyard doctor says which are set.',
  PERMISSION_DENIED: (_, message) => forbidden(message),
  ENDPOINT_NOT_FOUND: () => 'Is the tracking URI that of a tracking server, with its prefix? See: modelyard doctor',
  // An endpoint that is stopped or failed tells what to do itself.
  TEMPORARILY_UNAVAILABLE: (_, message) => (message.includes('modelyard endpoints') ? '' : 'Try again in a moment.'),
};

function forbidden(message: string): string {
  // A server that runs no projects tells what to do itself.
  if (message.includes('--project-jobs')) return '';
  if (message.includes('Invalid Host header')) {
    return 'The server is not to be called by this host name: take one that it knows, or start it with --allowed-hosts NAME for this one.';
  }
  return 'The account that the credentials name may not do this; modelyard doctor says which are set.';
}

/** How what is there is found, by what the server missed and by the command's group. */
const missing: readonly (readonly [RegExp, group: string])[] = [
  [/^Run with/, 'runs'],
  [/^No Experiment/, 'experiments'],
  [/^Model Version/, 'models'],
  [/^Registered Model /, 'registered-models'],
  [/^models:.* cannot be served/, 'models'],
];

const lists: Readonly<Record<string, string>> = {
  experiments: 'modelyard experiments search --view all',
  runs: 'modelyard experiments search, then modelyard runs list --view all -x ID',
  artifacts: 'modelyard artifacts list --run-id ID',
  models: 'modelyard models list',
  'registered-models': 'modelyard registered-models list',
  endpoints: 'modelyard endpoints list',
  jobs: 'modelyard jobs list',
};

function listing(command: string, message: string): string {
  const group = missing.find(([says]) => says.test(message))?.[1] ?? command.split(' ', 1)[0];
  const look = lists[group ?? ''];
  return look === undefined ? '' : `What there is: ${look}`;
}

/** What a server's refusal asks for, if it is told by its code alone. */
export function credentialsAdvice({ errorCode, message }: MlflowError): string {
  return ['UNAUTHENTICATED', 'PERMISSION_DENIED'].includes(errorCode) ? (byCode[errorCode]?.('', message) ?? '') : '';
}

/** The error that is shown: one line that says what to do; an error of another kind as it is. */
export function adviceFor(error: unknown, command: string): Error {
  if (error instanceof MlflowError) {
    return new CommandError(joined(error.message, byCode[error.errorCode]?.(command, error.message)));
  }
  if (error instanceof ConnectionError) {
    const [, where] = /^(\S+) cannot be reached/.exec(error.message) ?? [];
    if (where === undefined) return new CommandError(`${error.message} Give the same command again to go on.`);
    const advice = 'Start one with modelyard server, or say where it is: --tracking-uri or MLFLOW_TRACKING_URI.';
    return new CommandError(`no server answers at ${where}. ${advice}`);
  }
  if (error instanceof TimeoutError) {
    return new CommandError(`${error.message} MLFLOW_HTTP_REQUEST_TIMEOUT (seconds) allows more.`);
  }
  // What the SDK says of files and addresses is meant to be read.
  if (error instanceof TypeError && error.message.startsWith('The tracking URI')) {
    return new CommandError(error.message, 2);
  }
  if (error instanceof TypeError && /artifact|version, stage/.test(error.message))
    return new CommandError(error.message);
  const { code, path } = error as NodeJS.ErrnoException;
  if (code !== undefined && code in files)
    return new CommandError(`${files[code]}: ${path ?? (error as Error).message}`);
  return error as Error;
}

const files: Readonly<Record<string, string>> = {
  ENOENT: 'there is no file or folder of that name',
  EACCES: 'this account may not read or write it',
  EPERM: 'this account may not read or write it',
  EISDIR: 'it is a folder, a file is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  ENOSPC: 'the disk is full; free some space and give the same command again',
  EROFS: 'it can only be read',
};

export function joined(message: string, advice = ''): string {
  if (advice === '') return message;
  return `${/[.!?]$/.test(message) ? message : `${message}.`} ${advice}`;
}
