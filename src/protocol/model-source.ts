import { isOwnHost, parseArtifactUri, type ArtifactUri } from './artifact-uri.ts';
import { invalidParameter, type ApiError } from './errors.ts';
import { checkHostScheme } from './host-schemes.ts';
import { decodedForms, hasTraversal } from './path-forms.ts';

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
  const invalid = (why: string, shown = source): ApiError =>
    invalidParameter(`Invalid model version source: '${shown}'. ${why}`);
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
      root === undefined ? source : parts.path,
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
