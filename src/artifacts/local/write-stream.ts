import { close, constants, fchmod, fdatasync, open, writev } from 'node:fs';
import { promisify } from 'node:util';
import { invalidParameter } from '../../protocol/errors.ts';

const openFd = promisify(open);
const closeFd = promisify(close);
const chmodFd = promisify(fchmod);
const syncFd = promisify(fdatasync);
const writeFd = promisify(writev);

/** Bun hands out bodies in pieces of 64 KiB; one system call for sixteen of them. */
const batchSize = 1024 * 1024;

// oxlint-disable-next-line typescript/no-deprecated -- read once, before any thread could mind
const newFileMode = 0o666 & ~process.umask();

/**
 * Writes the whole body into a new file and returns the number of bytes. A full batch is written before more is asked
 * for, so memory stays constant. The data is on the disk before the caller renames the file: after a power cut a name
 * is missing or whole, never torn. That costs 0.2 ms of a 4 KiB upload's 0.8, and a quarter of the rate of a large one.
 */
export async function writeNewFile(
  path: string,
  body: ReadableStream<Uint8Array> | null,
  expectedSize: number | undefined,
): Promise<number> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  const fd = await openFd(path, flags, 0o600);
  try {
    let size = 0;
    let batch: Uint8Array[] = [];
    let batched = 0;
    if (body !== null) {
      for await (const piece of body) {
        size += piece.length;
        if (expectedSize !== undefined && size > expectedSize) throw wrongSize();
        if (piece.length > 0) batch.push(piece);
        batched += piece.length;
        if (batched < batchSize) continue;
        await writeAll(fd, batch);
        batch = [];
        batched = 0;
      }
      await writeAll(fd, batch);
    }
    if (expectedSize !== undefined && size !== expectedSize) throw wrongSize();
    await syncFd(fd);
    // Private while it is incomplete, then as any other new file: users may share the folder on purpose.
    await chmodFd(fd, newFileMode);
    return size;
  } finally {
    await closeFd(fd);
  }
}

async function writeAll(fd: number, pieces: Uint8Array[]): Promise<void> {
  let rest = pieces;
  while (rest.length > 0) {
    let { bytesWritten } = await writeFd(fd, rest);
    const first = rest.findIndex((piece) => {
      if (bytesWritten < piece.length) return true;
      bytesWritten -= piece.length;
      return false;
    });
    if (first === -1) return;
    const [partial, ...others] = rest.slice(first);
    rest = partial === undefined ? [] : [partial.subarray(bytesWritten), ...others];
  }
}

function wrongSize(): Error {
  return invalidParameter('The upload does not have the number of bytes that its Content-Length says.');
}
