/** NumPy's file format: a header that is a Python dict, then the values as they lie in memory. */
import { textReader } from './npy-texts.ts';

export interface NpyHeader {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the values start. */
  readonly offset: number;
}

export const longestHeader = 65_536;

export function npyHeader(bytes: Uint8Array): NpyHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 12 || bytes[0] !== 0x93) return undefined;
  const long = (bytes[6] ?? 1) > 1;
  const offset = (long ? 12 : 10) + (long ? view.getUint32(8, true) : view.getUint16(8, true));
  if (offset > bytes.length) return undefined;
  const header = new TextDecoder().decode(bytes.subarray(long ? 12 : 10, offset));
  const descr = /'descr':\s*'([^']+)'/.exec(header)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  if (shape === undefined) return undefined;
  return {
    descr: descr ?? /'descr':\s*(\[.*?\])\s*,\s*'/.exec(header)?.[1] ?? '?',
    fortran: /'fortran_order':\s*True/.test(header),
    shape: shape
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(Number),
    offset,
  };
}

type NpyValue = number | bigint | boolean | string;
type Read = (view: DataView, at: number, little: boolean) => NpyValue;

const readers: Readonly<Record<string, Read>> = {
  b1: (view, at) => view.getUint8(at) !== 0,
  i1: (view, at) => view.getInt8(at),
  u1: (view, at) => view.getUint8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  u2: (view, at, little) => view.getUint16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i8: (view, at, little) => view.getBigInt64(at, little),
  u8: (view, at, little) => view.getBigUint64(at, little),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

function readerOf(descr: string): { readonly size: number; readonly read: Read } | undefined {
  const type = descr.slice(1);
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  return read ? { size: Number(type.slice(1)), read } : textReader(type);
}

/** Bytes of one value; undefined for a type that is not shown, such as objects. */
export function itemSize(descr: string): number | undefined {
  return readerOf(descr)?.size;
}

export function npyValues({ descr }: NpyHeader, bytes: Uint8Array): NpyValue[] {
  const reader = readerOf(descr);
  if (!reader) return [];
  const { size, read } = reader;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, i) =>
    read(view, i * size, !descr.startsWith('>')),
  );
}

/** Values of Fortran order, whose first axis runs fastest, in the order of C, whose last one does. */
export function inOrderOfC(values: readonly NpyValue[], shape: readonly number[], most: number): NpyValue[] {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, length) => product * length, 1));
  const place = shape.map(() => 0);
  const ordered: NpyValue[] = [];
  while (ordered.length < Math.min(most, values.length)) {
    const value = values[place.reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), 0)];
    if (value === undefined) break;
    ordered.push(value);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const next = (place[axis] ?? 0) + 1;
      const inside = next < (shape[axis] ?? 0);
      place[axis] = inside ? next : 0;
      if (inside) break;
    }
  }
  return ordered;
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
