/** Models by their addresses, as folders of this machine. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../config/user-folders.ts';
import { joinPath, registerArtifactStore, type ArtifactStore, type FileInfo } from '../sdk/artifact-store.ts';
import { locateModel } from '../sdk/models/locate-model.ts';
import { filesBelow, pathBelow, saveFiles } from '../sdk/node/download.ts';
import { localStore } from '../sdk/node/files.ts';
import { settingsOf, type Settings } from '../sdk/settings.ts';
import { readModelFolder, type ModelFolder } from './model-folder.ts';
import { s3Store } from './s3-store.ts';

export interface FetchOptions {
  /** Called as bytes come: those so far, those in all when they are known, and the file under way. */
  readonly onProgress?: ((done: number, all: number | undefined, path: string) => void) | undefined;
}

/**
 * A folder of this machine is read where it lies; what lies elsewhere is fetched once and kept in the user's cache.
 *
 * @param uri a path, `file:`, `runs:/<run id>/<path>`, `models:/<name>/<version, stage or latest>`,
 *   `models:/<name>@<alias>`, `models:/<logged model id>`, `mlflow-artifacts:` or `s3:`
 * @throws ModelFolderError when it is no model; MlflowError and the like when the server has none there
 */
export async function fetchModel(uri: string, options: FetchOptions = {}): Promise<ModelFolder> {
  if (/^file:/i.test(uri)) return readModelFolder(fileURLToPath(uri), uri);
  if (!/^[a-z][a-z0-9+.-]+:/i.test(uri)) return readModelFolder(uri);
  registerArtifactStore('file', localStore);
  registerArtifactStore('s3', s3Store);
  // S3 needs no tracking server, whatever is said of one.
  const settings = settingsOf(/^s3:/i.test(uri) ? { trackingUri: 'http://127.0.0.1' } : {});
  const { store, folder, mlmodel } = await locateModel(settings, uri);
  const files = await filesBelow(store, folder);
  const place = cacheFolder('models', nameOf(store, folder, mlmodel, files));
  if (!existsSync(place)) await fetchInto(place, store, folder, files, settings, options);
  return readModelFolder(place, uri);
}

/** One that is saved again in the same place has another time and id in its MLmodel file. */
function nameOf({ place }: ArtifactStore, folder: string, mlmodel: string, files: readonly FileInfo[]): string {
  const hash = createHash('sha256').update(`${joinPath(place, folder)}\n${mlmodel}`);
  for (const { path, fileSize } of files) hash.update(`\n${path.slice(folder.length)} ${fileSize}`);
  return hash.digest('hex').slice(0, 32);
}

/** Whole or not at all: it is fetched beside its place and then moved there. */
async function fetchInto(
  place: string,
  store: ArtifactStore,
  folder: string,
  files: readonly FileInfo[],
  settings: Settings,
  { onProgress }: FetchOptions,
): Promise<void> {
  mkdirSync(dirname(place), { recursive: true });
  const half = mkdtempSync(`${place}.`);
  const remove = (): void => rmSync(half, { recursive: true, force: true });
  // Ctrl+C too leaves nothing.
  process.once('exit', remove);
  try {
    const all = files.reduce((sum, { fileSize = 0 }) => sum + fileSize, 0);
    const placeFor = (path: string): string => join(half, pathBelow(folder, path));
    await saveFiles(settings, store, files, placeFor, (done, _, path) =>
      onProgress?.(done, all, pathBelow(folder, path)),
    );
    // Another process may have been sooner; what it fetched is the same.
    try {
      renameSync(half, place);
    } catch (error) {
      if (!existsSync(place)) throw error;
    }
  } finally {
    process.off('exit', remove);
    remove();
  }
}
