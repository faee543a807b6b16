/** The type that pandas gives to a column of values without one. */
import type { Column } from '../frame.ts';

/** `empty` when all are missing. */
export type Kind = 'int64' | 'uint64' | 'float64' | 'bool' | 'str' | 'object' | 'empty';

const least64 = -(2n ** 63n);

export function kindOf(values: readonly unknown[]): Kind {
  let [whole, large, fraction, truth, text, missing] = [false, false, false, false, false, false];
  for (const value of values) {
    switch (typeof value) {
      case 'number':
        // A whole number that a double cannot hold is a bigint: this one was written as a fraction, such as 1e300.
        if (Number.isSafeInteger(value)) whole = true;
        else fraction = true;
        break;
      case 'string':
        text = true;
        break;
      case 'boolean':
        truth = true;
        break;
      case 'bigint':
        if (value < least64 || value >= 2n ** 64n) return 'object';
        if (value >= -least64) large = true;
        else whole = true;
        break;
      default:
        if (value !== null && value !== undefined) return 'object';
        missing = true;
    }
  }
  const numbers = whole || large || fraction;
  if (Number(numbers) + Number(truth) + Number(text) > 1) return 'object';
  if (text) return 'str';
  if (truth) return missing ? 'object' : 'bool';
  if (!numbers) return 'empty';
  if (fraction || missing) return 'float64';
  if (!large) return 'int64';
  return values.every((value) => (value as number | bigint) >= 0) ? 'uint64' : 'object';
}

/** A column as pandas has it when nothing says its type. */
export function inferredColumn(name: string | number, values: readonly unknown[]): Column {
  const kind = kindOf(values);
  switch (kind) {
    case 'float64':
      return {
        name,
        dtype: kind,
        values: Float64Array.from(values, (value) => Number(value ?? Number.NaN)),
      };
    case 'int64':
      return { name, dtype: kind, values: BigInt64Array.from(values, (value) => BigInt(value as number)) };
    case 'bool':
      return { name, dtype: kind, values: Uint8Array.from(values, Number) };
    case 'str':
      return { name, dtype: kind, values: values.map((value) => (value as string | undefined) ?? null) };
    case 'uint64':
    case 'empty':
    case 'object':
      return { name, dtype: 'object', values: values.map((value) => value ?? null) };
  }
}
