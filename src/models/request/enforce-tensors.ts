/** Arrays, and tables that stand for them, held to a signature of tensors. */
import type { Arrays, Column, Frame, NdArray } from '../frame.ts';
import type { TensorField } from '../schema.ts';
import { misfit } from '../scoring-error.ts';
import { CastError } from './cast-error.ts';
import { missingInputs } from './enforce-frame.ts';
import { ndArray } from './nd-array.ts';

/** @throws ScoringError */
export function enforceArrays({ arrays }: Arrays, fields: readonly TensorField[], named: boolean): Arrays {
  if (!named) {
    const [field] = fields as readonly [TensorField];
    const array = arrays.get(undefined);
    if (!array) {
      throw misfit(
        'This model contains a tensor-based model signature with no input names, which suggests a numpy array input or a pandas dataframe input with proper column values, but an input of type dict was found.',
      );
    }
    return { kind: 'arrays', arrays: new Map([[undefined, fitting(array, field)]]) };
  }
  const [only, second] = fields.filter(({ required }) => required);
  const alone = arrays.get(undefined);
  const byName = alone && only && !second ? new Map([[only.name, alone]]) : arrays;
  missingInputs(
    fields,
    [...byName.keys()].filter((name) => name !== undefined),
  );
  const found = fields.flatMap((field): [string | undefined, NdArray][] => {
    const array = byName.get(field.name);
    return array ? [[field.name, fitting(array, field)]] : [];
  });
  return { kind: 'arrays', arrays: new Map(found) };
}

function fitting(array: NdArray, { shape, dtype }: TensorField): NdArray {
  const fits =
    shape.length === array.shape.length && shape.every((length, at) => length === -1 || length === array.shape[at]);
  if (!fits) throw misfit(`Shape of input ${tuple(array.shape)} does not match expected shape ${tuple(shape)}.`);
  if (array.dtype !== dtype) throw misfit(`dtype of input ${array.dtype} does not match expected dtype ${dtype}`);
  return array;
}

function tuple(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** Each column is an input; without names a single column is, or all columns together. @throws ScoringError */
export function enforceTableOfTensors(frame: Frame, fields: readonly TensorField[], named: boolean): Arrays {
  if (named) {
    missingInputs(
      fields,
      frame.columns.map(({ name }) => name),
    );
    const columns = new Map(frame.columns.map((column) => [column.name, column]));
    const found = fields.flatMap((field): [string | undefined, NdArray][] => {
      const column = columns.get(field.name ?? '');
      return column ? [[field.name, reshaped(column, field, frame.rows)]] : [];
    });
    return { kind: 'arrays', arrays: new Map(found) };
  }
  const [field] = fields as readonly [TensorField];
  const [first, second] = frame.columns;
  if (!first || frame.rows === 0) throw misfit('Input DataFrame is empty.');
  const array = second ? matrix(frame, field) : reshaped(first, field, frame.rows);
  return { kind: 'arrays', arrays: new Map([[undefined, array]]) };
}

function matrix({ columns, rows }: Frame, field: TensorField): NdArray {
  if (field.shape.length !== 2 || field.shape[0] !== -1 || field.shape[1] !== columns.length) {
    throw misfit(
      `This model contains a model signature with an unnamed input. Since the input data is a pandas DataFrame containing multiple columns, the input shape must be of the structure (-1, number_of_dataframe_columns). Instead, the input DataFrame passed had ${columns.length} columns and an input shape of ${tuple(field.shape)}.`,
    );
  }
  const other = columns.find(({ dtype }) => dtype !== field.dtype && dtype !== 'object' && dtype !== 'str');
  if (other) throw misfit(`dtype of input ${other.dtype} does not match expected dtype ${field.dtype}`);
  const lists = Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row]));
  return cast(lists, field, 'the columns');
}

function reshaped({ name, values }: Column, field: TensorField, rows: number): NdArray {
  const { shape } = field;
  const what = `column '${name}'`;
  if (shape[0] !== -1 || shape.slice(1).includes(-1)) {
    throw misfit(
      `For pandas dataframe input, the first dimension of shape must be a variable dimension and other dimensions must be fixed, but in model signature the shape is ${tuple(shape)}.`,
    );
  }
  const array = cast(Array.from<unknown>(values), field, what);
  const size = shape.slice(1).reduce((product, length) => product * length, 1);
  const scalars = array.shape.length === 1;
  if ((scalars && size !== 1) || array.values.length !== rows * size) {
    throw misfit(`The values of the ${what} could not be converted to the expected shape of ${tuple(shape)}.`);
  }
  return { ...array, shape: [rows, ...shape.slice(1)] };
}

function cast(value: unknown, { dtype }: TensorField, what: string): NdArray {
  try {
    return ndArray(value, dtype);
  } catch (error) {
    if (!(error instanceof CastError)) throw error;
    throw misfit(`The values of the ${what} could not be converted to ${dtype}: ${error.message}`);
  }
}
