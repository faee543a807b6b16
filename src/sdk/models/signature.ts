/** What a model takes and gives, as MLmodel files say it. */
import { columnsOf, type Rows } from '../columns.ts';
import { isTensor, type TypedArray } from './model-input.ts';
import { dtypeOf, flat, isList, shapeOf, type NestedList, type Tensor, type TensorType } from './tensors.ts';

/** A tensor; -1 is a length that varies. */
export interface TensorSpec {
  readonly name?: string | undefined;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
}

/**
 * A column: `boolean`, `integer`, `long`, `float`, `double`, `string`, `binary` or `datetime`; or an `array` of `items`,
 * or an `object` of `properties`.
 */
export interface ColumnSpec extends ValueType {
  readonly name?: string | undefined;
}

/** The type of a column or of what is in it. */
export interface ValueType {
  readonly type: string;
  readonly required?: boolean | undefined;
  readonly items?: ValueType | undefined;
  readonly properties?: Readonly<Record<string, ValueType>> | undefined;
}

/** Columns or tensors, not both in one list. */
export type Schema = readonly (ColumnSpec | TensorSpec)[];

export interface Signature {
  readonly inputs?: Schema | undefined;
  readonly outputs?: Schema | undefined;
}

/** Records or lists of values, or a tensor. */
export type Example = Rows | NestedList | Tensor | TypedArray;

/** The signature of examples: what goes in, and what comes out for it. The first length of a tensor may vary. */
export function inferSignature(input: Example, output?: Example): Signature {
  return { inputs: schemaOf(input), ...(output === undefined ? {} : { outputs: schemaOf(output) }) };
}

function schemaOf(example: Example): Schema {
  if (isTensor(example)) return [tensorSpec(example.data, example.shape)];
  if (!isList(example)) throw new TypeError('An example is records, lists of values or a tensor.');
  if (example.length === 0) throw new TypeError('An example needs at least one row.');
  // Lists of one type are a tensor, as lists of numbers are in Python.
  const values = flat(example);
  const types = new Set(values.map((value) => typeof value));
  if (types.size === 1 && typeof values[0] !== 'object') {
    return [tensorSpec(dtypeOf(example) ? example : values, shapeOf(example, 'The example'))];
  }
  return tableTypes(example as Rows).map(([name, type]) => ({ ...type, name }));
}

const listTypes: Readonly<Record<string, TensorType>> = { string: 'str', boolean: 'bool', bigint: 'int64' };

function tensorSpec(values: ArrayLike<unknown>, shape: readonly number[]): TensorSpec {
  return { dtype: dtypeOf(values) ?? listTypes[typeof values[0]] ?? 'float64', shape: [-1, ...shape.slice(1)] };
}

/** The types of columns, with those of what is in lists and records. */
function tableTypes(rows: Rows): [name: string, type: ValueType][] {
  return columnsOf(rows).map(({ name, type, required }) => {
    const values = rows
      .map((row) => (row as Record<string, unknown>)[name])
      .filter((value) => value !== null && value !== undefined);
    return [name, { ...typeOf(values, type), required }];
  });
}

function typeOf(values: readonly unknown[], single: string): ValueType {
  if (values.length > 0 && values.every((value) => Array.isArray(value))) {
    const items = values.flat(1).map((value: unknown) => ({ value }));
    const [[, { required: _, ...type }] = ['', { type: 'string' }]] = tableTypes(items);
    return { type: 'array', items: type };
  }
  if (values.length > 0 && values.every(isPlainRecord)) {
    return { type: 'object', properties: Object.fromEntries(tableTypes(values)) };
  }
  return { type: single };
}

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return Object.prototype.toString.call(value) === '[object Object]';
}

/** A schema as the MLmodel file has it: JSON in a text. */
export function schemaText(schema: Schema): string {
  return JSON.stringify(
    schema.map((part) =>
      'dtype' in part
        ? {
            ...(part.name === undefined ? {} : { name: part.name }),
            type: 'tensor',
            'tensor-spec': { dtype: part.dtype, shape: part.shape },
          }
        : { ...part, required: part.required ?? true },
    ),
  );
}

/** The schema of an MLmodel file. @throws SyntaxError */
export function schemaFrom(text: string): Schema {
  const parts = JSON.parse(text) as Record<string, unknown>[];
  return parts.map((part) => {
    const spec = part['tensor-spec'] as { dtype: TensorType; shape: number[] } | undefined;
    if (!spec) return part as unknown as ColumnSpec;
    const { name } = part as { name?: string };
    return { ...(name === undefined ? {} : { name }), dtype: spec.dtype, shape: spec.shape };
  });
}
