import type { TableRows } from '../../../../components/content/table-view-rows.ts';
import { inOrderOfC, itemSize, longestHeader, npyHeader, npyValues } from './npy.ts';

const valuesShown = 100_000;
const mostColumns = 200;
/** In Fortran order the first rows lie all over the file: it is read as a whole, if it has no more values. */
const mostReordered = 1_000_000;
/** A text may be of any length: of long ones fewer are read. */
const mostBytes = 8_000_000;

/** Bytes from `start` up to `end`, which is not among them; fewer where there are no more. */
export type ByteSource = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>;

export interface NpyArray {
  readonly shape: readonly number[];
  readonly descr: string;
  readonly total: number;
  readonly shown: number;
  readonly readable: boolean;
  readonly asStored: boolean;
  readonly rows: TableRows;
  readonly columns: readonly { readonly name: string }[];
}

/** Null for a file that is none. The values of the last axis stand side by side. */
export async function readNpy(source: ByteSource, fileSize: number): Promise<NpyArray | null> {
  const header = npyHeader(await source(0, Math.min(fileSize, longestHeader)));
  if (!header) return null;
  const { shape, descr, offset, fortran } = header;
  const total = shape.reduce((product, length) => product * length, 1);
  const isFortran = fortran && shape.length > 1;
  const size = itemSize(descr);
  const reorders = isFortran && total <= Math.min(mostReordered, mostBytes / (size ?? 1));
  const asStored = isFortran && !reorders;
  const last = shape.length > 1 && !asStored ? (shape.at(-1) ?? 1) : 1;
  const width = last > 0 && last <= mostColumns ? last : 1;
  const most = Math.min(valuesShown, mostBytes / (size ?? 1));
  const shown = size === undefined ? 0 : Math.min(total, Math.floor(most / width) * width);
  const read = reorders ? total : shown;
  const piece = shown > 0 && size !== undefined ? await source(offset, offset + read * size) : undefined;
  const stored = piece ? npyValues(header, piece) : [];
  const values = reorders ? inOrderOfC(stored, shape, shown) : stored;
  const rows = Array.from({ length: Math.ceil(values.length / width) }, (_, i) =>
    values.slice(i * width, (i + 1) * width),
  );
  const columns = Array.from({ length: width }, (_, i) => ({ name: String(i) }));
  return { shape, descr, total, shown, readable: size !== undefined, asStored, rows, columns };
}
