import type { TableRow } from '../../api/run-table.ts';
import { csvText, saveFile } from '../../components/save-file.ts';
import { keyOfColumn, type ColumnRef } from './run-query.ts';

/** Saves rows as a file: the attributes of each run, then the columns shown. */
export function downloadRuns(rows: readonly TableRow[], columns: readonly ColumnRef[], kind: 'csv' | 'json'): void {
  const records = rows.map((row) => ({
    run_id: row.run_id,
    experiment_id: row.experiment_id,
    run_name: row.run_name,
    status: row.status,
    start_time: row.start_time,
    end_time: row.end_time ?? null,
    ...Object.fromEntries(columns.map((column, i) => [keyOfColumn(column), row.cells[i] ?? null])),
  }));
  const content = kind === 'json' ? JSON.stringify(records, null, 1) : toCsv(records);
  saveFile(new Blob([content], { type: kind === 'json' ? 'application/json' : 'text/csv' }), `runs.${kind}`);
}

export function toCsv(records: readonly Readonly<Record<string, string | number | null>>[]): string {
  const names = Object.keys(records[0] ?? {});
  return csvText([names, ...records.map((record) => names.map((name) => record[name] ?? ''))]);
}
