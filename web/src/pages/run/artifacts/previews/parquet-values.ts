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
};

/** With the decimals as they are stored: the library would make doubles of them. */
export function withStoredDecimals(metadata: FileMetaData): FileMetaData {
  const schema = metadata.schema.map((element) => {
    const { converted_type: converted, ...rest } = element;
    return converted === 'DECIMAL' && element.type !== 'BYTE_ARRAY' ? rest : element;
  });
  return { ...metadata, schema };
}

/** Undefined for a column whose values need no change. */
export function writerOf(node: SchemaTree): Writer | undefined {
  const writePart = partWriter(node);
  if (!writePart) return undefined;
  const write: Writer = (value) => {
    if (value === null || value === undefined) return value;
    return Array.isArray(value) ? value.map(write) : writePart(value);
  };
  return write;
}

function partWriter({ element, children }: SchemaTree): Writer | undefined {
  const [first] = children;
  if (!first) return leafWriter(element);
  const kind = element.logical_type?.type ?? element.converted_type;
  if (kind === 'LIST') {
    const [only, ...others] = first.children;
    return writerOf(only && others.length === 0 ? only : first);
  }
  if (kind === 'MAP' || kind === 'MAP_KEY_VALUE') {
    const value = first.children[1];
    const write = value && writerOf(value);
    return write && ((map) => mapped(map, () => write));
  }
  const writers = new Map(children.map((child) => [child.element.name, writerOf(child)]));
  return [...writers.values()].some(Boolean) ? (struct) => mapped(struct, (name) => writers.get(name)) : undefined;
}

function mapped(value: unknown, writer: (name: string) => Writer | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, (writer(name) ?? same)(part)]));
}

const same: Writer = (value) => value;

function leafWriter(element: SchemaElement): Writer | undefined {
  const { type, converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'TIME') return (value) => timeOfDay(value, logical.unit);
  if (converted === 'TIME_MILLIS') return (value) => timeOfDay(value, 'MILLIS');
  if (converted === 'TIME_MICROS') return (value) => timeOfDay(value, 'MICROS');
  const hasNoZone = logical?.type === 'TIMESTAMP' ? !logical.isAdjustedToUTC : type === 'INT96';
  if (hasNoZone) return (value) => (typeof value === 'string' ? value.replace(/Z$/, '') : value);
  if ((converted === 'DECIMAL' || logical?.type === 'DECIMAL') && type !== 'BYTE_ARRAY') {
    const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0);
    return (value) => decimal(value, scale);
  }
  return undefined;
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

/** Of an integer, or of the bytes of one: two's complement, the highest byte first. */
function decimal(value: unknown, scale: number): unknown {
  let whole: bigint;
  if (value instanceof Uint8Array) {
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
