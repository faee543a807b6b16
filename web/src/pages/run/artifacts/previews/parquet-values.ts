/** Values of Parquet as people write them: what the library hands on as plain numbers, or as doubles that lose digits. */
import type { FileMetaData, ParquetParsers, SchemaElement, SchemaTree } from 'hyparquet';
import { Numeral } from '../../../../components/content/numeral.ts';

type Writer = (value: unknown) => unknown;
type Unit = 'MILLIS' | 'MICROS' | 'NANOS';

const perSecond: Readonly<Record<Unit, bigint>> = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n };

/** They are not told the zone: a time without one loses its Z with the writer of its column. */
export const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (value) => timestamp(value, 'MILLIS'),
  timestampFromMicroseconds: (value) => timestamp(value, 'MICROS'),
  timestampFromNanoseconds: (value) => timestamp(value, 'NANOS'),
  dateFromDays: (days) => {
    const date = new Date(days * 86_400_000);
    return Number.isNaN(date.getTime()) ? String(days) : date.toISOString().replace(/T.*/, '');
  },
  // As it is written, be it JSON or not: parsed it would lose digits, and one broken value would hide the whole file.
  jsonFromBytes: (value: unknown) => (value instanceof Uint8Array ? (textOf(value) ?? hexOf(value)) : value),
};

/** What the library reads to something less than it is, or not at all. */
const readHere = new Set(['DECIMAL', 'INTERVAL', 'BSON']);

/** With the values of these as they are stored. Keys of maps are texts: the library makes names of them. */
export function asStored(metadata: FileMetaData): FileMetaData {
  const { schema } = metadata;
  const typed = schema.map((element, i) => {
    const { converted_type: converted, ...rest } = element;
    if (converted !== undefined && readHere.has(converted)) return rest;
    const isKey = schema[i - 1]?.repetition_type === 'REPEATED' && element.name === 'key';
    const isPlain = element.type === 'BYTE_ARRAY' && converted === undefined && element.logical_type === undefined;
    return isKey && isPlain ? { ...element, converted_type: 'UTF8' as const } : element;
  });
  return { ...metadata, schema: typed };
}

/** Short, beside the name of a column. */
export function typeName({ element, children }: SchemaTree): string {
  const { type, converted_type: converted, logical_type: logical, repetition_type: repetition } = element;
  const kind = logical?.type ?? converted;
  if (kind === undefined && repetition === 'REPEATED') return 'list';
  if (kind === undefined && children.length > 0) return 'struct';
  return (kind ?? type ?? '').toLowerCase().replace(/.*byte_array$/, 'bytes');
}

/**
 * Undefined for a column whose values need no change.
 * @param asText whether bytes show as text: one form for all of a column, or `0x61` and `a` could be the same or not
 */
export function writerOf(node: SchemaTree, asText: boolean): Writer | undefined {
  const writePart = partWriter(node, asText);
  if (!writePart) return undefined;
  const write: Writer = (value) => {
    if (value === null || value === undefined) return value;
    return Array.isArray(value) ? value.map(write) : writePart(value);
  };
  return write;
}

function partWriter({ element, children }: SchemaTree, asText: boolean): Writer | undefined {
  const [first] = children;
  if (!first) return leafWriter(element, asText);
  const kind = element.logical_type?.type ?? element.converted_type;
  if (kind === 'LIST') {
    const [only, ...others] = first.children;
    return writerOf(only && others.length === 0 ? only : first, asText);
  }
  if (kind === 'MAP' || kind === 'MAP_KEY_VALUE') {
    const value = first.children[1];
    const write = value && writerOf(value, asText);
    return write && ((map) => mapped(map, () => write));
  }
  const writers = new Map(children.map((child) => [child.element.name, writerOf(child, asText)]));
  return [...writers.values()].some(Boolean) ? (struct) => mapped(struct, (name) => writers.get(name)) : undefined;
}

function mapped(value: unknown, writer: (name: string) => Writer | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, (writer(name) ?? same)(part)]));
}

