/** Artifacts saved to files. */
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { artifactStoreFor, checkArtifactPath, type ArtifactStore, type FileInfo } from '../artifact-store.ts';
import { resolveArtifact } from '../artifact-uri.ts';
import { ResourceDoesNotExistError } from '../errors.ts';
import { settingsOf, type Settings } from '../settings.ts';
import { saveFile } from './save-file.ts';

export interface DownloadArtifactsOptions {
  /** Called as bytes come: those of all files so far, those in all when they are known, and the file under way. */
  readonly onProgress?: (done: number, all: number | undefined, path: string) => void;
}

/**
 * Saves a file or a folder with all below it. What a broken attempt left is continued by the next into the same folder.
 *
 * @param uri such as `runs:/<run id>/model` or `models:/churn@champion`
 * @param folder into which; a new temporary one by default
 * @returns the path of what was saved
 * @throws ResourceDoesNotExistError for a model without files
 */
export async function downloadArtifacts(
  uri: string,
  folder?: string,
  options: DownloadArtifactsOptions = {},
): Promise<string> {
  const settings = settingsOf();
  const { store, path } = await placeOf(settings, uri);
  const start = path.replace(/\/+$/, '');
  const files = await filesBelow(store, start);
  // A run may well have logged none, but what would load such a model fails later, and without the reason.
  if (files.length === 0 && start === '' && uri.startsWith('models:')) {
    throw new ResourceDoesNotExistError('RESOURCE_DOES_NOT_EXIST', `${uri} has no files.`, 404);
  }
  const target = folder ?? (await mkdtemp(join(tmpdir(), 'artifacts-')));
  const place = start === '' ? target : join(target, basename(start));
  const isFolder = start === '' || files.length > 0;
  if (isFolder) await mkdir(place, { recursive: true });
  const wanted = isFolder ? files : [{ path: start, isDir: false, fileSize: undefined }];
  const all = isFolder ? sum(files.map(({ fileSize }) => fileSize)) : undefined;
  const placeFor = (path: string): string => (isFolder ? join(place, pathBelow(start, path)) : place);
  await saveFiles(settings, store, wanted, placeFor, (done, ofFile, file) =>
    options.onProgress?.(done, all ?? (isFolder ? undefined : ofFile), file),
  );
  return place;
}

/** The path of a file below a folder of its store. @throws TypeError for one that leads out of it */
export function pathBelow(folder: string, path: string): string {
  return checkArtifactPath(folder === '' ? path : path.slice(folder.length + 1));
}

/**
 * Saves files one after the other.
 *
 * @param onBytes called as bytes come: those of all files so far, those of the file in all when known, and its path
 */
export async function saveFiles(
  settings: Settings,
  store: ArtifactStore,
  files: readonly FileInfo[],
  placeFor: (path: string) => string,
  onBytes: (done: number, ofFile: number | undefined, path: string) => void,
): Promise<void> {
  let before = 0;
  for (const { path } of files) {
    let size = 0;
    await saveFile(store, path, placeFor(path), {
      onBytes: (done, ofFile) => {
        size = done;
        onBytes(before + done, ofFile, path);
      },
      stallAfter: settings.timeout,
      retries: settings.retries,
      backoff: settings.backoff,
    });
    before += size;
  }
}

/** An artifact URI may name a file, so it is looked for in the folder above. */
async function placeOf(settings: Settings, uri: string): Promise<{ store: ArtifactStore; path: string }> {
  const [, above, name] = /^(.*[^/:])\/([^/]+)\/*$/.exec(uri) ?? [];
  if (/^(runs|models):/.test(uri) || above === undefined || name === undefined) return resolveArtifact(settings, uri);
  return { store: artifactStoreFor(settings, above), path: name };
}

/** All files of a folder and of the folders in it. */
export async function filesBelow(store: ArtifactStore, folder: string): Promise<FileInfo[]> {
  const found: FileInfo[] = [];
  for (const info of await store.list(folder)) {
    if (info.isDir) found.push(...(await filesBelow(store, info.path)));
    else found.push(info);
  }
  return found;
}

function sum(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.reduce((total, size) => (total === undefined || size === undefined ? undefined : total + size), 0);
}
