/** What a ZIP file lists at its end (APPNOTE.TXT 6.3): its entries are found without reading them. */

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** In the file. */
  readonly packed: number;
  /** As it was on the clock of who wrote it; '' where none is given. */
  readonly modified: string;
  readonly method: number;
  readonly encrypted: boolean;
  /** Where its local header stands. */
  readonly offset: number;
}

export interface ZipDirectory {
  readonly start: number;
  readonly end: number;
  /** Of entries, as the file says. */
  readonly count: number;
  /** Bytes before the archive, such as those of a program that unpacks itself. */
  readonly shift: number;
}

/** A comment of 64 KB may follow the record at the end; records of ZIP64 stand before it. */
export const longestTail = 65_536 + 22 + 20 + 56;

const endMark = 0x06054b50;
const end64Mark = 0x06064b50;
const locatorMark = 0x07064b50;
const entryMark = 0x02014b50;
const localMark = 0x04034b50;
const most32 = 0xffffffff;

/** Undefined for a file that is none, or whose end is damaged. @param tail its last bytes @param size of all of it */
export function directoryOf(tail: Uint8Array, size: number): ZipDirectory | undefined {
  const view = viewOf(tail);
  const at = endRecordAt(view);
  if (at === undefined) return undefined;
  const small = {
    at,
    count: view.getUint16(at + 10, true),
    length: view.getUint32(at + 12, true),
    start: view.getUint32(at + 16, true),
  };
  const { count, length, start, at: recordAt } = largeRecord(view, at, size - tail.length) ?? small;
  const end = size - tail.length + recordAt;
  const shift = end - length - start;
  return shift < 0 || length > end ? undefined : { start: end - length, end, count, shift };
}

function endRecordAt(view: DataView): number | undefined {
  for (let at = view.byteLength - 22; at >= 0; at--) {
    if (view.getUint32(at, true) === endMark && at + 22 + view.getUint16(at + 20, true) <= view.byteLength) return at;
  }
  return undefined;
}

/** The record of ZIP64, if there is one. @param tailStart where in the file the view starts */
function largeRecord(view: DataView, endAt: number, tailStart: number) {
  const locator = endAt - 20;
  if (locator < 0 || view.getUint32(locator, true) !== locatorMark) return undefined;
  // Where the file says, or right before, if something stands before the archive.
  const places = [whole(view, locator + 8) - tailStart, locator - 56];
  const at = places.find((place) => place >= 0 && place <= locator - 56 && view.getUint32(place, true) === end64Mark);
  if (at === undefined) return undefined;
  return { at, count: whole(view, at + 32), length: whole(view, at + 40), start: whole(view, at + 48) };
}

/** The entries that the bytes of a directory have, as far as they are sound. */
export function readEntries(bytes: Uint8Array, { shift }: ZipDirectory): ZipEntry[] {
  const view = viewOf(bytes);
  const decoder = new TextDecoder();
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= bytes.length && view.getUint32(at, true) === entryMark;) {
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    const extraEnd = nameEnd + view.getUint16(at + 30, true);
    if (extraEnd > bytes.length) break;
    const short = [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true));
    const [size = 0, packed = 0, offset = 0] = withLarge(view, short, nameEnd, extraEnd);
    entries.push({
      name: decoder.decode(bytes.subarray(at + 46, nameEnd)),
      size,
      packed,
      modified: dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true)),
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      offset: offset + shift,
    });
    at = extraEnd + view.getUint16(at + 32, true);
  }
  return entries;
}

/** What does not fit into 32 bits stands in the extra field of ZIP64, in this order. */
function withLarge(view: DataView, short: readonly number[], extraStart: number, extraEnd: number): readonly number[] {
  if (!short.includes(most32)) return short;
  for (let at = extraStart; at + 4 <= extraEnd;) {
    const end = Math.min(extraEnd, at + 4 + view.getUint16(at + 2, true));
    if (view.getUint16(at, true) === 1) {
      let from = at + 4;
      return short.map((value) => {
        if (value !== most32 || from + 8 > end) return value;
        from += 8;
        return whole(view, from - 8);
      });
    }
    at = end;
  }
  return short;
}

/** Where the data of an entry begins behind its local header; undefined where no such header stands. */
export function dataStart(header: Uint8Array): number | undefined {
  if (header.length < 30) return undefined;
  const view = viewOf(header);
  if (view.getUint32(0, true) !== localMark) return undefined;
  return 30 + view.getUint16(26, true) + view.getUint16(28, true);
}

function whole(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function dosTime(date: number, time: number): string {
  if (date === 0) return '';
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${1980 + (date >> 9)}-${two((date >> 5) & 15)}-${two(date & 31)}`;
  return `${day} ${two(time >> 11)}:${two((time >> 5) & 63)}:${two((time & 31) * 2)}`;
}
