/** What a server is started with: flags and environment, checked, in one place. */
import { existsSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { withoutPassword } from '../common/without-password.ts';
import { isMlflowFileStore } from './mlflow-file-store.ts';
import { serverFlags, type ServerFlag, type ServerFlags, type serverVariables } from './server-flags.ts';

const projectJobModes = ['auto', 'on', 'off'] as const;
type ProjectJobMode = (typeof projectJobModes)[number];

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** Folder for everything that has no other place. */
  readonly dataFolder: string;
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
  readonly projectJobs: ProjectJobMode;
  /** How many jobs run at a time. */
  readonly jobConcurrency: number;
  /** Whether each request is logged. */
  readonly accessLog: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown for flags and variables that cannot be used; the message says what to write instead. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const hostSchemes: keyof typeof serverVariables = 'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES';

const truths: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

export function serverConfig(given: ServerFlags, environment: Environment = process.env): ServerConfig {
  const options = merge(given, environment);
  const serveArtifacts = options['serve-artifacts'] ?? true;
  const artifactsOnly = options['artifacts-only'] ?? false;
  if (artifactsOnly && !serveArtifacts) {
    throw new ConfigError('--artifacts-only serves nothing but artifacts; leave --no-serve-artifacts out.');
  }
  const data = resolve(inHome(options.data ?? serverFlags.data.fallback, environment));
  const belowData = (fallback: string): string => resolve(fallback.replace('FOLDER', data));
  const ownArtifacts = belowData(serverFlags['artifacts-destination'].fallback);
  const defaultRoot = serveArtifacts ? serverFlags['default-artifact-root'].fallback : ownArtifacts;
  const databasePath = options['backend-store-uri']
    ? sqlitePath(inHome(options['backend-store-uri'], environment))
    : belowData(serverFlags['backend-store-uri'].fallback);
  checkRegistryUri(options['registry-store-uri'], databasePath);
  return {
    host: (options.host || serverFlags.host.fallback).replace(/^\[(.*)\]$/, '$1'),
    port: portOf(options.port ?? serverFlags.port.fallback),
    dataFolder: data,
    databasePath,
    artifactsDestination: serveArtifacts
      ? folderOf(inHome(options['artifacts-destination'] ?? ownArtifacts, environment), 'artifacts-destination')
      : undefined,
    artifactRoot: artifactRootOf(inHome(options['default-artifact-root'] ?? defaultRoot, environment)),
    artifactsOnly,
    staticPrefix: prefixOf(options['static-prefix']),
    allowedHosts: namesOf('allowed-hosts', options['allowed-hosts']),
    corsAllowedOrigins: originsOf(options['cors-allowed-origins']),
    allowedArtifactSchemes: listOf(environment[hostSchemes]) ?? [],
    projectJobs: modeOf(options['project-jobs'] ?? serverFlags['project-jobs'].fallback),
    jobConcurrency: concurrencyOf(options['job-concurrency'] ?? serverFlags['job-concurrency'].fallback),
    accessLog: options['access-log'] ?? false,
  };
}

/** Empty, these would silently mean another place than the one that was meant, such as a variable without a value. */
const places = ['data', 'backend-store-uri', 'artifacts-destination', 'default-artifact-root'] as const;

/** Flags first, then variables; an empty one counts as not set. */
function merge(given: ServerFlags, environment: Environment): ServerFlags {
  const empty = places.find((name) => given[name] === '');
  if (empty !== undefined)
    throw new ConfigError(`--${empty} is empty. Give it a value, or leave it out for the default.`);
  const set = Object.entries(given).filter(([, value]) => value !== '');
  const merged: Record<string, string | boolean | undefined> = Object.fromEntries(set);
  for (const [name, { type, variable }] of Object.entries<ServerFlag>(serverFlags)) {
    const text = variable === undefined ? undefined : environment[variable];
    if (variable === undefined || !text) continue;
    merged[name] ??= type === 'boolean' ? truthOf(variable, text) : text;
  }
  return merged;
}

function truthOf(variable: string, text: string): boolean {
  const truth = truths[text.toLowerCase()];
  if (truth === undefined) throw new ConfigError(`${variable} takes true, false, 1 or 0, not '${text}'.`);
  return truth;
}

/** `sqlite:///relative.db`, `sqlite:////absolute.db` or a bare path as a file. */
export function sqlitePath(uri: string): string {
  const match = /^sqlite:\/\/\/(.+)$/.exec(uri);
  if (uri === 'sqlite://' || match?.[1]?.startsWith(':memory:')) {
    throw new ConfigError('A database in memory would be lost at the end. Name a file: sqlite:///path/to/modelyard.db');
  }
  if (match?.[1] !== undefined) return resolve(match[1].replace(/\?.*$/, ''));
  if (/^file:/i.test(uri)) throw new ConfigError(notAFileStore(uri));
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) {
    throw new ConfigError(
      `'${withoutPassword(uri)}' is not a database this version can use. Name an SQLite file: sqlite:///path/to/modelyard.db. What an MLflow server keeps there comes by: modelyard import http://ITS_ADDRESS --data DIR`,
    );
  }
  // A folder that a Modelyard used before it looked for MLflow's files holds its database by now.
  if (!existsSync(resolve(uri, 'modelyard.db')) && isMlflowFileStore(uri)) throw new ConfigError(notAFileStore(uri));
  const isFile = /\.(db|sqlite3?)$/.test(uri) || statSync(uri, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? resolve(uri) : resolve(uri, 'modelyard.db');
}

function notAFileStore(uri: string): string {
  return `'${uri}' is a file store of MLflow, and Modelyard keeps its data in an SQLite file. Take over what lies there, which stays as it is: modelyard import ${uri} --data DIR. Then: modelyard server --data DIR`;
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

function modeOf(text: string): ProjectJobMode {
  const mode = projectJobModes.find((known) => known === text);
  if (mode === undefined) throw new ConfigError(`--project-jobs takes ${projectJobModes.join(', ')}, not '${text}'.`);
  return mode;
}

function concurrencyOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 1000) return count;
  throw new ConfigError(`--job-concurrency takes a number from 1 to 1000, not '${text}'.`);
}

