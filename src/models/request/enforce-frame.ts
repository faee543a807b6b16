/** A table held to a signature of columns: those of the signature, in its order and of its types. */
import type { Column, Frame } from '../frame.ts';
import type { ColumnField } from '../schema.ts';
import { misfit } from '../scoring-error.ts';

/** @throws ScoringError */
export function enforceFrame(frame: Frame, fields: readonly ColumnField[], named: boolean): Frame {
  if (!named) return enforcePositions(frame, fields);
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  missingInputs(fields, [...byName.keys()]);
  if (byName.size < frame.columns.length) noneTwice(frame, fields);
  const columns = fields.flatMap((field) => {
    const column = byName.get(field.name ?? '');
    return column ? [converted(column, field)] : [];
  });
  return { ...frame, columns };
}

/** Those that are left out may be. */
function noneTwice({ columns }: Frame, fields: readonly ColumnField[]): void {
  const known = new Set<unknown>(fields.map(({ name }) => name));
  const seen = new Set<unknown>();
  for (const { name } of columns) {
    if (known.has(name) && seen.has(name)) throw misfit(`There are several columns of the name ${quoted(name)}.`);
    seen.add(name);
  }
}

/** @throws ScoringError when not all that are required are there */
export function missingInputs(
  fields: readonly { readonly name: string | undefined; readonly required: boolean }[],
  there: readonly (string | number)[],
): void {
  const given = new Set(there);
  const missing = fields.filter(({ name, required }) => required && !given.has(name ?? ''));
  if (missing.length === 0) return;
  const known = new Set<unknown>(fields.map(({ name }) => name));
  const extra = there.filter((name) => !known.has(name)).map(quoted);
  const note = extra.length === 0 ? '' : ` Note that there were extra inputs: [${extra.join(', ')}].`;
  throw misfit(`Model is missing inputs [${missing.map(({ name }) => quoted(name ?? '')).join(', ')}].${note}`);
}

function quoted(name: string | number): string {
  return typeof name === 'number' ? String(name) : `'${name}'`;
}

/** Without names only the count can be looked at. */
function enforcePositions(frame: Frame, fields: readonly ColumnField[]): Frame {
  if (frame.columns.length < fields.length) {
    throw misfit(
      `Model inference is missing inputs. The model signature declares ${fields.length} inputs  but the provided value only has ${frame.columns.length} inputs. Note: the inputs were not named in the signature so we can only verify their count.`,
    );
  }
  return { ...frame, columns: fields.map((field, place) => converted(frame.columns[place] as Column, field)) };
}

const dtypes: Readonly<Record<string, Column['dtype']>> = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
  datetime: 'datetime64[ns]',
};
const sizes: Readonly<Record<string, number>> = { int32: 4, int64: 8, float32: 4, float64: 8 };

/** As it is, or wider where nothing is lost. */
function converted(column: Column, { type }: ColumnField): Column {
  const wanted = dtypes[type];
  if (wanted === undefined || column.dtype === wanted) {
    const text = column.dtype === 'str' || column.dtype === 'object';
    if (wanted !== undefined || text) return column;
    if (type !== 'string' && type !== 'binary') return column;
  }
  const { name, dtype, values } = column;
  const wide = sizes[wanted ?? ''] === 8;
  if (wanted === 'int64' && dtype === 'int32')
    return { name, dtype: wanted, values: BigInt64Array.from(values, BigInt) };
  if (wanted === 'float64' && (dtype === 'float32' || dtype === 'int32')) {
    return { name, dtype: wanted, values: Float64Array.from(values) };
  }
  // Whole numbers that are 0 or 1 are no measure of the column's type.
  if (
    dtype === 'int64' &&
    (wanted === 'float64' || wanted === 'float32') &&
    values.every((value) => value === 0n || value === 1n)
  ) {
    const numbers = Array.from(values, Number);
    return wide
      ? { name, dtype: 'float64', values: Float64Array.from(numbers) }
      : { name, dtype: 'float32', values: Float32Array.from(numbers) };
  }
  if (wanted === 'bool' && dtype === 'object') return column;
  throw misfit(`Incompatible input types for column ${name}. Can not safely convert ${dtype} to ${wanted ?? type}.`);
}
