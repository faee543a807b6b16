/** Pieces of a log by bytes, cut at whole characters. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

export interface LogPiece {
  readonly text: string;
  readonly offset: number;
  readonly next_offset: number;
  readonly size: number;
}

/** Bytes of one answer. */
const longestPiece = 1_000_000;

/**
 * @param offset of the first byte; a negative one counts from the end
 * @param complete nothing more will be written, so half a character at the end is no reason to wait
 */
export function readLog(file: string, offset: number, complete: boolean): LogPiece {
  const handle = openOrUndefined(file);
  if (handle === undefined) return { text: '', offset: 0, next_offset: 0, size: 0 };
  try {
    const { size } = fstatSync(handle);
    const start = Math.min(offset < 0 ? Math.max(size + offset, 0) : offset, size);
    const bytes = Buffer.alloc(Math.min(longestPiece, size - start));
    const read = bytes.subarray(0, readSync(handle, bytes, 0, bytes.length, start));
    const first = start === 0 ? 0 : leadingRest(read);
    const isLast = complete && start + read.length >= size;
    const end = isLast ? read.length : Math.max(read.length - unfinished(read), first);
    const text = read.subarray(first, end).toString('utf8');
    return { text, offset: start + first, next_offset: start + end, size };
  } finally {
    closeSync(handle);
  }
}

function openOrUndefined(file: string): number | undefined {
  try {
    return openSync(file, 'r');
  } catch {
    return undefined;
  }
}

/** Bytes at the start that belong to a character before. */
function leadingRest(bytes: Uint8Array): number {
  let count = 0;
  while (count < 3 && isContinuation(bytes[count])) count++;
  return count;
}

/** Bytes at the end that begin a character whose rest is not there. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
