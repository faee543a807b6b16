import { isOwnHost, parseArtifactUri, schemePattern } from './artifact-uri.ts';
import { invalidParameter, type ApiError } from './errors.ts';
import { checkHostScheme } from './host-schemes.ts';
import { hasTraversal } from './path-forms.ts';

export interface ArtifactLocationOptions {
  /** Schemes whose URI names the host to connect to, that may be stored all the same. */
  readonly allowedHostSchemes?: readonly string[];
  readonly maxLength?: number;
}

/** Schemes where ';' starts parameters. In an object store's key it is a character like any other. */
const parameterSchemes = new Set(['file', 'mlflow-artifacts', 'http', 'https', 'ftp', 'sftp']);

/**
 * Throws 400 INVALID_PARAMETER_VALUE for what may never be an experiment's artifact location. '' means the default
 * and passes. Stricter than MLflow: no `..` in any encoding, no host before a local path, no scheme in disguise.
 */
export function checkArtifactLocation(uri: string, options: ArtifactLocationOptions = {}): void {
  if (uri === '') return;
  const maxLength = options.maxLength ?? 2048;
  if (uri.length > maxLength) {
    throw invalidParameter(
      `Invalid artifact path length. The length of the artifact path cannot be greater than ${maxLength} characters. ` +
        'To configure this limit, please set the MLFLOW_ARTIFACT_LOCATION_MAX_LENGTH environment variable.',
    );
  }
  const bad = (why: string): ApiError => invalidParameter(`Invalid value for 'artifact_location': ${why}.`);
  const parts = parseArtifactUri(uri);
  const ownStorage = parts.scheme === 'file' || parts.scheme === 'mlflow-artifacts';

  if (uri.includes('#') || (parameterSchemes.has(parts.scheme) && uri.includes(';'))) {
    throw invalidParameter("'artifact_location' URL can't include fragments or params.");
  }
  const mark = uri.indexOf('?');
  if (mark !== -1 && hasTraversal(uri.slice(mark))) throw invalidParameter('Invalid query string');
  if (mark !== -1 && ownStorage) throw bad("a folder's name must not hold '?', which would begin a query");
  if (hasTraversal(uri)) throw bad("'..' references, backslashes and control characters are not allowed, nor encoded");
  if (uri !== uri.trim()) throw bad('it must not begin or end with a blank');
  checkSchemeSpelling(uri, bad);
  if (parts.scheme === 'runs' || parts.scheme === 'models') {
    throw invalidParameter(`Artifact location cannot be a ${parts.scheme}:/ URI. Given: '${uri}'`);
  }
  if (parts.scheme === 'file' && !isOwnHost(parts)) throw bad('a local path must not name a host');
  checkHostScheme(parts, 'artifact_location', options.allowedHostSchemes);
}

/** MLflow stores a relative local location as an absolute one: relative to the server's working folder. */
export function absoluteArtifactLocation(uri: string, workingFolder: string): string {
  const parts = parseArtifactUri(uri);
  if (uri === '' || parts.scheme !== 'file' || parts.path.startsWith('/') || parts.authority !== '') return uri;
  const segments = [...workingFolder.split('/'), ...parts.path.split('/')].filter(
    (name) => name !== '' && name !== '.',
  );
  const path = `/${segments.join('/')}`;
  return schemePattern.test(uri) ? `file://${encodeURI(path).replace(/[?#]/g, encodeURIComponent)}` : path;
}

function checkSchemeSpelling(uri: string, bad: (why: string) => ApiError): void {
  const beforeSlash = uri.split('/', 1)[0] ?? '';
  const colon = beforeSlash.indexOf(':');
  if (colon === -1) return;
  const scheme = beforeSlash.slice(0, colon);
  if (scheme.length === 1) throw bad('drive letters are not supported');
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) throw bad('its scheme must be plain lower-case letters');
}
