/** Tensors: typed numbers with a shape, and the nested lists that say the same. */

export type TensorType =
  | 'float16' | 'float32' | 'float64' | 'int8' | 'int16' | 'int32' | 'int64'
  | 'uint8' | 'uint16' | 'uint32' | 'uint64' | 'bool' | 'str'; // prettier-ignore

/** Values with their shape, row by row. Of typed arrays the type counts, of a plain list its values. */
export interface Tensor {
  readonly data: ArrayLike<number | bigint | string | boolean>;
  readonly shape: readonly number[];
}

export type Scalar = number | bigint | string | boolean | null;

/** `[[1, 2], [3, 4]]` */
export type NestedList = readonly (Scalar | NestedList)[];

/** A tensor whose type is known; bool is kept as booleans. */
export interface TypedTensor extends Tensor {
  readonly dtype: TensorType;
}

/** Input that does not fit a model: a missing column, another type, another shape. */
export class ModelInputError extends TypeError {
  override readonly name = 'ModelInputError';
}

interface NumberKind {
  readonly of: (values: ArrayLike<number | bigint>) => ArrayLike<number | bigint>;
  /** Of whole numbers. */
  readonly range?: readonly [bigint, bigint];
}

const signed = (bits: bigint): readonly [bigint, bigint] => [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
const unsigned = (bits: bigint): readonly [bigint, bigint] => [0n, (1n << bits) - 1n];

type Numbers = ArrayLike<number>;
type BigInts = ArrayLike<bigint>;
const kinds: Readonly<Record<Exclude<TensorType, 'bool' | 'str'>, NumberKind>> = {
  // Half precision has no typed array in every runtime.
  float16: { of: (values) => Float32Array.from(values as Numbers) },
  float32: { of: (values) => Float32Array.from(values as Numbers) },
  float64: { of: (values) => Float64Array.from(values as Numbers) },
  int8: { of: (values) => Int8Array.from(values as Numbers), range: signed(8n) },
  int16: { of: (values) => Int16Array.from(values as Numbers), range: signed(16n) },
  int32: { of: (values) => Int32Array.from(values as Numbers), range: signed(32n) },
  int64: { of: (values) => BigInt64Array.from(values as BigInts), range: signed(64n) },
  uint8: { of: (values) => Uint8Array.from(values as Numbers), range: unsigned(8n) },
  uint16: { of: (values) => Uint16Array.from(values as Numbers), range: unsigned(16n) },
  uint32: { of: (values) => Uint32Array.from(values as Numbers), range: unsigned(32n) },
  uint64: { of: (values) => BigUint64Array.from(values as BigInts), range: unsigned(64n) },
};

const dtypes: Readonly<Record<string, TensorType>> = {
  Float16Array: 'float16',
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Uint16Array: 'uint16',
  Uint32Array: 'uint32',
  BigUint64Array: 'uint64',
};

/** The type of a typed array; undefined for a plain list. */
export function dtypeOf(data: ArrayLike<unknown>): TensorType | undefined {
  // Not by `instanceof`: it may come from another realm. A Buffer is a Uint8Array.
  return ArrayBuffer.isView(data)
    ? dtypes[(data as unknown as Record<symbol, string>)[Symbol.toStringTag] ?? '']
    : undefined;
}

/** Values that have a type each, as a tensor of one. @param what is named when a value does not fit */
export function typed(
  values: ArrayLike<unknown>,
  shape: readonly number[],
  dtype: TensorType,
  what: string,
): TypedTensor {
  if (dtypeOf(values) === dtype) return { dtype, shape, data: values as ArrayLike<number> };
  const list = Array.from(values);
  if (dtype === 'str' || dtype === 'bool') {
    const wanted = dtype === 'str' ? 'string' : 'boolean';
    for (const value of list) if (typeof value !== wanted) throw misfit(what, value, dtype);
    return { dtype, shape, data: list as string[] };
  }
  const { of, range } = kinds[dtype];
  const big = dtype === 'int64' || dtype === 'uint64';
  const numbers = list.map((value) => (range ? wholeOf(value, range, big, what, dtype) : numberOf(value, what, dtype)));
  return { dtype, shape, data: of(numbers) };
}

function numberOf(value: unknown, what: string, dtype: TensorType): number {
  if (typeof value === 'number') return value;
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'bigint' && BigInt(Number(value)) === value) return Number(value);
  throw misfit(what, value, dtype);
}

function wholeOf(
  value: unknown,
  [least, most]: readonly [bigint, bigint],
  big: boolean,
  what: string,
  dtype: TensorType,
): number | bigint {
  const whole = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
  if (whole === undefined || whole < least || whole > most) throw misfit(what, value, dtype);
  return big ? whole : Number(whole);
}

export function misfit(what: string, value: unknown, wanted: string): ModelInputError {
  const shown = typeof value === 'bigint' ? `${value}n` : (JSON.stringify(value) ?? String(value));
  return new ModelInputError(`${what} wants ${wanted}; ${shown.slice(0, 60)} cannot be converted to it safely.`);
}

/** The lengths of nested lists. @throws ModelInputError when they are not even */
export function shapeOf(list: ArrayLike<unknown>, what: string): number[] {
  const [first] = Array.from({ length: Math.min(1, list.length) }, (_, index) => list[index]);
  if (!isList(first)) return [list.length];
  const inner = shapeOf(first, what);
  for (const item of Array.from(list)) {
    if (!isList(item) || shapeOf(item, what).join() !== inner.join()) {
      throw new ModelInputError(`${what} is a list of lists of different lengths.`);
    }
  }
  return [list.length, ...inner];
}

export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** The values of nested lists, row by row. */
export function flat(list: ArrayLike<unknown>): unknown[] {
  return Array.from(list).flatMap((item) => (isList(item) ? flat(item) : [item]));
}

/** A tensor as nested lists; whole numbers of 64 bits are numbers, or bigint beyond 2^53. */
export function nestedOf({ data, shape }: Tensor): NestedList | Scalar {
  const values = Array.from(data, (value) =>
    typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value,
  );
  return shape.length === 0 ? (values[0] ?? null) : rowsOf(values, shape);
}

function rowsOf(values: readonly Scalar[], [length = 0, ...inner]: readonly number[]): NestedList {
  if (inner.length === 0) return values;
  const size = sizeOf(inner);
  return Array.from({ length }, (_, index) => rowsOf(values.slice(index * size, (index + 1) * size), inner));
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
