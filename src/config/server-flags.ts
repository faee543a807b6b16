/** What `modelyard server` can be told, as data: the parser, `--help`, the configuration and its reference read it. */

export interface ServerFlag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly group: string;
  /** Stands for the value in help texts. */
  readonly value?: string;
  /** Has a `--no-` form worth telling. */
  readonly negatable?: boolean;
  /** The environment variable of the same meaning, under MLflow's name where MLflow has one. */
  readonly variable?: string;
  /** What counts without flag and variable; `FOLDER` is the folder of --data. Empty: nothing, or as the meaning says. */
  readonly fallback: string;
  readonly meaning: string;
}

const where = 'Where';
const data = 'Data';
const callers = 'Who may call';
const jobs = 'Jobs';
const log = 'Log';

export const serverFlags = {
  host: {
    type: 'string',
    short: 'h',
    group: where,
    value: 'HOST',
    variable: 'MLFLOW_HOST',
    fallback: '127.0.0.1',
    meaning: 'address to listen on; 0.0.0.0 is every address of the machine',
  },
  port: {
    type: 'string',
    short: 'p',
    group: where,
    value: 'PORT',
    variable: 'MLFLOW_PORT',
    fallback: '5000',
    meaning: 'port to listen on; 0 takes any free one',
  },
  'static-prefix': {
    type: 'string',
    group: where,
    value: '/PATH',
    variable: 'MLFLOW_STATIC_PREFIX',
    fallback: '',
    meaning: 'path below which everything is served',
  },
  data: {
    type: 'string',
    group: data,
    value: 'FOLDER',
    variable: 'MODELYARD_DATA',
    fallback: './modelyard-data',
    meaning: 'folder for everything kept',
  },
  'backend-store-uri': {
    type: 'string',
    group: data,
    value: 'URI',
    variable: 'MLFLOW_BACKEND_STORE_URI',
    fallback: 'FOLDER/modelyard.db',
    meaning: 'database: sqlite:///PATH or a path',
  },
  'registry-store-uri': {
    type: 'string',
    group: data,
    value: 'URI',
    variable: 'MLFLOW_REGISTRY_STORE_URI',
    fallback: '',
    meaning: 'the same database as above: registry and tracking share it',
  },
  'artifacts-destination': {
    type: 'string',
    group: data,
    value: 'DIR',
    variable: 'MLFLOW_ARTIFACTS_DESTINATION',
    fallback: 'FOLDER/artifacts',
    meaning: 'folder of proxied artifacts',
  },
  'default-artifact-root': {
    type: 'string',
    group: data,
    value: 'URI',
    variable: 'MLFLOW_DEFAULT_ARTIFACT_ROOT',
    fallback: 'mlflow-artifacts:/',
    meaning:
      'where new experiments keep artifacts; the default means proxied, and is FOLDER/artifacts with --no-serve-artifacts',
  },
  'serve-artifacts': {
    type: 'boolean',
    group: data,
    negatable: true,
    variable: 'MLFLOW_SERVE_ARTIFACTS',
    fallback: 'true',
    meaning: 'proxy artifacts for clients',
  },
  'artifacts-only': {
    type: 'boolean',
    group: data,
    variable: 'MLFLOW_ARTIFACTS_ONLY',
    fallback: 'false',
    meaning: 'serve proxied artifacts and nothing else: no tracking, no registry',
  },
  'allowed-hosts': {
    type: 'string',
    group: callers,
    value: 'LIST',
    variable: 'MLFLOW_SERVER_ALLOWED_HOSTS',
    fallback: '',
    meaning: 'Host headers accepted, with * as wildcard; without a list this machine and private addresses',
  },
  'cors-allowed-origins': {
    type: 'string',
    group: callers,
    value: 'LIST',
    variable: 'MLFLOW_SERVER_CORS_ALLOWED_ORIGINS',
    fallback: '',
    meaning: 'origins of web pages that may call, * for all; without a list pages of this machine',
  },
  'project-jobs': {
    type: 'string',
    group: jobs,
    value: 'MODE',
    variable: 'MODELYARD_PROJECT_JOBS',
    fallback: 'auto',
    meaning:
      'run projects and searches of AutoML for whoever calls, which is running their code on data of this machine: on, off, or auto: only where this machine alone can call',
  },
  'job-concurrency': {
    type: 'string',
    group: jobs,
    value: 'N',
    variable: 'MODELYARD_JOB_CONCURRENCY',
    fallback: '2',
    meaning: 'how many jobs run at a time; the others wait in order',
  },
  'access-log': {
    type: 'boolean',
    group: log,
    variable: 'MODELYARD_ACCESS_LOG',
    fallback: 'false',
    meaning: 'a line for each request in the log: client, method, address, status, milliseconds',
  },
} as const satisfies Record<string, ServerFlag>;

/** Settings that have a variable and no flag. */
export const serverVariables = {
  MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES: {
    value: 'LIST',
    meaning:
      'URI schemes naming a host, such as hdfs, that artifact locations and model sources may use; none by default',
  },
  MODELYARD_GIT_PRIVATE_HOSTS: {
    value: 'LIST',
    meaning:
      'hosts, as name or name:port, from which projects are fetched by git though their addresses are private or loopback, * for all; none by default for jobs of a server',
  },
} as const;

type Declared = typeof serverFlags;

/** The flags as given on the command line or merged with the environment. */
export type ServerFlags = {
  readonly [Name in keyof Declared]?: (Declared[Name]['type'] extends 'boolean' ? boolean : string) | undefined;
};
