/** The forms `inputs` and `instances`: arrays, arrays by name, records or a single value. */
import type { Arrays, Column, Frame, ModelData, NdArray } from '../frame.ts';
import type { ColumnField, InputSchema } from '../schema.ts';
import { invalidInput, misfit } from '../scoring-error.ts';
import { CastError } from './cast-error.ts';
import { bytesColumn, columnOfArray } from './column-of-array.ts';
import { missingInputs } from './enforce-frame.ts';
import { inferredColumn } from './kind-of-values.ts';
import { ndArray } from './nd-array.ts';
import { typeName } from './python-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is neither a table nor arrays: records of arrays, or one value. */
export interface Unusual {
  readonly kind: 'other';
  readonly type: string;
}

/** numpy's types of MLflow's. */
const numpyTypes: Readonly<Record<string, string>> = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  string: 'str',
  binary: 'bytes',
  datetime: 'datetime64[ns]',
};

/** @throws ScoringError */
export function readLists(
  data: unknown,
  form: 'inputs' | 'instances',
  schema: InputSchema | undefined,
): ModelData | Unusual {
  const array = (value: unknown, name?: string): NdArray => arrayFor(value, schema, name);
  const list = Array.isArray(data) ? (data as readonly unknown[]) : undefined;
  if (list && list.length > 0 && (form === 'instances' ? isFields(list[0]) : list.every(isFields))) {
    const rows = list as readonly Fields[];
    if (form === 'inputs') {
      if (!schema) return { kind: 'other', type: 'list' };
      if (schema.kind === 'columns') return tableOfScalars(rows, schema);
      for (const row of rows) for (const [name, value] of Object.entries(row)) array(value, name);
      missingInputs(schema.named ? schema.fields : [], []);
      throw misfit('an array is expected, but a list of records was found.');
    }
    if (!rows.every(isFields)) throw invalidInput('Ensure that the input is a valid JSON-formatted string.');
    return named(stacked(rows), schema, array, true);
  }
  if (schema && !schema.named && (isFields(data) || data === null)) {
    throw invalidInput(
      `Failed to parse input data. This model contains an un-named  model signature which expects a single n-dimensional array or a single value as input, however, an input of type <class '${typeName(data)}'> was found.`,
    );
  }
  if (isFields(data)) {
    return named(data, schema, array, form === 'instances');
  }
  const [only, second] = schema?.named ? schema.fields : [];
  if (list && only && !second) return named({ [only.name ?? '']: list }, schema, array, false);
  const whole = arrayFor(data, schema);
  if (schema?.kind === 'columns') return frameOfArray(whole);
  if (list === undefined) {
    if (schema) throw misfit(`an array is expected, but an input of type ${typeName(data)} was found.`);
    return { kind: 'other', type: typeName(data) };
  }
  return { kind: 'arrays', arrays: new Map([[undefined, whole]]) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** By the type of the input of that name; without a name by that of the first. */
function arrayFor(value: unknown, schema: InputSchema | undefined, name?: string): NdArray {
  const fields: readonly InputSchema['fields'][number][] = schema?.fields ?? [];
  const field = name === undefined ? fields[0] : fields.find((known) => known.name === name);
  const dtype = field && ('dtype' in field ? field.dtype : (numpyTypes[field.type] ?? 'object'));
  try {
    return ndArray(value, dtype);
  } catch (error) {
    if (error instanceof CastError) throw invalidInput(error.message);
    throw error;
  }
}

/** Records as lists by name; each is as long as the records that have it. */
function stacked(rows: readonly Fields[]): Fields {
  const lists = new Map<string, unknown[]>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      const list = lists.get(name);
      if (list) list.push(value);
      else lists.set(name, [value]);
    }
  }
  return Object.fromEntries(lists);
}

function named(
  data: Fields,
  schema: InputSchema | undefined,
  array: (value: unknown, name: string) => NdArray,
  sameLength: boolean,
): ModelData {
  const arrays = new Map(Object.entries(data).map(([name, value]) => [name, array(value, name)]));
  if (sameLength) checkLengths(arrays, schema);
  return schema?.kind === 'columns' ? frameOfArrays(arrays, schema) : { kind: 'arrays', arrays };
}

function checkLengths(arrays: Arrays['arrays'], schema: InputSchema | undefined): void {
  const counted = schema?.named
    ? schema.fields.filter(({ required }) => required).flatMap(({ name }) => arrays.get(name) ?? [])
    : [...arrays.values()];
  if (schema?.kind !== 'columns' && counted.some(({ shape }) => shape.length === 0)) {
    throw invalidInput('Ensure that the input is a valid JSON-formatted string.\nError: len() of unsized object');
  }
  const lengths = new Set(counted.filter(({ shape }) => shape.length > 0).map(({ shape }) => shape[0]));
  if (lengths.size > 1) throw invalidInput('The length of values for each input/column name are not the same');
}

/** A single value counts for all rows. */
function frameOfArrays(arrays: Arrays['arrays'], schema: InputSchema): Frame {
  const lengths = new Set([...arrays.values()].flatMap(({ shape }) => shape.slice(0, 1)));
  if (lengths.size > 1) {
    throw misfit(
      'This model contains a column-based signature, which suggests a DataFrame input. There was an error casting the input data to a DataFrame: All arrays must be of the same length',
    );
  }
  const rows = [...lengths][0] ?? 1;
  const types = new Map((schema.fields as readonly ColumnField[]).map(({ name, type }) => [name, type]));
  const columns = [...arrays].map(([name = '', array]) =>
    types.get(name) === 'binary' ? bytesColumn(name, array, rows) : columnOfArray(name, array, rows),
  );
  return { kind: 'frame', columns, rows };
}

/** Rows of columns without names. */
function frameOfArray(array: NdArray): Frame {
  const [rows = 1, width = 1, ...deeper] = array.shape;
  if (deeper.length > 0) throw misfit(`Must pass 2-d input. shape=(${array.shape.join(', ')})`);
  const columns = Array.from({ length: width }, (_, place) => {
    const values = Array.from({ length: rows }, (__, row) => array.values[row * width + place] as never);
    return columnOfArray(place, { dtype: array.dtype, shape: [rows], values }, rows);
  });
  return { kind: 'frame', columns, rows };
}

/** Records of single values. Where one is missing, numbers are 64 bits wide; lists are cells. */
function tableOfScalars(rows: readonly Fields[], schema: InputSchema): Frame {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  const columns = [...names].map((name): Column => {
    const values = rows.map((row) => (Object.hasOwn(row, name) ? row[name] : undefined));
    if (!schema.named || values.some(Array.isArray)) return { name, dtype: 'object', values };
    const there = values.filter((value) => value !== undefined);
    const array = arrayFor(there, schema, name);
    if (there.length === values.length) return columnOfArray(name, array, rows.length);
    if (array.dtype === 'datetime64[ns]') return columnOfArray(name, arrayFor(values, schema, name), rows.length);
    const cast = Array.from<unknown>(array.values).values();
    return inferredColumn(
      name,
      values.map((value) => (value === undefined ? Number.NaN : cast.next().value)),
    );
  });
  return { kind: 'frame', columns, rows: rows.length };
}
