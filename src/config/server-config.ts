/** What a server is started with: flags and environment, checked, in one place. */
import { isAbsolute, resolve } from 'node:path';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** File of the SQLite database. */
  readonly databasePath: string;
  /** Folder behind `mlflow-artifacts:` URIs; undefined when this server does not proxy artifacts. */
  readonly artifactsDestination: string | undefined;
  /** URI below which new experiments keep their artifacts. */
  readonly artifactRoot: string;
  /** Only artifacts, no tracking or registry. */
  readonly artifactsOnly: boolean;
  /** `/prefix` or ''. */
  readonly staticPrefix: string;
  readonly allowedHosts: readonly string[] | undefined;
  readonly corsAllowedOrigins: readonly string[] | undefined;
  /** Schemes that name a host, such as `hdfs`, which artifact locations and sources may use. */
  readonly allowedArtifactSchemes: readonly string[];
}

/** The flags of `modelyard server`, as given. */
export interface ServerFlags {
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly data?: string | undefined;
  readonly 'backend-store-uri'?: string | undefined;
  readonly 'registry-store-uri'?: string | undefined;
  readonly 'default-artifact-root'?: string | undefined;
  readonly 'artifacts-destination'?: string | undefined;
  readonly 'serve-artifacts'?: boolean | undefined;
  readonly 'artifacts-only'?: boolean | undefined;
  readonly 'static-prefix'?: string | undefined;
  readonly 'allowed-hosts'?: string | undefined;
  readonly 'cors-allowed-origins'?: string | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown for flags and variables that cannot be used; the message says what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Flags that may also come from the environment, under MLflow's names. */
const variables: readonly (readonly [keyof ServerFlags, string])[] = [
  ['host', 'MLFLOW_HOST'],
  ['port', 'MLFLOW_PORT'],
  ['data', 'MODELYARD_DATA'],
  ['backend-store-uri', 'MLFLOW_BACKEND_STORE_URI'],
  ['registry-store-uri', 'MLFLOW_REGISTRY_STORE_URI'],
  ['default-artifact-root', 'MLFLOW_DEFAULT_ARTIFACT_ROOT'],
  ['artifacts-destination', 'MLFLOW_ARTIFACTS_DESTINATION'],
  ['static-prefix', 'MLFLOW_STATIC_PREFIX'],
  ['allowed-hosts', 'MLFLOW_SERVER_ALLOWED_HOSTS'],
  ['cors-allowed-origins', 'MLFLOW_SERVER_CORS_ALLOWED_ORIGINS'],
];

const flags: Record<string, boolean> = { true: true, '1': true, false: false, '0': false };

export function serverConfig(given: ServerFlags, environment: Environment): ServerConfig {
  const merged: Record<string, string | boolean | undefined> = { ...given };
  for (const [flag, variable] of variables) merged[flag] ??= environment[variable] || undefined;
  const options = merged as ServerFlags;
  const serveArtifacts =
    options['serve-artifacts'] ?? flags[(environment['MLFLOW_SERVE_ARTIFACTS'] ?? '').toLowerCase()] ?? true;
  const artifactsOnly =
    options['artifacts-only'] ?? flags[(environment['MLFLOW_ARTIFACTS_ONLY'] ?? '').toLowerCase()] ?? false;
  if (artifactsOnly && !serveArtifacts) {
    throw new ConfigError('--artifacts-only serves nothing but artifacts; leave --no-serve-artifacts out.');
  }
  const data = resolve(options.data ?? 'modelyard-data');
  const databasePath = options['backend-store-uri']
    ? sqlitePath(options['backend-store-uri'])
    : resolve(data, 'modelyard.db');
  checkRegistryUri(options['registry-store-uri'], databasePath);
  return {
    host: options.host ?? '127.0.0.1',
    port: portOf(options.port ?? '5000'),
    databasePath,
    artifactsDestination: serveArtifacts
      ? folderOf(options['artifacts-destination'] ?? resolve(data, 'artifacts'), 'artifacts-destination')
      : undefined,
    artifactRoot: artifactRootOf(options['default-artifact-root'], serveArtifacts, resolve(data, 'artifacts')),
    artifactsOnly,
    staticPrefix: prefixOf(options['static-prefix']),
    allowedHosts: listOf(options['allowed-hosts']),
    corsAllowedOrigins: listOf(options['cors-allowed-origins']),
    allowedArtifactSchemes: listOf(environment['MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES']) ?? [],
  };
}

/** `sqlite:///relative.db`, `sqlite:////absolute.db` or a bare path as a file. */
export function sqlitePath(uri: string): string {
  const match = /^sqlite:\/\/\/(.+)$/.exec(uri);
  if (match?.[1] !== undefined) return resolve(match[1].replace(/\?.*$/, ''));
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) {
    throw new ConfigError(
      `'${uri}' is not a database this version can use. Name an SQLite file: sqlite:///path/to/modelyard.db`,
    );
  }
  return resolve(uri.endsWith('.db') || uri.endsWith('.sqlite') ? uri : resolve(uri, 'modelyard.db'));
}

function checkRegistryUri(uri: string | undefined, databasePath: string): void {
  if (uri === undefined || sqlitePath(uri) === databasePath) return;
  throw new ConfigError(
    'Tracking and registry share one database. Leave --registry-store-uri out, or give it the same file as --backend-store-uri.',
  );
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new ConfigError(`--port takes a number from 0 to 65535, not '${text}'.`);
  return port;
}

/** A path or `file:` URI as an absolute folder. */
function folderOf(location: string, flag: string): string {
  if (location.startsWith('file:'))
    return resolve(decodeURIComponent(location.replace(/^file:(\/\/(localhost)?(?=\/))?/, '')));
  if (/^[a-z][a-z0-9+.-]+:/i.test(location)) {
    throw new ConfigError(`--${flag} takes a folder; '${location}' is storage this version does not have yet.`);
  }
  return resolve(location);
}

function artifactRootOf(given: string | undefined, serveArtifacts: boolean, fallback: string): string {
  if (given === undefined) return serveArtifacts ? 'mlflow-artifacts:' : fallback;
  return isAbsolute(given) || /^[a-z][a-z0-9+.-]+:/i.test(given) ? given.replace(/(?<=.)\/+$/, '') : resolve(given);
}

function prefixOf(prefix: string | undefined): string {
  if (prefix === undefined || prefix === '' || prefix === '/') return '';
  if (!prefix.startsWith('/'))
    throw new ConfigError(`--static-prefix must start with a '/', as in --static-prefix /${prefix}`);
  if (prefix.endsWith('/'))
    throw new ConfigError(`--static-prefix must not end with a '/': write --static-prefix ${prefix.slice(0, -1)}`);
  return prefix;
}

function listOf(text: string | undefined): readonly string[] | undefined {
  const items = text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items && items.length > 0 ? items : undefined;
}
