/** Tables as MLflow's `log_table` keeps them: `{"columns": [...], "data": [[...], ...]}`. */

export interface Table {
  readonly columns: readonly string[];
  readonly data: readonly (readonly unknown[])[];
}

/** Rows as records, columns as lists (a single value is the same in all rows), or a table. */
export type TableSource = readonly Readonly<Record<string, unknown>>[] | Readonly<Record<string, unknown>> | Table;

/** The rows of `source` after those of `before`; a column that one of them lacks is null there. */
export function tableOf(source: TableSource, before?: Table): Table {
  const added = isTable(source)
    ? source
    : Array.isArray(source)
      ? ofRows(source)
      : ofColumns(source as Record<string, unknown>);
  if (!before) return added;
  const columns = [...new Set([...before.columns, ...added.columns])];
  return { columns, data: [before, added].flatMap((table) => widen(table, columns)) };
}

function widen(table: Table, columns: readonly string[]): unknown[][] {
  const places = columns.map((column) => table.columns.indexOf(column));
  return table.data.map((row) => places.map((place) => (place < 0 ? null : (row[place] ?? null))));
}

function isTable(source: TableSource): source is Table {
  return 'columns' in source && 'data' in source && Array.isArray(source.columns) && Array.isArray(source.data);
}

function ofRows(rows: readonly Readonly<Record<string, unknown>>[]): Table {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return { columns, data: rows.map((row) => columns.map((column) => row[column] ?? null)) };
}

function ofColumns(source: Readonly<Record<string, unknown>>): Table {
  const columns = Object.keys(source);
  const lists = Object.values(source).filter((value): value is unknown[] => Array.isArray(value));
  const length = lists[0]?.length ?? 1;
  if (lists.some((list) => list.length !== length)) throw new TypeError('The columns of the table differ in length.');
  const data = Array.from({ length }, (_, row) =>
    Object.values(source).map((value) => (Array.isArray(value) ? ((value as unknown[])[row] ?? null) : value)),
  );
  return { columns, data };
}
