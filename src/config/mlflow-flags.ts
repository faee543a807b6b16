/**
 * Flags of `mlflow server` that this server has no use for, or cannot honour. A command written for MLflow gets an
 * answer for each, and so does the variable of the same meaning.
 */
import { ConfigError } from './server-config.ts';

export interface MlflowFlag {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly variable?: string;
  /** Refused is what somebody may count on, such as a login: the server does not start without it in silence. */
  readonly answer: 'ignored' | 'refused';
  /** The value that asks for what is done here anyway. */
  readonly asHere?: string;
  readonly why: string;
}

const pythonServer = 'it tunes a Python web server, and there is none here. For TLS put a proxy in front';
const oneTeam = 'there are no workspaces here. Start one server for each team, with a --data folder of its own';

export const mlflowFlags = {
  workers: {
    type: 'string',
    short: 'w',
    variable: 'MLFLOW_WORKERS',
    answer: 'ignored',
    why: 'one process serves everyone',
  },
  'gunicorn-opts': { type: 'string', variable: 'MLFLOW_GUNICORN_OPTS', answer: 'ignored', why: pythonServer },
  'uvicorn-opts': { type: 'string', variable: 'MLFLOW_UVICORN_OPTS', answer: 'ignored', why: pythonServer },
  'waitress-opts': { type: 'string', answer: 'ignored', why: pythonServer },
  dev: { type: 'boolean', answer: 'ignored', why: "it reloads MLflow's own code as it changes" },
  'read-replica-backend-store-uri': {
    type: 'string',
    variable: 'MLFLOW_READ_REPLICA_BACKEND_STORE_URI',
    answer: 'ignored',
    why: 'reads do not hold up writes here, so one database is enough',
  },
  'trace-archival-config': {
    type: 'string',
    variable: 'MLFLOW_TRACE_ARCHIVAL_CONFIG',
    answer: 'ignored',
    why: 'there are no traces here yet',
  },
  'secrets-cache-ttl': {
    type: 'string',
    variable: 'MLFLOW_SERVER_SECRETS_CACHE_TTL',
    answer: 'ignored',
    why: 'there is no gateway here yet, so there are no secrets',
  },
  'secrets-cache-max-size': {
    type: 'string',
    variable: 'MLFLOW_SERVER_SECRETS_CACHE_MAX_SIZE',
    answer: 'ignored',
    why: 'there is no gateway here yet, so there are no secrets',
  },
  'disable-workspaces': { type: 'boolean', answer: 'ignored', asHere: 'true', why: 'there are no workspaces here' },
  'enable-workspaces': { type: 'boolean', variable: 'MLFLOW_ENABLE_WORKSPACES', answer: 'refused', why: oneTeam },
  'workspace-store-uri': {
    type: 'string',
    variable: 'MLFLOW_WORKSPACE_STORE_URI',
    answer: 'refused',
    why: oneTeam,
  },
  'app-name': {
    type: 'string',
    answer: 'refused',
    why: 'there are no users and passwords here yet. Put a proxy that asks for them in front, and leave this out',
  },
  'expose-prometheus': {
    type: 'string',
    variable: 'MLFLOW_EXPOSE_PROMETHEUS',
    answer: 'refused',
    why: 'there is no /metrics here yet. Leave it out; /health tells whether the server answers',
  },
  'disable-security-middleware': {
    type: 'boolean',
    variable: 'MLFLOW_SERVER_DISABLE_SECURITY_MIDDLEWARE',
    answer: 'refused',
    why: "callers are always checked. To let in more of them: --allowed-hosts '*' --cors-allowed-origins '*'",
  },
  'x-frame-options': {
    type: 'string',
    variable: 'MLFLOW_SERVER_X_FRAME_OPTIONS',
    answer: 'refused',
    asHere: 'SAMEORIGIN',
    why: 'pages always say SAMEORIGIN. Leave it out, or have a proxy in front change the header',
  },
} as const satisfies Record<string, MlflowFlag>;

type Values = Readonly<Record<string, string | boolean | undefined>>;
type Environment = Readonly<Record<string, string | undefined>>;

/** One line for each flag or variable that is ignored; throws for one that is refused. */
export function ignoredMlflowFlags(given: Values, environment: Environment = process.env): string[] {
  const lines: string[] = [];
  for (const [name, flag] of Object.entries<MlflowFlag>(mlflowFlags)) {
    const text = String(given[name] ?? environment[flag.variable ?? ''] ?? '');
    const off = flag.type === 'boolean' && ['false', '0'].includes(text.toLowerCase());
    if (text === '' || off || text === flag.asHere) continue;
    const written = given[name] === undefined ? flag.variable : `--${name}`;
    if (flag.answer === 'refused') throw new ConfigError(`${written} is not offered: ${flag.why}.`);
    lines.push(`${written} is ignored: ${flag.why}.`);
  }
  return lines;
}
