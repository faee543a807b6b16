/** Tables as JSON has them: columns of values that have no type yet. */
import { invalidInput } from '../scoring-error.ts';
import { typeName } from './python-text.ts';

export interface RawTable {
  readonly names: readonly (string | number)[];
  readonly columns: readonly (readonly unknown[])[];
  readonly rows: number;
}

type Row = Readonly<Record<string, unknown>>;

/**
 * @param wanted the columns that count; all that any record has by default
 * @throws ScoringError
 */
export function tableOfRecords(data: unknown, wanted?: readonly string[]): RawTable {
  if (!Array.isArray(data)) {
    const what = typeName(data) === 'dict' ? 'dictionary' : `type <class '${typeName(data)}'>`;
    throw invalidInput(`Dataframe records format must be a list of records. Got ${what}.`);
  }
  const rows = data as readonly unknown[];
  const isRow = (row: unknown): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row);
  if (rows.length > 0 && !isRow(rows[0])) return tableOfRows(rows, undefined, 'records');
  if (!rows.every(isRow)) throw notATable('records', 'records are mixed with other values');
  const names = (wanted ?? keysOf(rows)).filter(
    (name) => wanted === undefined || rows.some((row) => Object.hasOwn(row, name)),
  );
  return { names, columns: names.map((name) => valuesOf(rows, name)), rows: rows.length };
}

function keysOf(rows: readonly Row[]): string[] {
  const keys = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) keys.add(key);
  return [...keys];
}

function valuesOf(rows: readonly Row[], name: string): unknown[] {
  const values = new Array<unknown>(rows.length);
  // Such as `constructor`: every object has it.
  const inherited = name in {};
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] as Row;
    values[index] = inherited && !Object.hasOwn(row, name) ? undefined : row[name];
  }
  return values;
}

/** @throws ScoringError */
export function tableOfSplit(data: unknown): RawTable {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const what = Array.isArray(data) ? 'list' : `type <class '${typeName(data)}'>`;
    throw invalidInput(`Dataframe split format must be a dictionary. Got ${what}.`);
  }
  const keys = Object.keys(data);
  if (!keys.includes('data') || keys.some((key) => !['columns', 'data', 'index'].includes(key))) {
    throw invalidInput(
      `Dataframe split format must have 'data' field and optionally 'columns' and 'index' fields. Got ${keys.join(', ')}.`,
    );
  }
  const { data: rows, columns, index } = data as Readonly<Record<string, unknown>>;
  const isNone = columns === null || columns === undefined;
  if (!isNone && !Array.isArray(columns)) throw notATable('split', 'columns must be a list');
  if (!Array.isArray(rows)) throw notATable('split', 'data must be a list of rows');
  const names = isNone ? undefined : (columns as readonly (string | number)[]);
  return indexed(tableOfRows(rows as readonly unknown[], names, 'split'), index);
}

/** Rows that are short end with missing values. */
function tableOfRows(rows: readonly unknown[], names: RawTable['names'] | undefined, orient: string): RawTable {
  const isTable = Array.isArray(rows[0]);
  if (isTable && !rows.every(Array.isArray)) throw notATable(orient, 'rows are mixed with other values');
  const lists = isTable ? (rows as readonly (readonly unknown[])[]) : rows.map((value) => [value]);
  let width = 0;
  for (const list of lists) if (list.length > width) width = list.length;
  if (names && rows.length > 0 && names.length !== width) {
    throw notATable(orient, `${names.length} columns passed, passed data had ${width} columns`);
  }
  const known = names ?? Array.from({ length: width }, (_, place) => place);
  const columns = known.map((_, place) => {
    const values = new Array<unknown>(lists.length);
    for (let row = 0; row < lists.length; row++) values[row] = lists[row]?.[place] ?? null;
    return values;
  });
  return { names: known, columns, rows: rows.length };
}

/** An index says how many rows there are; one row is repeated for it. */
function indexed(table: RawTable, index: unknown): RawTable {
  if (!Array.isArray(index) || index.length === table.rows || table.names.length === 0) return table;
  if (table.rows !== 1) {
    const shape = `(${table.rows}, ${table.names.length})`;
    throw notATable(
      'split',
      `Shape of passed values is ${shape}, indices imply (${index.length}, ${table.names.length})`,
    );
  }
  return {
    ...table,
    rows: index.length,
    columns: table.columns.map(([value]) => new Array<unknown>(index.length).fill(value)),
  };
}

function notATable(orient: string, reason: string): Error {
  return invalidInput(
    `Provided dataframe_${orient} field is not a valid dataframe representation in '${orient}' format. Error: '${reason}'`,
  );
}
