/** The forms in which a model takes its input, told apart. */
import { isList, ModelInputError, type NestedList, type Scalar, type Tensor } from './tensors.ts';

/** A record of a table. */
export type Row = Readonly<Record<string, unknown>>;

export type TypedArray =
  | Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | BigInt64Array
  | Uint8Array | Uint16Array | Uint32Array | BigUint64Array; // prettier-ignore

/** Columns or tensors by name, each as a list, nested or not, or with its type. */
export type NamedInput = Readonly<Record<string, Tensor | TypedArray | NestedList>>;

export type ModelInput = readonly Row[] | NestedList | Tensor | TypedArray | NamedInput;

/** Columns of the same length. */
export interface Table {
  readonly kind: 'table';
  readonly columns: ReadonlyMap<string, ArrayLike<unknown>>;
  readonly length: number;
}

/** One value without a name: a tensor or nested lists. */
interface Unnamed {
  readonly kind: 'unnamed';
  readonly value: Value;
}

interface Named {
  readonly kind: 'named';
  readonly values: Readonly<Record<string, Value>>;
}

export type Value = Tensor | ArrayLike<unknown>;
export type Input = Table | Unnamed | Named;

/** What the answer looks like follows the input. */
export type AnswerKind = 'records' | 'lists' | 'tensors';

/** @throws ModelInputError */
export function inputOf(input: ModelInput): { input: Input; answer: AnswerKind } {
  if (isTensor(input)) return { input: { kind: 'unnamed', value: input }, answer: 'tensors' };
  if (Array.isArray(input)) {
    if (input.length === 0) throw new ModelInputError('The input is empty.');
    if (isRecord(input[0])) return { input: tableOfRows(input as readonly Row[]), answer: 'records' };
    return { input: { kind: 'unnamed', value: input }, answer: 'lists' };
  }
  if (isList(input)) return { input: { kind: 'unnamed', value: input }, answer: 'tensors' };
  if (!isRecord(input)) throw new ModelInputError('The input is neither records, lists, a tensor nor columns by name.');
  const values = Object.values(input);
  if (values.length > 0 && values.every(isScalar)) return { input: tableOfRows([input]), answer: 'records' };
  const wrong = Object.keys(input).find((name) => !isList(input[name]) && !isTensor(input[name]));
  if (wrong !== undefined) throw new ModelInputError(`${JSON.stringify(wrong)} is neither a list nor a tensor.`);
  const typed = values.some((value) => !Array.isArray(value));
  return { input: { kind: 'named', values: input }, answer: typed ? 'tensors' : 'lists' };
}

function tableOfRows(rows: readonly Row[]): Table {
  const names = new Set<string>();
  for (const row of rows) {
    if (!isRecord(row)) throw new ModelInputError('The input mixes records with other values.');
    for (const name of Object.keys(row)) names.add(name);
  }
  const columns = new Map([...names].map((name) => [name, rows.map((row) => row[name])]));
  return { kind: 'table', columns, length: rows.length };
}

export function isTensor(value: unknown): value is Tensor {
  if (!isRecord(value)) return false;
  const { data, shape } = value;
  return isList(data) && Array.isArray(shape) && shape.every((length) => Number.isInteger(length));
}

function isRecord(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !isList(value) && !(value instanceof Date);
}

function isScalar(value: unknown): value is Scalar | Date {
  return typeof value !== 'object' || value === null || value instanceof Date;
}
