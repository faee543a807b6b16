/** Data sets that callers sent: a folder for each, taken away when no search has asked for it for a while. */
import { mkdirSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { LocalArtifactStore } from '../artifacts/local/local-artifact-store.ts';
import { hexId } from '../common/ids.ts';
import { ApiError, invalidParameter } from '../protocol/errors.ts';
import { inWords, limits } from '../protocol/limits.ts';

/** Milliseconds that a data set stays after its last use. */
const kept = 14 * 86_400_000;

export class Uploads {
  readonly folder: string;
  readonly #store: LocalArtifactStore;

  constructor(folder: string) {
    this.folder = folder;
    this.#store = new LocalArtifactStore(folder);
  }

  /** All of it or nothing. @param size the Content-Length */
  async write(
    name: string,
    body: ReadableStream<Uint8Array> | null,
    size: number | undefined,
  ): Promise<{ dataset: string; size: number }> {
    if ((size ?? 0) > limits.automlDataBytes) throw tooLarge();
    checkKind(name);
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.#removeOld();
    const path = `${hexId()}/${fileName(name)}`;
    const written = await this.#store.write(path, body && limited(body), { expectedSize: size });
    const dataset = join(this.folder, path);
    if (written > 0) return { dataset, size: written };
    rmSync(join(dataset, '..'), { recursive: true });
    throw invalidParameter('The file is empty. Send the data as the body of the request.');
  }

  /** Of this server's folders the only ones that a search may read. */
  holds(dataset: string): boolean {
    return /^[0-9a-f]{32}\/[^/\\]+$/.test(relative(this.folder, dataset).replaceAll(sep, '/'));
  }

  noteUse(dataset: string): void {
    const now = new Date();
    utimesSync(join(dataset, '..'), now, now);
  }

  #removeOld(): void {
    for (const name of readdirSync(this.folder).filter((one) => /^[0-9a-f]{32}$/.test(one))) {
      const folder = join(this.folder, name);
      const { mtimeMs } = statSync(folder, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
      if (mtimeMs < Date.now() - kept) rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** What people have tables in and no search reads; other names say little, and their content is looked at when it is read. */
const unread =
  /\.(xlsx?|xls[bm]|ods|numbers|docx?|pdf|zip|7z|rar|tar|tgz|bz2|xz|zst|feather|arrow|orc|avro|rds|rda(ta)?|sav|dta|sas7bdat|pkl|pickle|h5|hdf5|np[yz]|html?|xml)$/i;

function checkKind(name: string): void {
  const [end] = unread.exec(name) ?? [];
  if (end === undefined) return;
  throw invalidParameter(
    `Files such as *${end} are not read. Save the table as CSV, Parquet or JSON lines (CSV and JSON may be packed with gzip) and send that.`,
  );
}

/** What stays of a name as a file of this machine; its end says what is in it. */
function fileName(given: string): string {
  const clean = basename(given.replaceAll('\\', '/'))
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._-]+/, '');
  return clean.slice(-100) || 'data';
}

function limited(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  let size = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > limits.automlDataBytes) throw tooLarge();
        controller.enqueue(chunk);
      },
    }),
  );
}

function tooLarge(): ApiError {
  const message = `The file is larger than ${inWords(limits.automlDataBytes)} bytes. Put it on the server's machine and give its path.`;
  return new ApiError('BAD_REQUEST', message, { status: 413 });
}
