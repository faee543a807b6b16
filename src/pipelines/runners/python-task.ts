/** A task of Python: a function, a script that is run plainly, or a notebook. */
import { readFileSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { TaskRun } from '../pipeline.ts';
import { scriptCells, withMagics, type Cell } from '../sources/python/cells.ts';
import { callPython, type PythonTask } from './python-call.ts';
import { failedNotebook, filesOf, notebooksOf, productsOf, upstreamOf } from './task-values.ts';

export async function runPython(run: TaskRun): Promise<void> {
  const { task, pipeline } = run;
  const { folder } = pipeline;
  if (task.kind === 'function') {
    const { serializer, unserializer } = task;
    await call(run, { run: 'function', serializer, unserializer });
    return;
  }
  const source = resolve(folder, task.source);
  const notebooks = notebooksOf(task, folder);
  const [first] = notebooks;
  const failed = first === undefined ? undefined : failedNotebook(first);
  // Of an earlier time.
  if (failed !== undefined) rmSync(failed, { force: true });
  await call(run, {
    run: first === undefined ? 'script' : 'notebook',
    source,
    ...(task.kind === 'script' ? { cells: cellsOf(source, first !== undefined) } : {}),
    notebooks,
    failed,
    kernel: task.options['kernelspec_name'],
    path: [folder, dirname(source)],
  });
}

function cellsOf(source: string, isNotebook: boolean): readonly Cell[] {
  const cells = scriptCells(readFileSync(source, 'utf8'));
  return isNotebook ? cells.map((cell) => ({ ...cell, text: withMagics(cell.text) })) : cells;
}

export async function runSqlInPython(run: TaskRun, values: Record<string, unknown>): Promise<void> {
  await call(run, { run: 'sql', ...values });
}

async function call(run: TaskRun, values: Partial<PythonTask>): Promise<void> {
  const { folder } = run.pipeline;
  const { onFinish, kind } = run.task;
  // It is called in the same process, which may have loaded what it needs.
  const hooks = onFinish && kind !== 'sql' ? [{ name: 'on_finish', ...onFinish }] : [];
  await callPython({ ...run, folder, task: { ...taskValues(run), hooks, ...values } });
}

export function taskValues(run: TaskRun): PythonTask {
  const { task, pipeline } = run;
  const { folder } = pipeline;
  return {
    run: 'nothing',
    name: task.name,
    source: task.source,
    product: productsOf(task, folder),
    files: filesOf(task, folder),
    upstream: upstreamOf(run),
    params: task.params,
    client: task.client,
    hooks: [],
  };
}
