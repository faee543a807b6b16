/** A pipeline in a folder of its own, built by the command line in the Python of the tests. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PipelineRecord, TaskRecord } from '../../../src/protocol/pipeline-record.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { runModelyard } from '../../support/run-modelyard.ts';

export const venv = join(import.meta.dir, '../../../.venv');

export interface Built {
  readonly code: number;
  readonly error: string;
  /** What it printed, when it is no record. */
  readonly record: PipelineRecord | undefined;
  task(name: string): TaskRecord;
  /** `load executed`, … */
  readonly states: readonly string[];
}

export class PipelineFolder implements Disposable {
  readonly dir = freshFolder();

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    const path = join(this.dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  change(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
    this.write(name, text.replaceAll(from, to));
  }

  read(name: string): string {
    return readFileSync(join(this.dir, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.dir, name));
  }

  async build(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Built> {
    const command = ['pipeline', 'build', '--no-record', '--json', ...args];
    const { code, out, error } = await runModelyard(command, {
      dir: this.dir,
      env: { VIRTUAL_ENV: venv, ...env },
      limit: 55_000,
    });
    const record = out.startsWith('{') ? (JSON.parse(out) as PipelineRecord) : undefined;
    const tasks = record?.tasks ?? [];
    return {
      code,
      error,
      record,
      states: tasks.map(({ name, state }) => `${name} ${state}`),
      task(name) {
        const found = tasks.find((one) => one.name === name);
        if (!found) throw new Error(`there is no task ${name}: ${error}`);
        return found;
      },
    };
  }

  /** Why each task would run now; null where it would not. */
  async outdated(): Promise<Record<string, string | false>> {
    const { out, error } = await runModelyard(['pipeline', 'status', '--json'], {
      dir: this.dir,
      env: { VIRTUAL_ENV: venv },
    });
    if (!out.startsWith('[')) throw new Error(error);
    const rows = JSON.parse(out) as { name: string; outdated: string | false }[];
    return Object.fromEntries(rows.map(({ name, outdated }) => [name, outdated]));
  }

  [Symbol.dispose](): void {
    removeFolder(this.dir);
  }
}
