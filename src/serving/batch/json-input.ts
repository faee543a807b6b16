/** A body that a scoring server takes, as a table of one piece. */
import { isList, isRecord } from './answer-table.ts';
import { BatchError, type BatchInput, type Column, type Table } from './batch-input.ts';
import { exactJson, type Cell } from './cells.ts';

export async function jsonInput(file: Blob): Promise<BatchInput> {
  const body = await file.bytes();
  const rows = rowsOf(new TextDecoder().decode(body));
  return {
    end: 1,
    rows,
    async *chunks({ at }) {
      if (at > 0) return;
      const table = (): Table => ({ rows, columns: columnsOf(new TextDecoder().decode(body)) });
      yield { request: { body, format: 'json' }, rows, next: { at: 1, rows }, table };
    },
  };
}

function givenOf(text: string): { format: string; data: Cell } {
  let given: Cell;
  try {
    given = exactJson(text);
  } catch (error) {
    throw new BatchError(`The input is no JSON: ${(error as Error).message}`);
  }
  for (const format of ['dataframe_split', 'dataframe_records', 'instances', 'inputs']) {
    const data = isRecord(given) ? given[format] : undefined;
    if (data !== undefined) return { format, data };
  }
  throw new BatchError(
    'The input has none of dataframe_split, dataframe_records, instances and inputs. Records on lines of their own are .jsonl.',
  );
}

function rowsOf(text: string): number {
  const { format, data } = givenOf(text);
  const rows = format === 'dataframe_split' && isRecord(data) ? data['data'] : data;
  const list = isRecord(rows ?? null) ? Object.values(rows as Record<string, Cell>)[0] : rows;
  return isList(list ?? null) ? (list as readonly Cell[]).length : 1;
}

function columnsOf(text: string): readonly Column[] {
  const { format, data } = givenOf(text);
  if (format === 'dataframe_split' && isRecord(data)) {
    const rows = data['data'] as readonly (readonly Cell[])[];
    return (data['columns'] as readonly string[]).map((name, place) => ({
      name,
      values: rows.map((row) => row[place] ?? null),
    }));
  }
  if (format !== 'dataframe_records')
    throw new BatchError(`The input has no table to keep: it is written as ${format}.`);
  const records = data as readonly Readonly<Record<string, Cell>>[];
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return names.map((name) => ({ name, values: records.map((record) => record[name] ?? null) }));
}
