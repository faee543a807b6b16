/** Where a run's files lie: behind the server (`mlflow-artifacts:`), or where another store for the URI's scheme is known. */
import { listProxiedArtifacts } from '../protocol/artifacts.ts';
import { call } from './call.ts';
import type { Settings } from './settings.ts';
import { send, type Body, type CallOptions } from './transport.ts';

export interface FileInfo {
  /** Relative to the folder's store. */
  readonly path: string;
  readonly isDir: boolean;
  /** Bytes; undefined for a folder. */
  readonly fileSize: number | undefined;
}

export interface DownloadOptions extends CallOptions {
  /** Such as `range`, which not every store knows: see the answer's status. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

export interface ArtifactStore {
  /** Where its root lies: two stores of one place say the same. */
  readonly place: string;
  upload(path: string, content: Body, options?: CallOptions): Promise<void>;
  /** @throws ResourceDoesNotExistError when there is no such file */
  download(path: string, options?: DownloadOptions): Promise<Response>;
  /** The files and folders of a folder, by name; a file lists nothing. */
  list(path: string, options?: CallOptions): Promise<FileInfo[]>;
}

type StoreFactory = (uri: string) => ArtifactStore;
const factories = new Map<string, StoreFactory>();

/** Teaches the SDK another kind of artifact URI, such as `file`. */
export function registerArtifactStore(scheme: string, factory: StoreFactory): void {
  factories.set(scheme, factory);
}

/** The store whose root is `uri`, an `artifact_uri` as the server says it. */
export function artifactStoreFor(settings: Settings, uri: string): ArtifactStore {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase() ?? 'file';
  if (scheme === 'mlflow-artifacts') return proxied(settings, rootOf(uri));
  const factory = factories.get(scheme);
  if (factory) return factory(uri);
  const way =
    scheme === 'file'
      ? 'Import "modelyard/node" to reach files of this machine, or let the server keep them'
      : 'Let the server keep them';
  throw new TypeError(`The artifacts lie at ${uri}, which cannot be reached from here. ${way} (mlflow-artifacts:).`);
}

/** `mlflow-artifacts:/1/abc/artifacts` and `mlflow-artifacts://host:port/1/abc/artifacts` → `1/abc/artifacts`. */
function rootOf(uri: string): string {
  return uri.replace(/^mlflow-artifacts:(\/\/[^/]*)?\/*/i, '').replace(/\/+$/, '');
}

function proxied(settings: Settings, root: string): ArtifactStore {
  const urlOf = (path: string): string =>
    `/api/2.0/mlflow-artifacts/artifacts/${joinPath(root, path).split('/').map(encodeURIComponent).join('/')}`;
  return {
    place: `${settings.baseUrl}#${root}`,
    async upload(path, body, options) {
      const headers = { 'content-type': 'application/octet-stream' };
      // A stream is gone once it was sent.
      const idempotent = !(body instanceof ReadableStream);
      const timeout = settings.timeout + Math.ceil((sizeOf(body) / slowest) * 1000);
      const request = { method: 'PUT', path: urlOf(path), body, headers, idempotent };
      const response = await send(settings, request, { timeout, ...options });
      await response.arrayBuffer();
    },
    download: (path, options) =>
      send(settings, { method: 'GET', path: urlOf(path), headers: options?.headers, idempotent: true }, options),
    async list(path, options) {
      const folder = joinPath(root, path);
      const { files } = await call(settings, listProxiedArtifacts, { path: folder }, options);
      return files.map((file) => ({
        path: joinPath(path, file.path ?? ''),
        isDir: file.is_dir ?? false,
        // A server may leave out a size of 0.
        fileSize: file.is_dir ? undefined : Number(file.file_size ?? 0),
      }));
    },
  };
}

/** Bytes a second: an upload may last, and no runtime tells how far it is. */
const slowest = 20_000;
/** What a stream may hold. */
const streamSize = 1e9;

function sizeOf(body: Body): number {
  if (body instanceof ReadableStream) return streamSize;
  return body instanceof Blob ? body.size : body.length;
}

/** @throws TypeError for a path that leaves its folder */
export function checkArtifactPath(path: string): string {
  const bad = path.startsWith('/') || path.split(/[/\\]/).includes('..') || path.includes('\0');
  if (bad || path === '') throw new TypeError(`${JSON.stringify(path)} is not a path below the run's artifacts.`);
  return path;
}

export function joinPath(folder: string, path: string): string {
  return [folder, path].filter((part) => part !== '').join('/');
}
