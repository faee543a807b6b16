/** Nested lists of JSON as arrays of numpy: of a type that is wanted, or of the one that their values have. */
import type { NdArray } from '../frame.ts';
import { CastError } from './cast-error.ts';
import { float } from './cast-column.ts';
import { numpyTimesOf } from './datetimes.ts';
import { kindOf } from './kind-of-values.ts';
import { intOf, shown, textOf } from './python-text.ts';

/** @param dtype of numpy, such as `float32`; found from the values by default @throws CastError when lists are uneven */
export function ndArray(value: unknown, dtype?: string): NdArray {
  const shape = shapeOf(value);
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = dtype === undefined ? undefined : numberArrays[dtype];
  if (numbers && shape.length > 0) {
    const values = new numbers(size);
    fill(value, shape, 0, 0, (leaf, place) => {
      values[place] = typeof leaf === 'number' ? leaf : float(leaf);
    });
    return { dtype: dtype as string, shape, values };
  }
  const leaves = new Array<unknown>(size);
  if (shape.length === 0) leaves[0] = value;
  else {
    fill(value, shape, 0, 0, (leaf, place) => {
      leaves[place] = leaf;
    });
  }
  return { ...typedLeaves(leaves, dtype ?? dtypeOf(leaves)), shape };
}

const numberArrays: Readonly<Record<string, new (size: number) => Float32Array | Float64Array>> = {
  float32: Float32Array,
  float64: Float64Array,
};

function shapeOf(value: unknown): number[] {
  const shape: number[] = [];
  for (let inner = value; Array.isArray(inner); inner = (inner as readonly unknown[])[0]) {
    shape.push(inner.length);
    if (inner.length === 0) break;
  }
  return shape;
}

type Put = (leaf: unknown, place: number) => void;

/** Returns the place behind. */
function fill(value: unknown, shape: readonly number[], depth: number, start: number, put: Put): number {
  const length = shape[depth] as number;
  if (!Array.isArray(value) || value.length !== length) throw uneven(shape, depth);
  const list = value as readonly unknown[];
  if (depth === shape.length - 1) {
    for (let index = 0; index < length; index++) {
      const leaf = list[index];
      if (typeof leaf === 'object' && Array.isArray(leaf)) throw uneven(shape, depth + 1);
      put(leaf, start + index);
    }
    return start + length;
  }
  let place = start;
  for (const inner of list) place = fill(inner, shape, depth + 1, place, put);
  return place;
}

function uneven(shape: readonly number[], depth: number): CastError {
  const detected = `(${shape.slice(0, depth).join(', ')}${depth === 1 ? ',' : ''})`;
  return new CastError(
    `setting an array element with a sequence. The requested array has an inhomogeneous shape after ${depth} dimensions. The detected shape was ${detected} + inhomogeneous part.`,
  );
}

/** The type that numpy gives to such values. */
function dtypeOf(leaves: readonly unknown[]): string {
  const types = new Set(leaves.map((leaf) => (leaf === null ? 'object' : typeof leaf)));
  if (types.has('object')) return 'object';
  if (types.has('string')) return 'str';
  if (types.has('number') || types.has('bigint')) {
    const kind = kindOf(leaves.map((leaf) => (typeof leaf === 'boolean' ? Number(leaf) : leaf)));
    return kind === 'object' ? 'object' : kind;
  }
  return types.has('boolean') ? 'bool' : 'float64';
}

type Values = Pick<NdArray, 'dtype' | 'values'>;

function typedLeaves(leaves: readonly unknown[], dtype: string): Values {
  const ints = intArrays[dtype];
  if (ints) return { dtype, values: ints(leaves.map((leaf) => wholeOf(leaf, dtype))) };
  if (dtype === 'float32' || dtype === 'float16') return { dtype, values: Float32Array.from(leaves, float) };
  if (dtype === 'float64') return { dtype, values: Float64Array.from(leaves, float) };
  if (dtype === 'bool') return { dtype, values: leaves.map(isTrue) };
  if (dtype.startsWith('datetime64')) return { dtype, values: numpyTimesOf(leaves) };
  if (dtype === 'str' || dtype.startsWith('<U')) return { dtype: 'str', values: leaves.map(wordOf) };
  return { dtype, values: leaves as readonly string[] };
}

const intArrays: Readonly<Record<string, (values: readonly bigint[]) => NdArray['values']>> = {
  int8: (values) => Int8Array.from(values, Number),
  int16: (values) => Int16Array.from(values, Number),
  int32: (values) => Int32Array.from(values, Number),
  int64: (values) => BigInt64Array.from(values),
  uint8: (values) => Uint8Array.from(values, Number),
  uint16: (values) => Uint16Array.from(values, Number),
  uint32: (values) => Uint32Array.from(values, Number),
  uint64: (values) => BigUint64Array.from(values),
};

/** Fractions are cut; what is out of bounds is none of the type. */
function wholeOf(value: unknown, dtype: string): bigint {
  const number = integerOf(value);
  const bits = Number(dtype.replace(/\D/g, ''));
  const fits = dtype.startsWith('u') ? BigInt.asUintN(bits, number) : BigInt.asIntN(bits, number);
  if (fits === number) return number;
  throw new CastError(`Python integer ${number} out of bounds for ${dtype}`);
}

function integerOf(value: unknown): bigint {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'boolean') return BigInt(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return BigInt(Math.trunc(value));
    throw new CastError(`cannot convert float ${Number.isNaN(value) ? 'NaN' : 'infinity'} to integer`);
  }
  const number = typeof value === 'string' ? intOf(value) : undefined;
  if (number !== undefined) return number;
  if (typeof value === 'string') throw new CastError(`invalid literal for int() with base 10: ${shown(value)}`);
  throw new CastError(`int() argument must be a string, a bytes-like object or a real number, not ${shown(value)}`);
}

function isTrue(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

function wordOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw new CastError('setting an array element with a sequence');
  return textOf(value);
}
