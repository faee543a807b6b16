/** What a model takes and gives, as MLmodel files say it. */
import { columnsOf, type Rows } from '../columns.ts';
import { dtypeOf, type Tensor, type TensorType } from './tensors.ts';

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
export type Example = Rows | Tensor;

/** The signature of examples: what goes in, and what comes out for it. The first length of a tensor may vary. */
export function inferSignature(input: Example, output?: Example): Signature {
  return { inputs: schemaOf(input), ...(output === undefined ? {} : { outputs: schemaOf(output) }) };
}

function schemaOf(example: Example): Schema {
  if ('shape' in example)
    return [{ dtype: dtypeOf(example.data) ?? 'float64', shape: [-1, ...example.shape.slice(1)] }];
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
