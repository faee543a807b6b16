/** Artifacts that are files of this machine, and files of this machine that become artifacts. */
import { createReadStream, createWriteStream, openAsBlob } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { checkArtifactPath, joinPath, type ArtifactStore } from '../artifact-store.ts';
import { ResourceDoesNotExistError } from '../errors.ts';
import type { Upload } from '../host.ts';

/** @param uri `file:///…` or a path */
export function localStore(uri: string): ArtifactStore {
  const root = resolve(uri.startsWith('file:') ? fileURLToPath(uri) : uri);
  const placeOf = (path: string): string => (path === '' ? root : join(root, ...checkArtifactPath(path).split('/')));
  return {
    place: root,
    async upload(path, content) {
      const place = placeOf(path);
      await mkdir(dirname(place), { recursive: true });
      const half = `${place}.${process.pid}.part`;
      try {
        const body = new Response(content as ConstructorParameters<typeof Response>[0]).body;
        await pipeline(body ? Readable.fromWeb(body) : Readable.from([]), createWriteStream(half));
        await rename(half, place);
      } finally {
        await rm(half, { force: true });
      }
    },
    async download(path) {
      const place = placeOf(path);
      if (!(await stat(place).catch(() => undefined))?.isFile()) throw missing(path);
      return new Response(Readable.toWeb(createReadStream(place)));
    },
    async list(path) {
      const entries = await readdir(placeOf(path), { withFileTypes: true }).catch(() => []);
      const infos = entries.map(async (entry) => {
        const isDir = entry.isDirectory();
        // A link may lead nowhere.
        const fileSize = isDir ? undefined : (await stat(join(placeOf(path), entry.name)).catch(() => undefined))?.size;
        return { path: joinPath(path, entry.name), isDir, fileSize };
      });
      return (await Promise.all(infos)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
    },
  };
}

function missing(path: string): ResourceDoesNotExistError {
  return new ResourceDoesNotExistError('RESOURCE_DOES_NOT_EXIST', `There is no artifact ${JSON.stringify(path)}.`, 404);
}

/** A file under its own name, or each file of a folder under its path below it. */
export async function uploadFiles(localPath: string, upload: Upload, folder: boolean): Promise<void> {
  const found = await stat(localPath).catch(() => undefined);
  if (!found) throw new Error(`There is no ${folder ? 'folder' : 'file'} ${JSON.stringify(localPath)}.`);
  if (!found.isDirectory()) {
    if (folder) throw new Error(`${JSON.stringify(localPath)} is a file; logArtifact keeps files.`);
    await upload(basename(localPath), await openAsBlob(localPath));
    return;
  }
  const below = folder ? '' : basename(resolve(localPath));
  for await (const path of filesBelow(localPath)) {
    await upload(joinPath(below, path), await openAsBlob(join(localPath, path)));
  }
}

/** Their paths; links to files count, those to folders do not, as in the Python client. */
async function* filesBelow(root: string, folder = ''): AsyncGenerator<string, void> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = joinPath(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(root, path);
    else if ((await stat(join(root, path))).isFile()) yield path;
  }
}
