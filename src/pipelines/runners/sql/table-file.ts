/** Rows of a query as a file: CSV, JSON lines or Parquet by its name, whole or not at all. */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { extname } from 'node:path';
import type { Cell } from '../../../serving/batch/cells.ts';
import { kindsWith, type Kinds } from '../../../serving/batch/column-kinds.ts';
import { writeParquet } from '../../../serving/batch/parquet-output.ts';
import { csvLine, csvLines, jsonLines } from '../../../serving/batch/row-text.ts';

export const tableExtensions: readonly string[] = ['.csv', '.parquet', '.jsonl'];

export class TableFile {
  readonly #path: string;
  readonly #half: string;
  readonly #file: number;
  readonly #isCsv: boolean;
  #kinds: Kinds;

  constructor(path: string, columns: readonly string[]) {
    this.#path = path;
    this.#half = `${path}.half`;
    this.#file = openSync(this.#half, 'w');
    this.#isCsv = extname(path) === '.csv';
    this.#kinds = columns.map((name) => [name, 'nothing']);
    if (this.#isCsv) writeSync(this.#file, csvLine(columns));
  }

  add(rows: readonly (readonly Cell[])[]): void {
    const names = this.#kinds.map(([name]) => name);
    const columns = names.map((name, place) => ({ name, values: rows.map((row) => row[place] ?? null) }));
    const table = { columns, rows: rows.length };
    if (!this.#isCsv) this.#kinds = kindsWith(this.#kinds, columns);
    writeSync(this.#file, this.#isCsv ? csvLines(table, names) : jsonLines(table));
  }

  async finish(): Promise<void> {
    closeSync(this.#file);
    if (extname(this.#path) === '.parquet') {
      await writeParquet(this.#half, this.#kinds, `${this.#half}.parquet`);
      renameSync(`${this.#half}.parquet`, this.#half);
    }
    renameSync(this.#half, this.#path);
  }

  discard(): void {
    closeSync(this.#file);
    rmSync(this.#half, { force: true });
    rmSync(`${this.#half}.parquet`, { force: true });
  }
}
