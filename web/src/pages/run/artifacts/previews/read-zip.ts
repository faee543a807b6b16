import { readPiece, type ArtifactFile } from '../../../../api/artifacts.ts';
import { text } from '../../../../text/artifacts.ts';
import { inflateHead } from './inflate-head.ts';
import { npyHeader, type NpyHeader } from './npy.ts';
import { readNpy, type ByteSource, type NpyArray } from './read-npy.ts';
import { dataStart, directoryOf, longestTail, readEntries, type ZipEntry } from './zip.ts';

export interface ZipFile {
  readonly entries: readonly ZipEntry[];
  /** As the file says. */
  readonly count: number;
  /** Of arrays, as far as they were looked at. */
  readonly headers: ReadonlyMap<ZipEntry, NpyHeader>;
  readonly arrays: number;
}

/** The longest list that is read: some 200,000 entries. */
const longestDirectory = 16_000_000;
export const mostArrays = 100;
/** Smaller archives are read at once, instead of in many small pieces. */
const readAsWhole = 2_000_000;
/** Of an entry: its local header, and that of its array. */
const headSize = 4096;

const stored = 0;
const deflated = 8;

/** Null for a file that is none, or has no list. */
export async function readZip(file: ArtifactFile, signal: AbortSignal): Promise<ZipFile | null> {
  const bytes = await bytesOf(file, signal);
  const tail = await bytes(Math.max(0, file.size - longestTail), file.size);
  const directory = directoryOf(tail, file.size);
  if (!directory) return null;
  const { start, end, count } = directory;
  const entries = readEntries(await bytes(start, Math.min(end, start + longestDirectory)), directory);
  const arrays = entries.filter(isArray);
  const looked = await Promise.all(
    arrays.slice(0, mostArrays).map(async (entry) => [entry, await headerOf(bytes, entry)] as const),
  );
  const headers = new Map(looked.flatMap(([entry, header]) => (header ? [[entry, header]] : [])));
  return { entries, count, headers, arrays: arrays.length };
}

export async function readZippedArray(
  file: ArtifactFile,
  entry: ZipEntry,
  signal: AbortSignal,
): Promise<NpyArray | null> {
  return readNpy(entrySource(await bytesOf(file, signal), entry), entry.size);
}

async function bytesOf({ url, size }: ArtifactFile, signal: AbortSignal): Promise<ByteSource> {
  const source: ByteSource = async (start, last) => {
    // A list may name places where the file has nothing.
    const end = Math.min(last, size);
    return start < end ? (await readPiece(url, start, end, signal)).bytes : new Uint8Array();
  };
  return size <= readAsWhole ? stretch(source, 0, size) : source;
}

/** Read once, given in pieces. */
async function stretch(source: ByteSource, start: number, end: number): Promise<ByteSource> {
  const bytes = await source(start, end);
  return (from, to) => Promise.resolve(bytes.slice(Math.max(0, from - start), Math.max(0, to - start)));
}

function isArray({ name, method, encrypted }: ZipEntry): boolean {
  return name.endsWith('.npy') && !encrypted && (method === stored || method === deflated);
}

/** Undefined for what is no array, or lies elsewhere than the list says: the other entries show all the same. */
async function headerOf(bytes: ByteSource, entry: ZipEntry): Promise<NpyHeader | undefined> {
  try {
    const head = await stretch(bytes, entry.offset, entry.offset + headSize);
    return npyHeader(await entrySource(head, entry)(0, Math.min(entry.size, headSize)));
  } catch {
    return undefined;
  }
}

function entrySource(bytes: ByteSource, { offset, packed, size, method }: ZipEntry): ByteSource {
  return async (start, end) => {
    const inside = dataStart(await bytes(offset, offset + 30));
    if (inside === undefined) throw new Error(text.damagedEntry);
    const data = offset + inside;
    const last = Math.min(end, size);
    if (method === stored) return bytes(data + start, Math.min(data + last, data + packed));
    // DEFLATE makes nothing much longer than it was: no more is needed for so much.
    const piece = await bytes(data, data + Math.min(packed, last + Math.ceil(last / 256) + 1024));
    return (await inflateHead(piece, last)).slice(start);
  };
}
