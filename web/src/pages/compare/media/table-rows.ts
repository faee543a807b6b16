/** Tables of several runs as one: rows that have the same under the key columns stand for each other. */
import { shown, type TableValue } from '../../../components/content/table-view-rows.ts';

export interface RunTableData {
  readonly names: readonly string[];
  readonly rows: readonly (readonly TableValue[])[];
}

export interface JoinedRow {
  readonly keys: readonly string[];
  /** By the place of the run; undefined where its table has no such row. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** The columns that some table has, in the order in which they come. */
export function columnsOf(tables: readonly (RunTableData | undefined)[]): string[] {
  return [...new Set(tables.flatMap((table) => table?.names ?? []))];
}

/** The first columns that tell the rows of the first table apart, at most three of them. */
export function usualKeys(tables: readonly (RunTableData | undefined)[]): string[] {
  const table = tables.find((one) => one !== undefined);
  if (!table) return [];
  const most = Math.min(3, Math.max(1, table.names.length - 1));
  for (let columns = 1; columns < most; columns++) {
    const seen = new Set(table.rows.map((row) => JSON.stringify(row.slice(0, columns).map(shown))));
    if (seen.size === table.rows.length) return table.names.slice(0, columns);
  }
  return table.names.slice(0, 1);
}

/**
 * Rows with equal keys in one table are counted: the second one stands beside the second one of the others.
 * @param column whose values are shown
 */
export function joined(
  tables: readonly (RunTableData | undefined)[],
  keys: readonly string[],
  column: string,
): JoinedRow[] {
  const found = new Map<string, { keys: string[]; values: (string | undefined)[] }>();
  for (const [place, table] of tables.entries()) {
    if (!table) continue;
    const keyPlaces = keys.map((key) => table.names.indexOf(key));
    const valuePlace = table.names.indexOf(column);
    const counts = new Map<string, number>();
    for (const row of table.rows) {
      const own = keyPlaces.map((at) => shown(row[at]));
      const key = JSON.stringify(own);
      const times = counts.get(key) ?? 0;
      counts.set(key, times + 1);
      const id = `${times} ${key}`;
      const joinedRow = found.get(id) ?? {
        keys: own,
        values: new Array<string | undefined>(tables.length).fill(undefined),
      };
      if (valuePlace >= 0) joinedRow.values[place] = shown(row[valuePlace]);
      found.set(id, joinedRow);
    }
  }
  return [...found.values()].map((row) => ({ ...row, differs: new Set(row.values).size > 1 }));
}
