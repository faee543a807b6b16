/** Input that is held to a signature of columns, by the rules of MLflow's Python readers. */
import type { Input, Table } from './model-input.ts';
import { isTensor } from './model-input.ts';
import type { ColumnSpec, ValueType } from './signature.ts';
import { dtypeOf, isList, misfit, ModelInputError, nestedOf } from './tensors.ts';

/** The columns of the signature in its order, each value of its type; others are left out. @throws ModelInputError */
export function enforceColumns(input: Input, schema: readonly ColumnSpec[]): Table {
  const named = schema.some(({ name }) => name !== undefined);
  const table = named ? namedTable(input, schema) : positionalTable(input, schema);
  const columns = new Map<string, ArrayLike<unknown>>();
  schema.forEach((spec, index) => {
    const name = spec.name ?? String(index);
    const values = table.columns.get(name);
    if (values) columns.set(name, convertColumn(values, spec, `The column ${JSON.stringify(name)}`));
  });
  return { kind: 'table', columns, length: table.length };
}

function namedTable(input: Input, schema: readonly ColumnSpec[]): Table {
  const table = tableOf(input, schema);
  const missing = schema.filter(({ name = '', required }) => required !== false && !table.columns.has(name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => JSON.stringify(name)).join(', ');
    const known = new Set(schema.map(({ name }) => name));
    const extra = [...table.columns.keys()].filter((name) => !known.has(name)).map((name) => JSON.stringify(name));
    const also = extra.length > 0 ? ` It has ${extra.join(', ')}, which the model does not know.` : '';
    throw new ModelInputError(`The input lacks ${names}, which the model's signature requires.${also}`);
  }
  return table;
}

function tableOf(input: Input, schema: readonly ColumnSpec[]): Table {
  if (input.kind === 'table') return input;
  if (input.kind === 'named') return tableOfColumns(input.values);
  const [only, ...others] = schema.filter(({ required }) => required !== false);
  if (only?.name !== undefined && others.length === 0) return tableOfColumns({ [only.name]: input.value });
  const names = schema.map(({ name }) => JSON.stringify(name)).join(', ');
  throw new ModelInputError(`The model takes the columns ${names}: give records, or lists by these names.`);
}

function tableOfColumns(values: Readonly<Record<string, unknown>>): Table {
  const columns = new Map(Object.entries(values).map(([name, value]) => [name, rowsOf(value)]));
  const lengths = new Set([...columns.values()].map(({ length }) => length));
  if (lengths.size > 1) throw new ModelInputError('The columns of the input have different lengths.');
  return { kind: 'table', columns, length: [...lengths][0] ?? 0 };
}

function rowsOf(value: unknown): ArrayLike<unknown> {
  if (!isTensor(value)) return value as ArrayLike<unknown>;
  return value.shape.length === 1 ? value.data : (nestedOf(value) as ArrayLike<unknown>);
}

/** A signature without names can only be held to the count of columns. */
function positionalTable(input: Input, schema: readonly ColumnSpec[]): Table {
  let lists: ArrayLike<unknown>[];
  let length: number;
  if (input.kind === 'unnamed') {
    const rows = Array.from(rowsOf(input.value), (row) => (isList(row) ? row : [row]));
    const width = rows.reduce((least, row) => Math.min(least, row.length), Number.MAX_SAFE_INTEGER);
    lists = Array.from({ length: rows.length === 0 ? 0 : width }, (_, index) => rows.map((row) => row[index]));
    ({ length } = rows);
  } else {
    const table = input.kind === 'table' ? input : tableOfColumns(input.values);
    lists = [...table.columns.values()];
    ({ length } = table);
  }
  if (lists.length < schema.length) {
    throw new ModelInputError(`The model takes ${schema.length} columns; the input has ${lists.length}.`);
  }
  return { kind: 'table', columns: new Map(lists.map((list, index) => [String(index), list])), length };
}

/** Which types of typed arrays a column takes: the same, and those that lose nothing on the way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  integer: ['int8', 'int16', 'int32', 'uint8', 'uint16'],
  long: ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32'],
  float: ['float32'],
  double: ['float32', 'float64', 'int8', 'int16', 'int32', 'uint8', 'uint16', 'uint32'],
};

function convertColumn(values: ArrayLike<unknown>, spec: ColumnSpec, what: string): ArrayLike<unknown> {
  const dtype = dtypeOf(values);
  if (dtype === undefined) return Array.from(values, (value) => convert(value, spec, what));
  if (allowed[spec.type]?.includes(dtype)) return values;
  throw new ModelInputError(`${what} wants ${spec.type}; ${dtype} cannot be converted to it safely.`);
}

const wholeLimits: Readonly<Record<string, bigint>> = { integer: 2n ** 31n, long: 2n ** 63n };

/** Numbers of JavaScript have no type of their own: a whole one may be an integer or a double. */
function convert(value: unknown, spec: ValueType, what: string): unknown {
  const { type } = spec;
  if (value === null || value === undefined) {
    if (type === 'double' || type === 'float') return Number.NaN;
    if (spec.required === false || type === 'string') return null;
    throw new ModelInputError(`${what} wants ${type} and has a missing value.`);
  }
  const limit = wholeLimits[type];
  if (limit !== undefined) {
    const whole = typeof value === 'bigint' ? value : Number.isSafeInteger(value) ? BigInt(value as number) : undefined;
    if (whole === undefined || whole < -limit || whole >= limit) throw misfit(what, value, type);
    return type === 'long' ? whole : Number(whole);
  }
  switch (type) {
    case 'double':
    case 'float':
      if (typeof value === 'bigint' && BigInt(Number(value)) === value) return Number(value);
      if (typeof value !== 'number') throw misfit(what, value, type);
      return value;
    case 'string':
    case 'boolean':
      if (typeof value !== type) throw misfit(what, value, type);
      return value;
    case 'binary':
      if (!(value instanceof Uint8Array) && typeof value !== 'string') throw misfit(what, value, type);
      return value;
    case 'datetime': {
      const date = value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN);
      if (Number.isNaN(date.getTime())) throw misfit(what, value, type);
      return date;
    }
    case 'array':
      if (!isList(value)) throw misfit(what, value, type);
      return Array.from(value, (item) => (spec.items ? convert(item, spec.items, what) : item));
    case 'object':
      return convertObject(value, spec, what);
    default:
      return value;
  }
}

function convertObject(value: unknown, { properties = {} }: ValueType, what: string): unknown {
  if (typeof value !== 'object' || isList(value)) throw misfit(what, value, 'object');
  const record = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name, { required }]) => required !== false || Object.hasOwn(record, name))
      .map(([name, spec]) => [name, convert(record[name], spec, `${what}, property ${JSON.stringify(name)},`)]),
  );
}
