/**
 * Artifact URIs: what they mean, and which of them a client may store as an experiment's artifact location or as a
 * model version's source. Pure text work; symbolic links are the artifact store's concern. Rules and messages were
 * asked of mlflow 3.17; what is stricter here is said where it is.
 */
import { invalidParameter, type ApiError } from './errors.ts';

export interface ArtifactUri {
  /** Lower case. Bare paths are 'file'. */
  readonly scheme: 'mlflow-artifacts' | 'file' | 'runs' | 'models' | (string & {});
  /** Host, bucket or '' when the URI has none. */
  readonly authority: string;
  /**
   * `mlflow-artifacts`: relative to the served destination, percent-decoded once as HTTP would. `file`: a local path,
   * decoded once unless it was a bare path. `runs`, `models`: without leading slash. Others: as written.
   */
  readonly path: string;
  /** Without '?' and '#'. A bare path has neither: both characters belong to its name. */
  readonly query: string;
  readonly fragment: string;
}

/** A single letter before the colon is a Windows drive, not a scheme. */
const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]+):/;

export function parseArtifactUri(uri: string): ArtifactUri {
  const scheme = schemePattern.exec(uri)?.[1];
  if (scheme === undefined) return { scheme: 'file', authority: '', path: uri, query: '', fragment: '' };
  const [beforeFragment, fragment] = splitAt(uri.slice(scheme.length + 1), '#');
  const [location, query] = splitAt(beforeFragment, '?');
  let authority = '';
  let path = location;
  if (location.startsWith('//')) {
    const slash = location.indexOf('/', 2);
    authority = location.slice(2, slash === -1 ? undefined : slash);
    path = slash === -1 ? '' : location.slice(slash);
  }
  const name = scheme.toLowerCase();
  if (name === 'mlflow-artifacts') path = decodePercentOnce(path).replace(/^\/+/, '');
  else if (name === 'file') path = decodePercentOnce(path);
  else if (name === 'runs' || name === 'models') path = path.replace(/^\/+/, '');
  return { scheme: name, authority, path, query, fragment };
}

export interface ArtifactLocationOptions {
  /** Schemes whose URI names the host to connect to, that may be stored all the same. */
  readonly allowedHostSchemes?: readonly string[];
  readonly maxLength?: number;
}

/** As MLflow's own list; `mlflow-artifacts` counts only when it names a host. */
const hostSchemes = new Set([
  'ftp',
  'sftp',
  'hdfs',
  'viewfs',
  'http',
  'https',
  'mlflow-artifacts',
  'r2',
  'b2',
  'abfss',
]);

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
  if (mark !== -1 && (ownStorage || hasTraversal(uri.slice(mark)))) throw invalidParameter('Invalid query string');
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

export interface ModelVersionOrigin {
  readonly runId?: string | undefined;
  /** Absent when there is no such run. */
  readonly runArtifactUri?: string | undefined;
  readonly modelId?: string | undefined;
  /** Absent when there is no such logged model. */
  readonly modelArtifactUri?: string | undefined;
  /** The version belongs to a prompt: then the source is a placeholder and nothing else. */
  readonly isPrompt?: boolean;
  readonly allowedHostSchemes?: readonly string[];
}

const promptSources = new Set(['dummy-source', 'prompt-template']);

/**
 * Throws 400 unless `source` may be stored as a model version's source. What lies in this server's storage must lie
 * in the artifact folder of the run or logged model that the request names. `models:/name/version` is only checked
 * for its grammar: the registry replaces it by the version's own source.
 */
