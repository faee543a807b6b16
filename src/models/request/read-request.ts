/** A request's body → what the model is given: read, cast and held to its signature as MLflow's scoring server does. */
import type { Arrays, Frame, ModelData } from '../frame.ts';
import type { ModelFolder } from '../model-folder.ts';
import type { InputSchema } from '../schema.ts';
import { invalidInput, misfit } from '../scoring-error.ts';
import { castColumn } from './cast-column.ts';
import { CastError } from './cast-error.ts';
import { readCsv } from './csv-table.ts';
import { TimeZoneError } from './datetimes.ts';
import { enforceFrame } from './enforce-frame.ts';
import { enforceArrays, enforceTableOfTensors } from './enforce-tensors.ts';
import { jsonBodyOf } from './json-body.ts';
import { inferredColumn } from './kind-of-values.ts';
import { readLists, type Unusual } from './lists-and-records.ts';
import { ndArray } from './nd-array.ts';
import { paramsFor, type Params } from './params.ts';
import { readParquet } from './parquet-table.ts';
import { tableOfRecords, tableOfSplit, type RawTable } from './raw-table.ts';

export interface ReadRequest {
  readonly data: ModelData | Unusual;
  readonly params: Params | undefined;
}

interface RequestBody {
  readonly body: Uint8Array;
  readonly format: 'json' | 'csv';
}

type Takes = Pick<ModelFolder, 'inputs' | 'params'>;

/** A table in Parquet, which takes its time. @throws ScoringError */
export async function readParquetRequest(body: Uint8Array, { inputs, params }: Takes): Promise<ReadRequest> {
  return { data: enforced(await readParquet(body), inputs), params: paramsFor(undefined, params) };
}

/** @throws ScoringError */
export function readRequest({ body, format }: RequestBody, { inputs, params }: Takes): ReadRequest {
  if (format === 'csv') return { data: enforced(readCsv(body, inputs), inputs), params: paramsFor(undefined, params) };
  const { form, data, params: given } = jsonBodyOf(body);
  const read = ((): ModelData | Unusual => {
    switch (form) {
      case 'dataframe_records':
        return tableFor(tableOfRecords(data, namesOf(inputs)), inputs);
      case 'dataframe_split':
        return tableFor(tableOfSplit(data), inputs);
      case 'unified':
        if (inputs) throw misfit('The input has none of the columns of the signature.');
        return { kind: 'other', type: 'dict' };
      default:
        return readLists(data, form, inputs);
    }
  })();
  return { data: read.kind === 'other' ? read : enforced(read, inputs), params: paramsFor(given, params) };
}

/** Others are left out, so they need not be read; but to say which there are when one is missing, all are. */
function namesOf(inputs: InputSchema | undefined): readonly string[] | undefined {
  return inputs?.kind === 'columns' && inputs.named && inputs.fields.every(({ required }) => required)
    ? inputs.fields.map(({ name }) => name ?? '')
    : undefined;
}

/** The columns that the signature knows are cast to its types, others have those of their values. */
function tableFor({ names, columns, rows }: RawTable, inputs: InputSchema | undefined): ModelData {
  if (inputs?.kind === 'tensors') return tableForTensors({ names, columns, rows }, inputs);
  const types = new Map(inputs?.fields.map((field, place) => [inputs.named ? field.name : names[place], field.type]));
  const made = names.map((name, place) => {
    const values = columns[place] as readonly unknown[];
    const type = types.get(name);
    return type === undefined
      ? inferredColumn(name, values)
      : casting(name, type, () => castColumn(name, values, type));
  });
  return { kind: 'frame', columns: made, rows };
}

/** The types of columns that are numpy's. */
const columnTypes: Readonly<Record<string, string>> = {
  float64: 'double',
  float32: 'float',
  int64: 'long',
  int32: 'integer',
  bool: 'boolean',
};

/** Columns of single values are cast; those of lists keep them until they are shaped. */
function tableForTensors({ names, columns, rows }: RawTable, inputs: InputSchema & { kind: 'tensors' }): Frame {
  const types = new Map(inputs.fields.map(({ name, dtype }) => [name, dtype]));
  const made = names.map((name, place) => {
    const values = columns[place] as readonly unknown[];
    const dtype = inputs.named ? types.get(String(name)) : inputs.fields[0]?.dtype;
    if (values.length === 0) throw uncastable(name, dtype ?? 'object', 'single positional indexer is out-of-bounds');
    if (dtype === undefined || Array.isArray(values[0])) return inferredColumn(name, values);
    const type = columnTypes[dtype];
    if (type !== undefined) return casting(name, dtype, () => castColumn(name, values, type));
    const cast = casting(name, dtype, () => ndArray(values, dtype));
    return { name, dtype: 'object' as const, values: Array.from<unknown>(cast.values) };
  });
  return { kind: 'frame', columns: made, rows };
}

function casting<T>(name: string | number, type: string, cast: () => T): T {
  try {
    return cast();
  } catch (error) {
    if (error instanceof TimeZoneError)
      throw misfit(
        `Please ensure that the input data of datetime column only contains timezone-naive datetime objects. Error: ${error.message}`,
      );
    if (!(error instanceof CastError)) throw error;
    throw uncastable(name, type, error.message);
  }
}

function uncastable(name: string | number, type: string, reason: string): Error {
  return invalidInput(
    `Data is not compatible with model signature. Failed to convert column ${name} to type '${type}'. Error: '${reason}'`,
  );
}

function enforced(data: Frame | Arrays, inputs: InputSchema | undefined): ModelData {
  if (!inputs) return data;
  const { named } = inputs;
  if (inputs.kind === 'tensors') {
    return data.kind === 'frame'
      ? enforceTableOfTensors(data, inputs.fields, named)
      : enforceArrays(data, inputs.fields, named);
  }
  if (data.kind === 'arrays') throw misfit('Expected input to be DataFrame.');
  return enforceFrame(data, inputs.fields, named);
}
