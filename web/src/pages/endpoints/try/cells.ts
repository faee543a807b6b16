/** What is typed into the cells of a row, by the type of its column, and the request that it makes. */
import { text } from '../../../text/endpoints.ts';
import type { SchemaField } from '../../models/signature.ts';

/** The texts of a row's cells, in the order of the columns. */
export type Row = readonly string[];

type Kind = 'string' | 'boolean' | 'whole' | 'number' | 'datetime' | 'binary' | 'json';

const kinds: Readonly<Record<string, Kind>> = {
  string: 'string',
  boolean: 'boolean',
  integer: 'whole',
  long: 'whole',
  float: 'number',
  double: 'number',
  datetime: 'datetime',
  binary: 'binary',
};

export function kindOf({ type }: SchemaField): Kind {
  return kinds[type] ?? 'json';
}

/** What the column is called where it has no name. */
export function titleOf(field: SchemaField, place: number): string {
  return field.name ?? String(place);
}

const whole = /^[+-]?\d+$/;
const jsonNumber = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const dateTime = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?$/;

/** What is wrong with a cell; an empty one is a missing value, which the model may take or refuse. */
export function problemOf(field: SchemaField, typed: string): string | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  switch (kindOf(field)) {
    case 'whole':
      return whole.test(value) ? undefined : text.attempt.wrong.whole;
    case 'number':
      return Number.isNaN(Number(value)) ? text.attempt.wrong.number : undefined;
    case 'datetime':
      return dateTime.test(value) ? undefined : text.attempt.wrong.datetime;
    case 'json':
      return isJson(value) ? undefined : text.attempt.wrong.json;
    default:
      return undefined;
  }
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** A cell as JSON, as text: a number of 19 digits stays what it is. */
export function cellJson(field: SchemaField, typed: string): string {
  const kind = kindOf(field);
  if (kind === 'string') return typed === '' && !field.required ? 'null' : JSON.stringify(typed);
  const value = typed.trim();
  if (value === '') return 'null';
  if (kind === 'datetime' || kind === 'binary') return JSON.stringify(value);
  // What is wrong is sent as it is, for the server to say so.
  if (problemOf(field, value) !== undefined) return JSON.stringify(value);
  if (kind !== 'whole' && kind !== 'number') return value;
  if (jsonNumber.test(value)) return value;
  return kind === 'whole' ? String(BigInt(value.replace('+', ''))) : finite(Number(value));
}

/** JSON has no word for an infinite number. */
function finite(value: number): string {
  return Number.isFinite(value) ? String(value) : 'null';
}

/** The request, readable: a line for each row. */
export function bodyOf(
  columns: readonly SchemaField[],
  rows: readonly Row[],
  params: readonly SchemaField[],
  values: Row,
): string {
  const named = columns.every(({ name }) => name !== undefined);
  const names = JSON.stringify(columns.map(({ name }) => name));
  const lines = rows.map((row) => `      [${columns.map((field, i) => cellJson(field, row[i] ?? '')).join(', ')}]`);
  // A param that is left empty has the model's own value.
  const set = params.flatMap((field, i) => {
    const value = values[i] ?? '';
    return value.trim() === '' ? [] : [`    ${JSON.stringify(field.name ?? '')}: ${cellJson(field, value)}`];
  });
  return [
    '{',
    '  "dataframe_split": {',
    ...(named ? [`    "columns": ${names},`] : []),
    '    "data": [',
    lines.join(',\n'),
    '    ]',
    set.length > 0 ? '  },' : '  }',
    ...(set.length > 0 ? ['  "params": {', set.join(',\n'), '  }'] : []),
    '}',
  ].join('\n');
}
