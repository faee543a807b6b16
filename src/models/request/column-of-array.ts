/** Arrays as columns of a table. */
import type { Column, NdArray } from '../frame.ts';

/** An array of more than one dimension is a column of lists; a single value counts for all rows. */
export function columnOfArray(name: string | number, array: NdArray, rows: number): Column {
  const { dtype, shape } = array;
  if (shape.length > 1) return { name, dtype: 'object', values: listsOf(array) };
  const list = Array.from<unknown>(array.values);
  const values = shape.length === 0 ? new Array<unknown>(rows).fill(list[0]) : list;
  switch (dtype) {
    case 'float64':
      return { name, dtype, values: Float64Array.from(values as number[]) };
    case 'float32':
      return { name, dtype, values: Float32Array.from(values as number[]) };
    case 'int64':
    case 'datetime64[ns]':
      return { name, dtype, values: BigInt64Array.from(values as bigint[]) };
    case 'int32':
      return { name, dtype, values: Int32Array.from(values as number[]) };
    case 'bool':
      return { name, dtype, values: Uint8Array.from(values, Number) };
    case 'str':
      return { name, dtype, values: values as string[] };
    default:
      return { name, dtype: 'object', values };
  }
}

/** Texts are their bytes: base64 is read in tables alone. */
export function bytesColumn(name: string | number, array: NdArray, rows: number): Column {
  const { values } = columnOfArray(name, array, rows);
  return {
    name,
    dtype: 'object',
    values: Array.from<unknown, Uint8Array>(values, (value) => Buffer.from(String(value))),
  };
}

function listsOf({ shape, values }: NdArray): unknown[] {
  const [length = 0, ...inner] = shape;
  const size = inner.reduce((product, one) => product * one, 1);
  const part = (start: number, [most, ...deeper]: readonly number[]): unknown => {
    if (most === undefined) return values[start];
    const step = deeper.reduce((product, one) => product * one, 1);
    return Array.from({ length: most }, (_, index) => part(start + index * step, deeper));
  };
  return Array.from({ length }, (_, row) => part(row * size, inner));
}
