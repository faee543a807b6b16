/** The rows of a request, for the cells of the form. */
import type { SchemaField } from '../../models/signature.ts';
import { isRecord, plainText, type Json } from './json.ts';
import type { Row } from './cells.ts';

/** Undefined where the request has no rows, or columns that the signature does not know. */
export function rowsOf(request: unknown, columns: readonly SchemaField[]): Row[] | undefined {
  if (!isRecord(request)) return undefined;
  const { dataframe_split: split, dataframe_records: records, inputs, instances } = request;
  if (isRecord(split)) return splitRows(split, columns);
  const list = records ?? instances ?? inputs;
  if (Array.isArray(list)) return listRows(list, columns);
  return isRecord(list) ? listRows(recordsOf(list) ?? [0], columns) : undefined;
}

function splitRows(split: Readonly<Record<string, Json>>, columns: readonly SchemaField[]): Row[] | undefined {
  const { columns: names, data } = split;
  if (!Array.isArray(data)) return undefined;
  if (!Array.isArray(names)) return listRows(data, columns);
  return listRows(
    data.map((row: Json) => {
      if (!Array.isArray(row)) return row;
      const cells: readonly Json[] = row;
      return Object.fromEntries(names.map((name, i) => [String(name), cells[i]]));
    }),
    columns,
  );
}

/** `{"a": [1, 2], "b": [3, 4]}` by rows. */
function recordsOf(lists: Readonly<Record<string, Json>>): Json[] | undefined {
  const entries = Object.entries(lists);
  const length = Math.max(0, ...entries.map(([, list]) => (Array.isArray(list) ? list.length : 0)));
  if (!entries.every(([, list]) => Array.isArray(list) && list.length === length)) return undefined;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(entries.map(([name, list]) => [name, (list as readonly Json[])[row] ?? null])),
  );
}

function listRows(list: readonly unknown[], columns: readonly SchemaField[]): Row[] | undefined {
  const names = columns.map(({ name }, i) => name ?? String(i));
  const rows = list.map((item) => {
    if (Array.isArray(item)) return item.length === columns.length ? item.map(cellText) : undefined;
    if (!isRecord(item) || Object.keys(item).some((name) => !names.includes(name))) return undefined;
    return names.map((name) => cellText(item[name]));
  });
  return rows.every((row) => row !== undefined) ? rows : undefined;
}

/** As it would be typed. */
function cellText(value: unknown): string {
  return value === null || value === undefined ? '' : plainText(value);
}

/** The values of the params that a request sets, as they would be typed. */
export function paramsOf(request: unknown, params: readonly SchemaField[]): Row {
  const given = isRecord(request) && isRecord(request['params']) ? request['params'] : {};
  return params.map(({ name }) => cellText(given[name ?? '']));
}
