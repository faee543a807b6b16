/**
 * One artifact saved to a file. What came so far stands beside it in `NAME.MARK.part`, where the mark is that of the
 * server's file; a later attempt, also of a later process, goes on from there when the server's file is still the same.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ArtifactStore } from '../artifact-store.ts';
import { ConnectionError, MlflowError } from '../errors.ts';
import { StallGuard } from '../stall-guard.ts';

export interface SaveOptions {
  /** Called with the bytes that are there and the bytes in all, when the server says them. */
  readonly onBytes?: ((done: number, all: number | undefined) => void) | undefined;
  /** Milliseconds without a byte after which the transfer is given up. */
  readonly stallAfter: number;
  /** How often it goes on after the connection broke. */
  readonly retries: number;
  /** Milliseconds before that. */
  readonly backoff: number;
}

/** What is there of a file that was begun. */
interface Half {
  readonly path: string;
  readonly mark: string;
  readonly size: number;
}

export async function saveFile(store: ArtifactStore, path: string, place: string, options: SaveOptions): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  for (let attempt = 0; ; attempt++) {
    try {
      await attemptToSave(store, path, place, options);
      return;
    } catch (error) {
      if (!(error instanceof ConnectionError) || attempt >= options.retries) throw error;
      await new Promise((resolve) => setTimeout(resolve, options.backoff * 2 ** attempt));
    }
  }
}

async function attemptToSave(store: ArtifactStore, path: string, place: string, options: SaveOptions): Promise<void> {
  const guard = new StallGuard(options.stallAfter);
  try {
    const half = await halfOf(place);
    const { response, start } = await request(store, path, half, guard);
    const all = sizeOf(response);
    const mark = markOf(response);
    if (half && start === 0) await rm(half.path, { force: true });
    if (start === 0 && (await isThere(place, all, response))) {
      await response.body?.cancel();
      options.onBytes?.(all ?? 0, all);
      return;
    }
    // Without a mark nothing can be continued; the name is then of this process alone.
    const part = `${place}.${mark ?? `${process.pid}-${Date.now()}`}.part`;
    const done = await write(response, part, start, (size) => {
      guard.moved();
      options.onBytes?.(size, all);
    }).catch(async (error: unknown) => {
      if (mark === undefined) await rm(part, { force: true });
      throw error;
    });
    if (all !== undefined && done !== all) throw new ConnectionError(`${path} ended after ${done} of ${all} bytes.`);
    const changed = Date.parse(response.headers.get('last-modified') ?? '');
    if (!Number.isNaN(changed)) await utimes(part, new Date(), new Date(changed));
    await rename(part, place);
  } finally {
    guard.end();
  }
}

/** The answer, and at which byte of the file it starts. */
async function request(
  store: ArtifactStore,
  path: string,
  half: Half | undefined,
  guard: StallGuard,
): Promise<{ response: Response; start: number }> {
  const ask = (headers: Record<string, string>): Promise<Response> =>
    // Packed bytes could not be counted.
    store.download(path, { ...guard.options, headers: { 'accept-encoding': 'identity', ...headers } });
  if (!half || half.size === 0) return { response: await ask({}), start: 0 };
  const rest = await ask({ range: `bytes=${half.size}-` }).catch((error: unknown) => {
    if (!(error instanceof MlflowError) || error.status !== 416) throw error;
  });
  // A server that knows no ranges sends all.
  if (rest?.status === 200) return { response: rest, start: 0 };
  const continues = rest?.headers.get('content-range')?.startsWith(`bytes ${half.size}-`) === true;
  if (rest && continues && markOf(rest) === half.mark) return { response: rest, start: half.size };
  await rest?.body?.cancel();
  return { response: await ask({}), start: 0 };
}

async function write(response: Response, part: string, start: number, moved: (size: number) => void): Promise<number> {
  const file = await open(part, start === 0 ? 'w' : 'r+');
  try {
    let size = start;
    const reader = (response.body as ReadableStream<Uint8Array> | null)?.getReader();
    if (!reader) return size;
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw error instanceof Error && error.name === 'TimeoutError'
          ? error
          : new ConnectionError('The connection broke before the file was complete.', { cause: error });
      });
      if (done) break;
      for (let at = 0; at < value.length;) {
        at += (await file.write(value, at, value.length - at, size + at)).bytesWritten;
      }
      size += value.length;
      moved(size);
    }
    return size;
  } finally {
    await file.close();
  }
}

/** The newest of the begun ones, of which there is mostly one. */
async function halfOf(place: string): Promise<Half | undefined> {
  const folder = dirname(place);
  const start = `${basename(place)}.`;
  for (const name of await readdir(folder)) {
    const mark = name.startsWith(start) ? /^([0-9a-f]{16})\.part$/.exec(name.slice(start.length))?.[1] : undefined;
    if (mark === undefined) continue;
    const path = join(folder, name);
    return { path, mark, size: (await stat(path)).size };
  }
  return undefined;
}

/** Tells the server's file from another one of its name; undefined when the server says too little. */
function markOf({ headers }: Response): string | undefined {
  const etag = headers.get('etag');
  return etag === null ? undefined : createHash('sha256').update(etag).digest('hex').slice(0, 16);
}

/** Bytes of the whole file. */
function sizeOf({ status, headers }: Response): number | undefined {
  const text = status === 206 ? headers.get('content-range')?.split('/')[1] : headers.get('content-length');
  return text !== null && text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A file of the server's size and time is the server's, as rsync has it. */
async function isThere(place: string, size: number | undefined, { headers }: Response): Promise<boolean> {
  const changed = Date.parse(headers.get('last-modified') ?? '');
  if (size === undefined || Number.isNaN(changed)) return false;
  const found = await stat(place).catch(() => undefined);
  return found?.isFile() === true && found.size === size && Math.floor(found.mtimeMs / 1000) === changed / 1000;
}
