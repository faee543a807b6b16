/** Tables as CSV, with a header, quotes where they are needed, and either kind of line end. */

import type { Table } from '../api.ts';
import { UserError } from './respond.ts';

export function readCsv(text: string): Table {
  const rows: string[][] = [[]];
  // A cell, in quotes or not, and what ends it.
  const cells = /(?:"((?:[^"]|"")*)"|([^,\r\n"]*))(,|\r\n|\n|\r|$)/gy;
  const source = text.replace(/^\uFEFF/, '').trimEnd();
  for (let end: string | undefined; end !== '';) {
    const match = cells.exec(source);
    if (!match)
      throw new UserError(
        `Line ${rows.length} of the CSV has a quote that is out of place. Put cells with quotes in quotes, and double those within.`,
      );
    const [, quoted, plain = ''] = match;
    end = match[3];
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ',' && end !== '') rows.push([]);
  }
  const [columns = [], ...others] = rows;
  return { columns: columns.map((name) => name.trim()), rows: others.filter((row) => row.length > 1 || row[0] !== '') };
}

export function writeCsv({ columns, rows }: Table): string {
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** The table with a column at its end; one of that name that was there is left out. */
export function withColumn({ columns, rows }: Table, name: string, values: readonly string[]): Table {
  const others = columns.flatMap((column, index) => (column === name ? [] : [index]));
  return {
    columns: [...others.map((index) => columns[index] ?? ''), name],
    rows: rows.map((row, at) => [...others.map((index) => row[index] ?? ''), values[at] ?? '']),
  };
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