export function checkModelVersionSource(source: string, origin: ModelVersionOrigin = {}): void {
  if (origin.isPrompt === true) {
    if (promptSources.has(source)) return;
    throw invalidParameter(`Invalid prompt source: '${source}'. Prompt sources must use an MLflow placeholder.`);
  }
  const ofModel = origin.modelId !== undefined && origin.modelId !== '';
  const idName = ofModel ? 'model_id' : 'run_id';
  const ownerId = ofModel ? origin.modelId : origin.runId;
  const root = ofModel ? origin.modelArtifactUri : origin.runArtifactUri;
  const invalid = (why: string): ApiError => invalidParameter(`Invalid model version source: '${source}'. ${why}`);
  const notOf = (name: string): ApiError =>
    invalid(`The ${name} request parameter must identify the resource that contains the source.`);

  const parts = parseArtifactUri(source);
  checkHostScheme(parts, 'source', origin.allowedHostSchemes);
  if (parts.scheme === 'file') {
    if (ownerId && root === undefined) throw notOf(idName);
    if (ownerId && root !== undefined && isPlainLocal(source, parts) && isWithin(parts, parseArtifactUri(root))) return;
    throw invalid(
      `To use a local path as a model version source, the ${idName} request parameter has to be specified and the ` +
        `local path has to be contained within the artifact directory of the run specified by the ${idName}.`,
    );
  }
  if (parts.scheme === 'models') {
    if (parts.authority !== '') throw invalid('Registered model sources must use the active model registry.');
    const modelId = modelIdOf(source);
    if (modelId === undefined) throw notOf('model_id');
    if (modelId !== null && (modelId !== origin.modelId || !ofModel)) throw notOf('model_id');
  }
  if (hasTraversal(source) || !isCleanAbsolute(parts, source)) {
    throw invalid(
      'If supplying a source as an http, https, local file path, ftp, objectstore, or mlflow-artifacts uri, an ' +
        'absolute path must be provided without relative path references present. Please provide an absolute path.',
    );
  }
  if (parts.scheme === 'runs') {
    const runId = parts.path.split('/', 1)[0];
    if (ofModel || parts.authority !== '' || !origin.runId || runId !== origin.runId) throw notOf(idName);
  }
  if (parts.scheme === 'mlflow-artifacts' || isProxiedUrl(parts)) {
    const tricks = parts.query !== '' || parts.fragment !== '' || /[?#]/.test(source);
    if (!ownerId || root === undefined || tricks || !isWithin(parts, parseArtifactUri(root))) throw notOf(idName);
  }
}

/** Parent references, backslashes or control characters, in plain text or under any number of encodings. */
function hasTraversal(text: string): boolean {
  const forms = decodedForms(text);
  return (
    forms === undefined ||
    forms.some((form) => hasControl(form) || form.includes('\\') || form.split(/[/?#;&=]/).some(isDotsOnly))
  );
}

/** `..` and what some decoder or file system takes for it: `...`, `.. `. A single dot only when a blank follows. */
export function isDotsOnly(segment: string): boolean {
  return /^ *\.[. ]+$/.test(segment);
}

// oxlint-disable-next-line no-control-regex -- to find them is the point
const controlPattern = /[\u0000-\u001f\u007f-\u009f]/;

export function hasControl(text: string): boolean {
  return controlPattern.test(text) || !text.isWellFormed();
}

const mostDecodings = 8;

/**
 * The text and what it becomes when decoded again and again, by decoders that also take overlong UTF-8 and %uXXXX.
 * Undefined when it still changes after eight rounds: nobody names a file so.
 */
export function decodedForms(text: string): readonly string[] | undefined {
  const forms = [text];
  for (let form = text; form.includes('%');) {
    const next = decodeLax(form);
    if (next === form) break;
    if (forms.length > mostDecodings) return undefined;
    forms.push(next);
    form = next;
  }
  return forms;
}

function decodeLax(text: string): string {
  const unescaped = text.replace(/%u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const encoded = new TextEncoder().encode(unescaped);
  const bytes: number[] = [];
  for (let i = 0; i < encoded.length; i++) {
    const hex = encoded[i] === 0x25 ? String.fromCharCode(encoded[i + 1] ?? 0, encoded[i + 2] ?? 0) : '';
    if (/^[0-9a-f]{2}$/i.test(hex)) {
      bytes.push(parseInt(hex, 16));
      i += 2;
    } else bytes.push(encoded[i] ?? 0);
  }
  return decodeLaxUtf8(bytes);
}

/** UTF-8 that folds overlong forms to the character they hide, as careless decoders do. */
function decodeLaxUtf8(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    const more = lead < 0xc0 ? 0 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : lead < 0xf8 ? 3 : lead < 0xfc ? 4 : 5;
    const tail = bytes.slice(i + 1, i + 1 + more);
    // C0 and C1 can only hide ASCII, whatever the next byte's upper bits are (%c0%2e).
    const whole = tail.length === more && (lead <= 0xc1 || tail.every((byte) => (byte & 0xc0) === 0x80));
    if (lead < 0x80) text += String.fromCharCode(lead);
    else if (more === 0 || !whole) text += '\ufffd';
    else {
      const point = tail.reduce((value, byte) => value * 64 + (byte & 0x3f), lead & (0x3f >> more));
      text += point > 0x10ffff || (point >= 0xd800 && point < 0xe000) ? '\ufffd' : String.fromCodePoint(point);
      i += more;
    }
  }
  return text;
}

/** One round of percent-decoding; escapes that are not UTF-8 stay as they are. */
function decodePercentOnce(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

function checkSchemeSpelling(uri: string, bad: (why: string) => ApiError): void {
  const beforeSlash = uri.split('/', 1)[0] ?? '';
  const colon = beforeSlash.indexOf(':');
  if (colon === -1) return;
  const scheme = beforeSlash.slice(0, colon);
  if (scheme.length === 1) throw bad('drive letters are not supported');
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) throw bad('its scheme must be plain lower-case letters');
}

function checkHostScheme(parts: ArtifactUri, field: string, allowed: readonly string[] = []): void {
  const { scheme } = parts;
  const namesHost = scheme === 'mlflow-artifacts' ? parts.authority !== '' : hostSchemes.has(scheme);
  if (!namesHost || allowed.includes(scheme)) return;
  throw invalidParameter(
    `'${field}' cannot use the '${scheme}' scheme: the '${scheme}' scheme addresses a host other than the tracking ` +
      "server's configured artifact storage, so the server would connect to the host named in the URI. Set the " +
      'MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES environment variable on the server to allow it.',
  );
}

function isOwnHost(local: ArtifactUri): boolean {
  return (local.authority === '' || local.authority === 'localhost') && !local.path.startsWith('//');
}

function isPlainLocal(source: string, parts: ArtifactUri): boolean {
  return !hasTraversal(source) && !/[?#]/.test(source) && parts.path.startsWith('/') && isOwnHost(parts);
}

function isWithin(inner: ArtifactUri, root: ArtifactUri): boolean {
  const rootNames = names(root.path);
  const innerNames = names(inner.path);
  return (
    inner.scheme === root.scheme &&
    hostOf(inner) === hostOf(root) &&
    rootNames.length > 0 &&
    rootNames.every((name, index) => innerNames[index] === name)
  );
}

function names(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function hostOf(parts: ArtifactUri): string {
  return parts.scheme === 'file' && parts.authority === 'localhost' ? '' : parts.authority.toLowerCase();
}

/** An absolute path below the host or bucket, without `.` segments. */
function isCleanAbsolute(parts: ArtifactUri, source: string): boolean {
  const path = source.slice(parts.scheme.length + 1).split(/[?#]/, 1)[0] ?? '';
  const afterHost = path.startsWith('//') ? path.slice(2).replace(/^[^/]*/, '') : path;
  return afterHost.startsWith('/') && afterHost.length > 1 && !afterHost.split('/').includes('.');
}

/** The id in `models:/<id>`, null for `name/version`, `name/stage` and `name@alias`, undefined for anything else. */
function modelIdOf(source: string): string | null | undefined {
  const path = source.slice('models:'.length);
  const [name = '', suffix, ...rest] = path.slice(1).split('/');
  if (!path.startsWith('/') || rest.length > 0 || name.trim() === '') return undefined;
  if (suffix !== undefined) return suffix.trim() === '' ? undefined : null;
  const at = name.lastIndexOf('@');
  if (at === -1) return name;
  return at === 0 || name.slice(at + 1).trim() === '' ? undefined : null;
}

/** An http URL of the artifact proxy, this server's or another's. */
function isProxiedUrl(parts: ArtifactUri): boolean {
  if (parts.scheme !== 'http' && parts.scheme !== 'https') return false;
  const path = (decodedForms(parts.path)?.at(-1) ?? '').replace(/\/+/g, '/');
  return /\/(ajax-)?api\/2\.0\/mlflow-artifacts\/artifacts(\/|$)/.test(path);
}

function splitAt(text: string, mark: string): [string, string] {
  const index = text.indexOf(mark);
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}
