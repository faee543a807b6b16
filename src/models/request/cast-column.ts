/** A column of JSON values cast to the type of a signature, as loosely as pandas casts. */
import type { Column } from '../frame.ts';
import { datetimesOf } from './datetimes.ts';
import { bytesOf } from './base64.ts';
import { CastError } from './cast-error.ts';
import { kindOf, type Kind } from './kind-of-values.ts';
import { floatOf, intOf, shown } from './python-text.ts';

type Values = readonly unknown[];

/** @param type of MLflow: `double`, `long` … @throws CastError */
export function castColumn(name: string | number, values: Values, type: string): Column {
  switch (type) {
    case 'double':
      return { name, dtype: 'float64', values: floats(values, new Float64Array(values.length)) };
    case 'float':
      return { name, dtype: 'float32', values: floats(values, new Float32Array(values.length)) };
    case 'long':
      return { name, dtype: 'int64', values: longs(values) };
    case 'integer':
      return { name, dtype: 'int32', values: integers(values) };
    case 'boolean':
      return { name, dtype: 'bool', values: truths(values) };
    case 'string':
      return strings(name, values);
    case 'binary':
      return { name, dtype: 'object', values: values.map(binary) };
    case 'datetime':
      return { name, dtype: 'datetime64[ns]', values: datetimesOf(values) };
    default:
      return { name, dtype: 'object', values: values.map((value) => value ?? null) };
  }
}

function floats<T extends Float64Array | Float32Array>(values: Values, into: T): T {
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    into[index] = typeof value === 'number' ? value : float(value);
  }
  return into;
}

/** `float(value)`, where missing is NaN. */
export function float(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'string') {
    const number = floatOf(value);
    if (number === undefined) throw new CastError(`could not convert string to float: ${shown(value)}`);
    return number;
  }
  if (typeof value === 'object') throw new CastError('setting an array element with a sequence.');
  const number = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(number)) throw new CastError('int too large to convert to float');
  return number;
}

function longs(values: Values): BigInt64Array {
  const wide = new BigInt64Array(values.length);
  // Halves of 32 bits: a BigInt for each would take several times as long.
  const halves = new Int32Array(wide.buffer);
  const kind: Kind | undefined = values.every(Number.isSafeInteger) ? undefined : kindOf(values);
  for (let index = 0; index < values.length; index++) {
    const value = kind === undefined ? values[index] : whole(values[index], kind);
    if (typeof value === 'number') {
      halves[2 * index] = value;
      halves[2 * index + 1] = Math.floor(value / 2 ** 32);
    } else {
      wide[index] = value as bigint;
    }
  }
  return wide;
}

function integers(values: Values): Int32Array {
  const narrow = new Int32Array(values.length);
  const kind = kindOf(values);
  for (let index = 0; index < values.length; index++) {
    const value = whole(values[index], kind);
    // Of whole numbers the low bits stay; a fraction that is too large is the least number there is.
    const outside = value < -(2 ** 31) || value >= 2 ** 31;
    if (outside && (kind === 'str' || kind === 'object')) {
      throw new CastError(`Python integer ${value} out of bounds for int32`);
    }
    narrow[index] =
      outside && kind === 'float64' ? -(2 ** 31) : typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value;
  }
  return narrow;
}

/** `int(value)`, as a column of the kind is converted. */
function whole(value: unknown, kind: Kind): number | bigint {
  if (kind === 'float64' && !Number.isFinite(Number(value ?? Number.NaN))) {
    throw new CastError('Cannot convert non-finite values (NA or inf) to integer');
  }
  switch (typeof value) {
    case 'boolean':
      return Number(value);
    case 'bigint':
      if (kind === 'uint64') return BigInt.asIntN(64, value);
      if (kind === 'float64') return whole(Number(value), kind);
      if (BigInt.asIntN(64, value) !== value) throw new CastError('Python int too large to convert to C long');
      return value;
    case 'number': {
      const cut = Math.trunc(value);
      if (Number.isSafeInteger(cut)) return cut;
      if (!Number.isFinite(cut)) throw new CastError('cannot convert float NaN to integer');
      if (kind !== 'float64') throw new CastError('Python int too large to convert to C long');
      return Math.abs(cut) < 2 ** 63 ? BigInt(cut) : -(2n ** 63n);
    }
    case 'string': {
      const number = intOf(value);
      if (number === undefined) throw new CastError(`invalid literal for int() with base 10: ${shown(value)}`);
      if (BigInt.asIntN(64, number) !== number) throw new CastError('Python int too large to convert to C long');
      return number;
    }
    default:
      throw new CastError(`int() argument must be a string or a real number, not ${shown(value)}`);
  }
}

function truths(values: Values): Uint8Array {
  const kind = kindOf(values);
  return Uint8Array.from(values, (value) => Number(truth(value, kind)));
}

/** `bool(value)`: any text but the empty one is true, so `"false"` is. */
function truth(value: unknown, kind: Kind): boolean {
  // A field that a record lacks is NaN, which is true; null is not.
  if (value === undefined) return true;
  if (value === null) return kind === 'float64' || kind === 'str';
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'object') return Object.keys(value).length > 0;
  return Boolean(value);
}

function strings(name: string | number, values: Values): Column {
  const kind = kindOf(values);
  if (kind === 'str') return { name, dtype: 'str', values: values.map((value) => (value as string | null) ?? null) };
  const missing = kind === 'float64' ? Number.NaN : null;
  return { name, dtype: 'object', values: values.map((value) => value ?? missing) };
}

function binary(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw new CastError('encoding without a string argument');
  const bytes = bytesOf(value);
  if (!bytes) throw new CastError('Incorrect padding');
  return bytes;
}
