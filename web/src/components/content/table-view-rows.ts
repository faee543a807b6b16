/** Types, filter and order of a plain table of values. */
import { jsonText } from './json-text.ts';
import { Numeral } from './numeral.ts';

export type TableValue = string | number | boolean | bigint | null | undefined | object;
export type TableRows = readonly (readonly TableValue[])[];
export type ColumnType = 'number' | 'boolean' | 'date' | 'text' | 'empty';

const looked = 200;

/** By the first values that there are. */
export function typeOf(rows: TableRows, column: number): ColumnType {
  let type: ColumnType = 'empty';
  let seen = 0;
  for (let i = 0; i < rows.length && seen < looked; i++) {
    const value = rows[i]?.[column];
    if (isEmpty(value)) continue;
    seen++;
    const own = typeOfValue(value);
    if (type !== 'empty' && type !== own) return 'text';
    type = own;
  }
  return type;
}

function isEmpty(value: TableValue): boolean {
  return value === undefined || value === null || value === '';
}

function typeOfValue(value: TableValue): ColumnType {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Numeral) return 'number';
  if (typeof value === 'boolean') return 'boolean';
  if (value instanceof Date) return 'date';
  if (typeof value !== 'string') return 'text';
  if (/^(true|false)$/i.test(value)) return 'boolean';
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(value)) return 'date';
  return /^\s*[+-]?(\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?|nan|inf|infinity)\s*$/i.test(value)
    ? 'number'
    : 'text';
}

/** As text, for showing and filtering. */
export function shown(value: TableValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? '' : value.toISOString().replace('.000Z', 'Z');
  if (typeof value !== 'object' || value instanceof Numeral) return String(value);
  try {
    return jsonText(value);
  } catch {
    return '';
  }
}

export interface TableOrder {
  readonly column: number;
  readonly descending: boolean;
}

/** The places of the rows that fit, in order. */
export function arrange(
  rows: TableRows,
  names: readonly string[],
  filter: string,
  order: TableOrder | undefined,
): Uint32Array {
  const tests = testsOf(filter, names);
  const places: number[] = [];
  for (const [i, row] of rows.entries()) if (tests.every((test) => test(row))) places.push(i);
  const sorted = Uint32Array.from(places);
  if (!order) return sorted;
  const { column, descending } = order;
  const sign = descending ? -1 : 1;
  if (typeOf(rows, column) === 'number') {
    const numbers = Float64Array.from(rows, (row) => (isEmpty(row[column]) ? NaN : asNumber(row[column])));
    // What is no number stands last, whatever the direction.
    return sorted.sort((a, b) => {
      const [x, y] = [numbers[a] ?? NaN, numbers[b] ?? NaN];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
      return sign * (x - y) || a - b;
    });
  }
  const texts = rows.map((row) => shown(row[column]));
  return sorted.sort((a, b) => {
    const [x, y] = [texts[a] ?? '', texts[b] ?? ''];
    return (x === y ? 0 : x < y ? -sign : sign) || a - b;
  });
}

function asNumber(value: TableValue): number {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  return typeof word === 'string' && word.endsWith('inf')
    ? word.startsWith('-')
      ? -Infinity
      : Infinity
    : Number(word);
}

type Test = (row: readonly TableValue[]) => boolean;

/** Words must stand in some cell each; `column>0.5`, `column=a`, `column:part` ask one column. */
function testsOf(filter: string, names: readonly string[]): readonly Test[] {
  return (filter.match(/(?:"[^"]*"|\S)+/g) ?? []).map((word) => {
    const parts = /^("[^"]+"|[^\s<>=!:]+)(<=|>=|!=|<|>|=|:)(.+)$/.exec(word);
    const name = parts?.[1]?.replaceAll('"', '').toLowerCase();
    const column = names.findIndex((one) => one.toLowerCase() === name);
    if (column >= 0) return testOf(column, parts?.[2] ?? ':', (parts?.[3] ?? '').replaceAll('"', ''));
    const wanted = word.replaceAll('"', '').toLowerCase();
    return (row) => row.some((value) => shown(value).toLowerCase().includes(wanted));
  });
}

function testOf(column: number, comparison: string, wanted: string): Test {
  const lower = wanted.toLowerCase();
  const limit = Number(wanted);
  if (comparison === ':') return (row) => shown(row[column]).toLowerCase().includes(lower);
  if (comparison === '=' || comparison === '!=') {
    const same: Test = (row) =>
      shown(row[column]).toLowerCase() === lower || (!isEmpty(row[column]) && asNumber(row[column]) === limit);
    return comparison === '=' ? same : (row) => !same(row);
  }
  return (row) => {
    const value = row[column];
    const text = shown(value);
    if (text === '') return false;
    const difference = Number.isNaN(limit) ? (text < wanted ? -1 : Number(text > wanted)) : asNumber(value) - limit;
    if (comparison === '<') return difference < 0;
    if (comparison === '>') return difference > 0;
    return comparison === '<=' ? difference <= 0 : difference >= 0;
  };
}
