import { flagForm } from '../../src/cli/flag-help.ts';
import { mlflowFlags, type MlflowFlag } from '../../src/config/mlflow-flags.ts';
import { serverFlags, serverVariables, type ServerFlag } from '../../src/config/server-flags.ts';
import { code, page, table } from './markdown.ts';

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function row([name, flag]: readonly [string, ServerFlag]): string[] {
  return [
    code(flagForm(name, flag)),
    flag.variable === undefined ? '' : code(flag.variable),
    flag.fallback === '' ? '' : code(flag.fallback),
    sentence(flag.meaning),
  ];
}

/** What becomes of a flag of MLflow's that is not ours. */
function mlflowRow([name, flag]: readonly [string, MlflowFlag]): string[] {
  const variable = 'variable' in flag ? code(flag.variable) : '';
  return [code(`--${name}`), variable, sentence(`${flag.answer}: ${flag.why}`)];
}

/** Read by the SDK and by the commands that talk to a server; those of MLflow's names mean what they mean there. */
const clientVariables: readonly (readonly [string, string])[] = [
  ['MLFLOW_TRACKING_URI', 'the address of the server'],
  ['MLFLOW_TRACKING_USERNAME', 'the name for basic authentication, and the user that runs are recorded with'],
  ['MLFLOW_TRACKING_PASSWORD', 'the password for basic authentication'],
  ['MLFLOW_TRACKING_TOKEN', 'a bearer token; a name and password count before it'],
  ['MLFLOW_EXPERIMENT_NAME', 'the experiment of runs that name none; it is made when it is not there'],
  ['MLFLOW_EXPERIMENT_ID', 'the same by id'],
  ['MLFLOW_RUN_ID', 'the run that the first start of a process goes on with'],
  ['MLFLOW_RUN_CONTEXT', 'tags of every run, as a JSON object'],
  ['MLFLOW_HTTP_REQUEST_TIMEOUT', 'seconds until a request without an answer is given up, 120 by default'],
  ['MLFLOW_HTTP_REQUEST_MAX_RETRIES', 'how often a request that may be sent again is, 5 times by default'],
  ['MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING', '`true` logs what the machine does in every run'],
  ['MLFLOW_SCORING_SERVER_REQUEST_TIMEOUT', 'seconds that a request of `models serve` may take, 60 by default'],
  ['MLFLOW_SYSTEM_METRICS_SAMPLING_INTERVAL', 'seconds between two of these measurements, 10 by default'],
  [
    'MODELYARD_AUTOML_PYTHON',
    'the Python that searches of AutoML run in; without it one is made from the lock that ships with Modelyard',
  ],
  ['MODELYARD_SPOOL', 'the folder of metrics that wait for a server, `~/.modelyard/spool` by default'],
];

/** Set by the server. */
const jobVariables: readonly (readonly [string, string])[] = [
  ['MODELYARD_JOB_ID', 'the job that a process belongs to; all that have it end with the job'],
];

export function configurationPage(): Promise<string> {
  const groups = Map.groupBy(Object.entries<ServerFlag>(serverFlags), ([, flag]) => flag.group);
  const variables = Object.entries(serverVariables).map(([name, { value, meaning }]) => [
    code(name),
    code(value),
    sentence(meaning),
  ]);
  return page('Configuration', [
    'The flags of `modelyard server` and `modelyard ui`, and the environment variables of the same meaning. A flag counts before its variable, a variable before the default; an empty variable counts as not set. Variables of yes-or-no flags take `true`, `false`, `1` or `0`. A `LIST` is separated by commas. `FOLDER` is the folder of `--data`; relative paths start at the folder the server is started in.',
    ...[...groups].flatMap(([group, flags]) => [
      `## ${group}`,
      table(['Flag', 'Variable', 'Default', 'Meaning'], flags.map(row)),
    ]),
    '## For commands written for MLflow',
    'Ignored flags are told in one line at start; refused ones end the start, because somebody may count on them.',
    table(['Flag', 'Variable', 'What happens'], Object.entries<MlflowFlag>(mlflowFlags).map(mlflowRow)),
    '## Variables without a flag',
    table(['Variable', 'Value', 'Meaning'], variables),
    '## Variables of the SDK and the commands that talk to a server',
    table(
      ['Variable', 'Meaning'],
      clientVariables.map(([name, meaning]) => [code(name), sentence(meaning)]),
    ),
    '## Variables that the processes of jobs have',
    table(
      ['Variable', 'Meaning'],
      jobVariables.map(([name, meaning]) => [code(name), sentence(meaning)]),
    ),
  ]);
}
