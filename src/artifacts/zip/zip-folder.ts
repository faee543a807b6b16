/** A folder of a store as one ZIP file, made while it is sent: at any time one piece of one file is in memory. */
import { ApiError } from '../../protocol/errors.ts';
import { deepestPath } from '../artifact-path.ts';
import type { ArtifactFile, ArtifactStore } from '../artifact-store.ts';
import { centralHeader, endRecord, localHeader, type ZipEntry } from './zip-records.ts';

/** @param name of the folder that the files stand in when they are unpacked */
export function zipOf(store: ArtifactStore, path: string, name: string): ReadableStream<Uint8Array> {
  const left = new AbortController();
  const chunks = chunksOf(store, path, name, left.signal);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        // A checksum that is being made would otherwise be made to its end for nobody.
        left.abort();
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

async function* chunksOf(
  store: ArtifactStore,
  root: string,
  name: string,
  left: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  const entries: Buffer[] = [];
  let offset = 0;
  for await (const path of filesBelow(store, root, 0)) {
    const found = await checked(store, path, left);
    if (left.aborted) return;
    if (found === undefined) continue;
    const inside = root === '' ? path : path.slice(root.length + 1);
    const { file, crc } = found;
    const entry: ZipEntry = { name: `${name}/${inside}`, size: file.size, crc, modifiedAt: file.modifiedAt, offset };
    const header = localHeader(entry);
    entries.push(centralHeader(entry));
    try {
      yield header;
      if (file.size > 0) yield* file.stream();
    } finally {
      await file.close();
    }
    offset += header.length + file.size;
  }
  let size = 0;
  for (const entry of entries) {
    yield entry;
    size += entry.length;
  }
  yield endRecord(entries.length, offset, size);
}

async function* filesBelow(store: ArtifactStore, folder: string, depth: number): AsyncGenerator<string> {
  if (depth > deepestPath) return;
  for (const { path, isDir } of await listed(store, folder, depth)) {
    if (isDir) yield* filesBelow(store, path, depth + 1);
    else yield path;
  }
}

/** What lies in a folder; nothing in one below the first whose name no client may use, or that went away. */
async function listed(store: ArtifactStore, folder: string, depth: number): ReturnType<ArtifactStore['list']> {
  try {
    return await store.list(folder);
  } catch (error) {
    if (depth > 0 && error instanceof ApiError && error.status < 500) return [];
    throw error;
  }
}

/**
 * An open file and its checksum, which stands before the bytes, where every unpacker finds it. So each file is read
 * twice; one that changes in between is read again. Undefined for one that went away or has a name no client may use.
 */
async function checked(
  store: ArtifactStore,
  path: string,
  left: AbortSignal,
): Promise<{ file: ArtifactFile; crc: number } | undefined> {
  try {
    for (let tries = 1; ; tries++) {
      const first = await store.open(path);
      let crc = 0;
      if (first.size > 0) {
        for await (const chunk of first.stream()) {
          if (left.aborted) return undefined;
          crc = Bun.hash.crc32(chunk, crc);
        }
      } else await first.close();
      const file = await store.open(path);
      if (file.etag === first.etag) return { file, crc };
      await file.close();
      if (tries === 3) throw new Error(`${path} changes while it is sent`);
    }
  } catch (error) {
    if (error instanceof ApiError && error.status < 500) return undefined;
    throw error;
  }
}
