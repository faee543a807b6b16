/** What a model takes and gives, as MLmodel files say it. */
import { columnsOf, type Rows } from './columns.ts';

export type TensorType = 'float32' | 'float64' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint8' | 'bool' | 'str';

/** A tensor; -1 is a length that varies. */
export interface TensorSpec {
  readonly name?: string | undefined;
  readonly dtype: TensorType;
  readonly shape: readonly number[];
}

/** A column: `boolean`, `integer`, `long`, `float`, `double`, `string`, `binary` or `datetime`. */
export interface ColumnSpec {
  readonly name?: string | undefined;
  readonly type: string;
  readonly required?: boolean | undefined;
}

/** Columns or tensors, not both in one list. */
export type Schema = readonly (ColumnSpec | TensorSpec)[];

export interface Signature {
  readonly inputs?: Schema | undefined;
  readonly outputs?: Schema | undefined;
}

/** Typed numbers with their shape, row by row. */
export interface Tensor {
  readonly data: ArrayLike<number | bigint>;
  readonly shape: readonly number[];
}

/** Records or lists of values, or a tensor. */
export type Example = Rows | Tensor;

const dtypes: Readonly<Record<string, TensorType>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int8Array: 'int8',
  Int16Array: 'int16',
  Int32Array: 'int32',
  BigInt64Array: 'int64',
  Uint8Array: 'uint8',
};

/** The signature of examples: what goes in, and what comes out for it. The first length of a tensor may vary. */
export function inferSignature(input: Example, output?: Example): Signature {
  return { inputs: schemaOf(input), ...(output === undefined ? {} : { outputs: schemaOf(output) }) };
}

function schemaOf(example: Example): Schema {
  if ('shape' in example)
    return [{ dtype: dtypes[example.data.constructor.name] ?? 'float64', shape: [-1, ...example.shape.slice(1)] }];
  const [first] = example;
  if (first === undefined) throw new TypeError('An example needs at least one row.');
  // Lists of numbers are a tensor, as lists of them are in Python.
  if (Array.isArray(first) && first.every((value) => typeof value === 'number')) {
    return [{ dtype: 'float64', shape: [-1, first.length] }];
  }
  return columnsOf(example).map(({ name, type, required }) => ({ type, name, required }));
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
        : { ...(part.name === undefined ? {} : { name: part.name }), type: part.type, required: part.required ?? true },
    ),
  );
}
