/** Captured requests as rows of a table: one for each row that was sent, with its prediction. */
import type { Capture } from '../../../api/endpoints.ts';
import { text } from '../../../text/endpoints.ts';
import { isRecord, type Json } from '../try/json.ts';
import { errorOf, jsonText, predictionsOf, shownValue } from '../try/predictions.ts';

export interface CaptureRow {
  readonly key: string;
  readonly capture: Capture;
  /** By column; undefined where the request has no rows that can be told apart. */
  readonly cells: ReadonlyMap<string, string> | undefined;
  /** The request as it is, where it has no rows; the first of the rows shows it. */
  readonly whole: string;
  readonly prediction: string;
}

/** Of one request; the rest is in its drawer. */
const mostRows = 100;
/** Columns beyond these are in the drawer too. */
const mostColumns = 60;
const longest = 300;

export function captureRows(captures: readonly Capture[]): CaptureRow[] {
  return captures.flatMap((capture) => {
    const records = recordsOf(capture.request);
    const failed = capture.status >= 400;
    const predictions = failed ? undefined : predictionsOf(capture.response, records?.length ?? 1);
    const whole = (failed ? errorOf(capture.response, written(capture.response)) : written(capture.response)).slice(
      0,
      longest,
    );
    const rows = records?.slice(0, mostRows) ?? [undefined];
    return rows.map((record, i) => ({
      key: `${capture.id} ${i}`,
      capture,
      cells: record && new Map(Object.entries(record).map(([name, value]) => [name, shownValue(value)])),
      whole: record ? '' : written(capture.request).slice(0, longest),
      prediction: predictions?.[i] ?? (i === 0 ? whole : ''),
    }));
  });
}

/** The columns of all rows, in the order of their first appearance. */
export function columnsOf(rows: readonly CaptureRow[]): string[] {
  const names = new Set<string>();
  for (const { cells } of rows) for (const name of cells?.keys() ?? []) names.add(name);
  return [...names].slice(0, mostColumns);
}

function written(value: unknown): string {
  // The server sends no body as large as that.
  if (value === null || value === undefined) return text.captured.large;
  return typeof value === 'string' ? value : jsonText(value);
}

type Cells = Readonly<Record<string, Json | undefined>>;

function recordsOf(request: unknown): readonly Cells[] | undefined {
  if (!isRecord(request)) return undefined;
  const { dataframe_split: split, dataframe_records: records, inputs, instances } = request;
  if (isRecord(split) && Array.isArray(split['data'])) {
    const { columns } = split;
    return split['data'].map((row: Json) => {
      const cells = Array.isArray(row) ? row : [row];
      return Object.fromEntries(
        cells.map((cell: Json, i) => [Array.isArray(columns) ? String(columns[i]) : String(i), cell]),
      );
    });
  }
  const list = records ?? instances ?? inputs;
  if (Array.isArray(list) && list.length > 0 && list.every(isRecord)) return list;
  return isRecord(list) ? ofLists(list) : undefined;
}

/** `{"a": [1, 2], "b": [3, 4]}` by rows. */
function ofLists(lists: Cells): readonly Cells[] | undefined {
  const entries = Object.entries(lists);
  const [, first] = entries[0] ?? [];
  const length = Array.isArray(first) ? first.length : 0;
  if (length === 0 || !entries.every(([, list]) => Array.isArray(list) && list.length === length)) return undefined;
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(entries.map(([name, list]) => [name, (list as readonly Json[])[row]])),
  );
}
