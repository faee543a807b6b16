/** Values of a column that a model takes, made from its type alone. */
import type { ColumnField, ValueType } from '../schema.ts';
import { pythonText } from './notebook.ts';

export function nameOf({ name }: ColumnField, place: number): string {
  return name ?? String(place);
}

/** Two values as Python has them. */
export function exampleValues(field: ValueType): string {
  return `[${valueOf(field, 0)}, ${valueOf(field, 1)}]`;
}

function valueOf(field: ValueType, row: number): string {
  const { items, properties, values } = field;
  switch (field.type) {
    case 'boolean':
      return row === 0 ? 'True' : 'False';
    case 'integer':
    case 'long':
      return String(row + 1);
    case 'float':
    case 'double':
      return String(row + 0.5);
    case 'datetime':
      return `pd.Timestamp("2024-01-0${row + 1}")`;
    case 'binary':
      return `b"${row}"`;
    case 'array':
      return items ? `[${valueOf(items, 0)}, ${valueOf(items, 1)}]` : '[]';
    case 'object':
      return `{${Object.entries(properties ?? {})
        .map(([name, inner]) => `${pythonText(name)}: ${valueOf(inner, row)}`)
        .join(', ')}}`;
    case 'map':
      return values ? `{"key": ${valueOf(values, row)}}` : '{}';
    case 'any':
      // Any value would say that the column is of its type.
      return 'None';
    default:
      return pythonText(row === 0 ? 'a' : 'b');
  }
}

/** pandas' names of the types that a file does not keep. */
const dtypes: Readonly<Record<string, string>> = {
  boolean: 'bool',
  integer: 'int32',
  long: 'int64',
  float: 'float32',
  double: 'float64',
};

/** The type to which a column of that field is cast; undefined where there is none. */
export function dtypeOf({ type }: ValueType): string | undefined {
  return dtypes[type];
}

/** Lists and records, which a file of text holds as JSON. */
export function isNested({ type }: ValueType): boolean {
  return ['array', 'object', 'map'].includes(type);
}
