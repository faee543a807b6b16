/** Calls `python/modelyard_task.py`, which runs what is of Python. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TaskError, type Hook, type Runtime } from '../pipeline.ts';
import { runProcess } from './task-process.ts';

export interface PythonCall {
  readonly folder: string;
  readonly runtime: Runtime;
  readonly environment: Readonly<Record<string, string>>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
  /** What it is to do, as that file reads it. */
  readonly task: PythonTask;
}

export interface PythonTask {
  readonly run: 'function' | 'script' | 'notebook' | 'sql' | 'nothing' | 'check';
  readonly name: string;
  readonly source: string;
  readonly hooks: readonly PythonHook[];
  readonly [more: string]: unknown;
}

export interface PythonHook extends Hook {
  /** Its key in the pipeline's file. */
  readonly name: string;
}

/** @throws TaskError with the traceback */
export async function callPython({ folder, runtime, environment, onOutput, signal, task }: PythonCall): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'modelyard-python-'));
  try {
    const error = join(scratch, 'error.txt');
    const file = join(scratch, 'task.json');
    const path = [folder, join(folder, 'src')];
    writeFileSync(file, pythonJson({ folder, path, error, ...task }));
    const program = resolve(Bun.main, '../../../python/modelyard_task.py');
    const command = [runtime.python ?? 'python3', '-u', program, file];
    const end = await runProcess(command, { cwd: folder, environment, onOutput, signal });
    if (end.failure === undefined) return;
    // What it says of its own end is of no use to who ended it.
    const told = existsSync(error) && !signal.aborted ? readFileSync(error, 'utf8') : undefined;
    throw new TaskError(told ?? (signal.aborted ? 'It was ended.' : `It ${end.failure}.\n${end.tail}`.trim()));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** JSON as Python reads it, which has words for numbers that others have not. */
function pythonJson(value: unknown): string {
  const mark = `number-${crypto.randomUUID()}:`;
  const text = JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one) ? `${mark}${one}` : one,
  );
  return text.replace(new RegExp(`"${mark}([-A-Za-z]+)"`, 'g'), '$1');
}
