/** Artifacts saved to files. */
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArtifactStore } from '../artifact-store.ts';
import { resolveArtifact } from '../artifact-uri.ts';
import { settingsOf } from '../settings.ts';

/**
 * Saves a file or a folder with all below it.
 *
 * @param uri such as `runs:/<run id>/model` or `models:/churn@champion`
 * @param folder into which; a new temporary one by default
 * @returns the path of what was saved
 */
export async function downloadArtifacts(uri: string, folder?: string): Promise<string> {
  const { store, path } = await resolveArtifact(settingsOf(), uri);
  const target = folder ?? (await mkdtemp(join(tmpdir(), 'artifacts-')));
  const start = path.replace(/\/+$/, '');
  const isFolder = start === '' || (await store.list(start)).length > 0;
  if (!isFolder) return save(store, start, join(target, basename(start)));
  const name = start === '' ? target : join(target, basename(start));
  await mkdir(name, { recursive: true });
  for await (const file of filesBelow(store, start)) {
    await save(store, file, join(name, start === '' ? file : file.slice(start.length + 1)));
  }
  return name;
}

async function* filesBelow(store: ArtifactStore, folder: string): AsyncGenerator<string> {
  for (const { path, isDir } of await store.list(folder)) {
    if (isDir) yield* filesBelow(store, path);
    else yield path;
  }
}

async function save(store: ArtifactStore, path: string, place: string): Promise<string> {
  const response = await store.download(path);
  await mkdir(dirname(place), { recursive: true });
  const half = `${place}.${process.pid}.part`;
  try {
    const body = response.body ? Readable.fromWeb(response.body) : Readable.from([]);
    await pipeline(body, createWriteStream(half));
    await rename(half, place);
  } finally {
    await rm(half, { force: true });
  }
  return place;
}
