/** Cuts a text file into pieces of some records each, or of some megabytes, never within a record. */
import { BatchError, usualRows } from './batch-input.ts';

export interface Piece {
  readonly bytes: Uint8Array;
  readonly records: number;
  /** In the file, behind its last byte. */
  readonly end: number;
}

const readSize = 1024 * 1024;
/** Bytes after which a piece ends with the record that it is in: of wide tables a few rows are much. */
const largePiece = 4 * 1024 * 1024;
/** Bytes of a record; a longer one has lost its end. */
const longestRecord = 64 * 1024 * 1024;
const [newline, carriageReturn, quote] = [10, 13, 34];

/**
 * @param most records of a piece; by default `usualRows`, and no more than some megabytes
 * @param quoted whether a line may end within a record, between quotes, as in CSV
 */
export async function* cutRecords(
  file: Blob,
  from: number,
  most: number | undefined,
  quoted: boolean,
): AsyncGenerator<Piece> {
  const cut = new Cut(quoted, most ?? usualRows, most === undefined ? largePiece : Infinity);
  /** Not given away yet; begins at `at` in the file. */
  let held: Uint8Array = new Uint8Array();
  let at = from;
  for (let read = from; read < file.size; read += readSize) {
    held = Buffer.concat([held, await file.slice(read, read + readSize).bytes()]);
    for (let length = cut.next(held); length > 0; length = cut.next(held)) {
      yield { bytes: held.subarray(0, length), records: cut.records, end: (at += length) };
      held = held.subarray(length);
      cut.reset();
    }
    if (held.length - cut.lastEnd > longestRecord) {
      const hint = quoted ? ' A quote that is opened there may never be closed.' : '';
      throw new BatchError(`The record that begins at byte ${at + cut.lastEnd} does not end within 64 MB.${hint}`);
    }
  }
  const records = cut.records + (cut.endsBlank(held) ? 0 : 1);
  if (records > 0) yield { bytes: held, records, end: at + held.length };
}

/** Where records end, in bytes that grow at their end. */
class Cut {
  records = 0;
  lastEnd = 0;
  readonly #quoted: boolean;
  readonly #most: number;
  readonly #large: number;
  #scanned = 0;
  #within = false;

  constructor(quoted: boolean, most: number, large: number) {
    this.#quoted = quoted;
    this.#most = most;
    this.#large = large;
  }

  /** The length of so many records, or of fewer that are a large piece; 0 when there are not so many yet. */
  next(bytes: Uint8Array): number {
    for (let at = this.#scanned; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === quote && this.#quoted) this.#within = !this.#within;
      if (byte !== newline || this.#within) continue;
      if (!isBlank(bytes, this.lastEnd, at)) this.records++;
      this.lastEnd = at + 1;
      if (this.records < this.#most && this.lastEnd < this.#large) continue;
      this.#scanned = this.lastEnd;
      return this.lastEnd;
    }
    this.#scanned = bytes.length;
    return 0;
  }

  /** What was given away is gone from the bytes. */
  reset(): void {
    this.records = 0;
    this.lastEnd = 0;
    this.#scanned = 0;
  }

  endsBlank(bytes: Uint8Array): boolean {
    return isBlank(bytes, this.lastEnd, bytes.length);
  }
}

/** Empty lines are no records. */
function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  return to - from === 0 || (to - from === 1 && bytes[from] === carriageReturn);
}
