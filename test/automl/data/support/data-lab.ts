/** Prepares data as a search does, in a folder of its own for each. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../../src/automl/environment.ts';
import { prepareData } from '../../../../src/automl/data/prepare-data.ts';
import type { AutomlConfig } from '../../../../src/protocol/automl-config.ts';
import { checkedConfig, type AutomlRequest } from '../../../../src/protocol/automl-config-check.ts';
import type { Alert, ColumnProfile, TabularProfile } from '../../../../src/protocol/automl-record.ts';
import { freshFolder, removeFolder } from '../../../support/folders.ts';

export type Row = Readonly<Record<string, string | number | boolean | null>>;

export interface Prepared {
  readonly config: AutomlConfig;
  readonly profile: TabularProfile;
  /** Where the Parquet files lie. */
  readonly folder: string;
  alert(name: string): Alert | undefined;
  column(name: string): ColumnProfile;
}

export interface PreparedRows {
  /** With `_automl_row` and `_automl_fold`. */
  readonly development: readonly Row[];
  /** With `_automl_row`. */
  readonly test: readonly Row[];
}

export class DataLab implements Disposable {
  readonly folder = freshFolder();
  readonly python: string;
  #made = 0;

  private constructor(python: string) {
    this.python = python;
  }

  static async open(): Promise<DataLab> {
    return new DataLab(await automlPython({ onProgress: () => undefined }));
  }

  [Symbol.dispose](): void {
    removeFolder(this.folder);
  }

  /** A file of this text. */
  file(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** A CSV file of these rows, with the names of the first. */
  csv(rows: readonly Row[]): string {
    const names = Object.keys(rows[0] ?? {});
    const lines = rows.map((row) => names.map((name) => cell(row[name])).join(','));
    return this.file(`data-${++this.#made}.csv`, `${[names.map(cell).join(','), ...lines].join('\n')}\n`);
  }

  /** Runs Python with `path`, a folder, and returns what it prints. */
  async run(program: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
    const child = Bun.spawn([this.python, '-c', program], {
      cwd: this.folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.folder, PYTHONDONTWRITEBYTECODE: '1', ...environment },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
    if ((await child.exited) !== 0) throw new Error(error);
    return out;
  }

  async prepare(
    request: AutomlRequest,
    environment: Readonly<Record<string, string>> = {},
    memory = 2 ** 32,
  ): Promise<Prepared> {
    const config = checkedConfig({ timeout_seconds: 60, ...request });
    const folder = join(this.folder, `prepared-${++this.#made}`);
    mkdirSync(folder);
    const options = { python: this.python, folder, memory, environment };
    const profile = await prepareData(config, options);
    if (profile.kind !== 'tabular') throw new Error('These are tests of tables.');
    return {
      config,
      profile,
      folder,
      alert: (name) => profile.alerts.find((one) => one.name === name),
      column: (name) => found(profile.columns, name),
    };
  }

  classify(dataset: string | readonly Row[], target: string, more: Partial<AutomlRequest> = {}): Promise<Prepared> {
    return this.prepare(this.#request('classification', dataset, target, more));
  }

  regress(dataset: string | readonly Row[], target: string, more: Partial<AutomlRequest> = {}): Promise<Prepared> {
    return this.prepare(this.#request('regression', dataset, target, more));
  }

  async rows({ folder }: Prepared): Promise<PreparedRows> {
    const program = `import json, pyarrow.parquet as pq
print(json.dumps({n: pq.read_table(f"{n}.parquet").to_pylist() for n in ("development", "test")}, default=str))`;
    const child = Bun.spawnSync([this.python, '-c', program], { cwd: folder });
    return JSON.parse(child.stdout.toString()) as PreparedRows;
  }

  #request(
    problem_type: AutomlConfig['problem_type'],
    dataset: string | readonly Row[],
    target_col: string,
    more: Partial<AutomlRequest>,
  ): AutomlRequest {
    return {
      problem_type,
      dataset: typeof dataset === 'string' ? dataset : this.csv(dataset),
      target_col,
      ...more,
    };
  }
}

function found(columns: readonly ColumnProfile[], name: string): ColumnProfile {
  const column = columns.find((one) => one.name === name);
  if (!column) throw new Error(`There is no column ${name} among ${columns.map((one) => one.name).join(', ')}`);
  return column;
}

function cell(value: string | number | boolean | null | undefined): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
