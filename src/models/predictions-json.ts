/** Predictions as JSON, as Python writes them: floats keep their point, NaN and the infinities are bare words. */
import type { NdArray } from './frame.ts';

type Named = readonly (readonly [name: string, array: NdArray])[];

/** Each array a column, its values those of the rows: `{"predictions": [{"y": 1.0}, …]}`. */
export function recordsJson(columns: Named): string {
  const rows = columns[0]?.[1].values.length ?? 0;
  const parts = columns.map(([name, { dtype, values }], place) => ({
    before: `${place === 0 ? '{' : ', '}${JSON.stringify(name)}: `,
    values,
    write: writerOf(dtype),
  }));
  const records = new Array<string>(rows);
  for (let row = 0; row < rows; row++) {
    let text = '';
    for (const { before, values, write } of parts) text += before + write(values[row]);
    records[row] = `${text}}`;
  }
  return predictions(`[${records.join(', ')}]`);
}

/** Nested lists by name: `{"predictions": {"y": [[1.0], …]}}`. */
export function arraysJson(arrays: Named): string {
  const parts = arrays.map(([name, array]) => `${JSON.stringify(name)}: ${arrayJson(array)}`);
  return predictions(`{${parts.join(', ')}}`);
}

function predictions(text: string): string {
  return `{"predictions": ${text}}`;
}

export function arrayJson({ dtype, shape, values }: NdArray): string {
  const write = writerOf(dtype);
  const part = (start: number, size: number, depth: number): string => {
    const length = shape[depth];
    if (length === undefined) return write(values[start]);
    const step = length === 0 ? 0 : size / length;
    const items = new Array<string>(length);
    for (let index = 0; index < length; index++) items[index] = part(start + index * step, step, depth + 1);
    return `[${items.join(', ')}]`;
  };
  return part(0, values.length, 0);
}

type Value = number | bigint | string | boolean | undefined;

function writerOf(dtype: string): (value: Value) => string {
  if (dtype.startsWith('float')) return (value) => floatJson(value as number);
  if (dtype === 'bool') return (value) => (value ? 'true' : 'false');
  if (dtype === 'str' || dtype === 'object') return (value) => JSON.stringify(value ?? null);
  return String;
}

/** A float as Python writes it. */
export function floatJson(value: number): string {
  if (Number.isInteger(value)) {
    if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
    return Math.abs(value) < 1e21 ? `${value}.0` : String(value);
  }
  return String(value);
}