const same: Writer = (value) => value;

function leafWriter(element: SchemaElement, asText: boolean): Writer | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'TIME') return (value) => timeOfDay(value, logical.unit);
  if (converted === 'TIME_MILLIS') return (value) => timeOfDay(value, 'MILLIS');
  if (converted === 'TIME_MICROS') return (value) => timeOfDay(value, 'MICROS');
  const hasNoZone = logical?.type === 'TIMESTAMP' ? !logical.isAdjustedToUTC : type === 'INT96';
  if (hasNoZone) return (value) => (typeof value === 'string' ? value.replace(/Z$/, '') : value);
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL') {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
    return (value) => decimal(value, scale);
  }
  if (converted === 'INTERVAL') return interval;
  const isText = logical?.type === 'STRING' || converted === 'UTF8';
  return type?.endsWith('BYTE_ARRAY') === true && !isText ? (value) => bytesAs(value, asText) : undefined;
}

function timestamp(value: bigint, unit: Unit): string {
  const rest = ((value % perSecond[unit]) + perSecond[unit]) % perSecond[unit];
  const date = new Date(Number((value - rest) / perSecond[unit]) * 1000);
  if (Number.isNaN(date.getTime())) return String(value);
  return date.toISOString().replace('.000Z', `${fraction(rest, unit)}Z`);
}

function timeOfDay(value: unknown, unit: Unit): unknown {
  if (typeof value !== 'bigint' && typeof value !== 'number') return value;
  const whole = BigInt(value);
  const seconds = Number(whole / perSecond[unit]);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${fraction(whole % perSecond[unit], unit)}`;
}

/** Thousandths, millionths, or billionths of a second: as many as the value has. */
function fraction(rest: bigint, unit: Unit): string {
  if (rest === 0n) return '';
  return `.${String(rest)
    .padStart(String(perSecond[unit]).length - 1, '0')
    .replace(/(?:000)+$/, '')}`;
}

/** In bytes: ten times what anyone writes. */
const longestDecimal = 320;

/** Of an integer, or of the bytes of one: two's complement, the highest byte first. */
function decimal(value: unknown, scale: number): unknown {
  let whole: bigint;
  if (value instanceof Uint8Array) {
    if (value.length > longestDecimal) return hexOf(value);
    whole = 0n;
    for (const byte of value) whole = whole * 256n + BigInt(byte);
    whole = BigInt.asIntN(8 * value.length, whole);
  } else if (typeof value === 'bigint' || typeof value === 'number') {
    whole = BigInt(value);
  } else {
    return value;
  }
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : digits;
  return new Numeral(whole < 0n ? `-${text}` : text);
}

/** Whether all bytes in a value are text that can be seen. */
export function isReadable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof Uint8Array) return textOf(value) !== undefined;
  return Object.values(value).every(isReadable);
}

function bytesAs(value: unknown, asText: boolean): unknown {
  if (!(value instanceof Uint8Array)) return value;
  return (asText ? textOf(value) : undefined) ?? hexOf(value);
}

/** Undefined for bytes that are no text, or one that shows as a blank. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return unprintable.test(text) || /^\s+$/.test(text) ? undefined : text;
  } catch {
    return undefined; // Not UTF-8.
  }
}

function hexOf(bytes: Uint8Array): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Control characters that no text has. */
const unprintable = /[^\P{Cc}\t\n\r]/u;

/** Months, days and milliseconds, none of which is a number of another, as ISO 8601 writes a duration. */
function interval(value: unknown): unknown {
  if (!(value instanceof Uint8Array) || value.length !== 12) return value;
  const view = new DataView(value.buffer, value.byteOffset, 12);
  const [months = 0, days = 0, millis = 0] = [0, 4, 8].map((at) => view.getUint32(at, true));
  const date = `${months > 0 ? `${months}M` : ''}${days > 0 ? `${days}D` : ''}`;
  const time = millis > 0 ? `T${millis / 1000}S` : '';
  return date === '' && time === '' ? 'PT0S' : `P${date}${time}`;
}