/** `~/x` as a shell reads it, which leaves it alone in `--data=~/x`. */
function inHome(path: string, { HOME: home }: Environment): string {
  return home && /^~(\/|$)/.test(path) ? home + path.slice(1) : path;
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

function artifactRootOf(given: string): string {
  return isAbsolute(given) || /^[a-z][a-z0-9+.-]+:/i.test(given) ? given.replace(/(?<=.)\/+$/, '') : resolve(given);
}

function prefixOf(prefix: string | undefined): string {
  if (prefix === undefined || prefix === '' || prefix === '/') return '';
  if (!prefix.startsWith('/'))
    throw new ConfigError(`--static-prefix must start with a '/', as in --static-prefix /${prefix}`);
  if (prefix.endsWith('/'))
    throw new ConfigError(`--static-prefix must not end with a '/': write --static-prefix ${prefix.slice(0, -1)}`);
  if (!/^(\/[\w.~-]+)+$/.test(prefix) || /\/\.\.?(\/|$)/.test(prefix))
    throw new ConfigError(`--static-prefix takes letters, digits and -._~ between its '/', not '${prefix}'.`);
  return prefix;
}

function namesOf(flag: string, text: string | undefined): readonly string[] | undefined {
  const names = listOf(text);
  if (text && names === undefined)
    throw new ConfigError(`--${flag} names nothing: '${text}'. Leave it out, or name what it allows.`);
  return names;
}

function originsOf(text: string | undefined): readonly string[] | undefined {
  const origins = namesOf('cors-allowed-origins', text);
  const bare = origins?.find((origin) => origin !== '*' && !origin.includes('://'));
  if (bare === undefined) return origins;
  throw new ConfigError(
    `--cors-allowed-origins takes origins with their scheme, such as https://example.com, not '${bare}'.`,
  );
}

function listOf(text: string | undefined): readonly string[] | undefined {
  const items = text
    ?.split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items && items.length > 0 ? items : undefined;
}
