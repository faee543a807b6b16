/** What a request holds as the tensors that an ONNX model takes, as MLflow's flavor feeds them. */
import type { Frame, ModelData, NdArray } from '../../models/frame.ts';
import { ScoringError } from '../../models/scoring-error.ts';
import type { OnnxInput } from './onnx-session.ts';
import { textsOf } from './texts.ts';

type Inputs = readonly OnnxInput[];

/** @throws ScoringError, and Error when the model cannot take it */
export function feedsOf(data: ModelData, inputs: Inputs): Map<string, NdArray> {
  return data.kind === 'frame' ? feedsOfFrame(data, inputs) : feedsOfArrays(data.arrays, inputs);
}

function feedsOfArrays(arrays: ReadonlyMap<string | undefined, NdArray>, inputs: Inputs): Map<string, NdArray> {
  const names = inputs.map(({ name }) => name).join(', ');
  const alone = arrays.get(undefined);
  if (alone) {
    const [only, second] = inputs;
    if (!only || second) {
      throw new ScoringError(
        'INTERNAL_ERROR',
        `Unable to map numpy array input to the expected model input. Numpy arrays can only be used as input for MLflow ONNX models that have a single input. This model requires ${inputs.length} inputs. Please pass in data as either a dictionary or a DataFrame with the following tensors: ${names}.`,
      );
    }
    return new Map([[only.name, typed(alone, only)]]);
  }
  const given = [...arrays.keys()].join(', ');
  const unknown = [...arrays.keys()].find((name) => !inputs.some((input) => input.name === name));
  return new Map(
    inputs.map((input) => {
      const array = arrays.get(input.name);
      if (!array) throw new Error(`Required inputs (${names}) are missing from input feed (${given}).`);
      if (unknown !== undefined) throw new Error(`Invalid input name: ${unknown}`);
      return [input.name, typed(array, input)];
    }),
  );
}

/** A single input takes all columns side by side; of several each takes the column of its name. */
function feedsOfFrame(frame: Frame, inputs: Inputs): Map<string, NdArray> {
  const [only, second] = inputs;
  if (only && !second) return new Map([[only.name, matrix(frame, only)]]);
  const columns = new Map(frame.columns.map((column) => [column.name, column]));
  return new Map(
    inputs.map((input) => {
      const column = columns.get(input.name);
      if (!column) throw new Error(`The input has no column '${input.name}', which the model takes.`);
      // A model that takes rows of one gets them.
      const shape = input.rank === 2 && (input.width ?? 1) === 1 ? [frame.rows, 1] : [frame.rows];
      return [input.name, typed({ dtype: column.dtype, shape, values: column.values as NdArray['values'] }, input)];
    }),
  );
}

function matrix({ columns, rows }: Frame, input: OnnxInput): NdArray {
  const width = columns.length;
  const shape = input.rank === 1 && width === 1 ? [rows] : [rows, width];
  if (input.dtype === 'float32' || input.dtype === 'float64') {
    const values = input.dtype === 'float32' ? new Float32Array(rows * width) : new Float64Array(rows * width);
    columns.forEach((column, place) => {
      if (!isNumber(column.dtype)) throw mismatch(column.dtype, input);
      const given = column.values as ArrayLike<number | bigint>;
      for (let row = 0, at = place; row < rows; row++, at += width) values[at] = Number(given[row]);
    });
    return { dtype: input.dtype, shape, values };
  }
  const [first] = columns;
  const dtypes = new Set(columns.map((column) => column.dtype));
  const [dtype = 'object'] = dtypes.size === 1 ? dtypes : [];
  if (width === 1 && first) return typed({ dtype, shape, values: first.values as NdArray['values'] }, input);
  const values = new Array<number | bigint | string>(rows * width);
  columns.forEach((column, place) => {
    for (let row = 0; row < rows; row++) values[row * width + place] = column.values[row] as number;
  });
  return typed({ dtype: dtypes.size === 1 ? dtype : 'object', shape, values }, { ...input, force: true });
}

function isNumber(dtype: string): boolean {
  return /^(float|u?int)/.test(dtype);
}

const bigTypes = ['int64', 'uint64'];
const arrays: Readonly<Record<string, { readonly from: (values: never, map: never) => NdArray['values'] }>> = {
  float16: Float32Array,
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
};

/** Of the type that the model takes: any float for a float, whole numbers for whole numbers and for floats. */
function typed(array: NdArray, input: OnnxInput & { readonly force?: boolean }): NdArray {
  const { dtype } = input;
  if (dtype === 'str' && ['str', 'object'].includes(array.dtype)) {
    return { dtype, shape: array.shape, values: textsOf(array.values) };
  }
  if (array.dtype === dtype && input.force !== true) return array;
  const maker = arrays[dtype];
  if (array.dtype === dtype && !maker) return array;
  const toFloat = dtype.startsWith('float') && isNumber(array.dtype);
  const toWhole = /^u?int/.test(dtype) && /^u?int/.test(array.dtype);
  if (!maker || !(toFloat || toWhole)) throw mismatch(array.dtype, input);
  const convert = bigTypes.includes(dtype) ? BigInt : Number;
  return { dtype, shape: array.shape, values: maker.from(array.values as never, convert as never) };
}

function mismatch(dtype: string, { name, dtype: wanted }: OnnxInput): Error {
  return new Error(
    `Unexpected input data type for '${name}'. Actual: (tensor(${dtype})) , expected: (tensor(${wanted}))`,
  );
}
