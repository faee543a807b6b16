/** Runs one task: makes the folders of its products, does what its source says, and looks whether they are there. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { ownEnvironment } from '../../config/own-environment.ts';
import { TaskError, type Runtime, type TaskRun } from '../pipeline.ts';
import { runPython } from './python-task.ts';
import { runTaskHook } from './run-hook.ts';
import { runShell } from './shell-task.ts';
import { runSql } from './sql/sql-task.ts';
import { filesOf, productsOf, upstreamOf } from './task-values.ts';
import { runTypescript } from './typescript-task.ts';

/** @throws TaskError */
export async function runTask(run: TaskRun): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'modelyard-task-'));
  try {
    const given = join(scratch, 'given.json');
    writeFileSync(given, JSON.stringify(givenOf(run)));
    const environment = { ...pythonEnvironment(run.runtime), ...run.environment, MODELYARD_TASK: given };
    await runOrFail({ ...run, environment }, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Programs that a task starts find the same Python that tasks of Python run in. */
function pythonEnvironment({ python }: Runtime): Record<string, string> {
  const folder = dirname(dirname(python ?? ''));
  if (python === undefined || !existsSync(join(folder, 'pyvenv.cfg'))) return {};
  return { VIRTUAL_ENV: folder, PATH: `${dirname(python)}${delimiter}${ownEnvironment()['PATH'] ?? ''}` };
}

async function runOrFail(run: TaskRun, scratch: string): Promise<void> {
  try {
    await runWhole(run, scratch);
  } catch (error) {
    if (!(error instanceof TaskError) || run.signal.aborted) throw error;
    const { onFailure } = run.task;
    if (!onFailure) throw error;
    await runTaskHook(run, 'on_failure', onFailure).catch((other: unknown) => {
      if (other instanceof TaskError) throw new TaskError(`${error.message}\n${other.message}`);
      throw other;
    });
    throw error;
  }
}

async function runWhole(run: TaskRun, scratch: string): Promise<void> {
  const files = filesOf(run.task, run.pipeline.folder);
  for (const file of files) mkdirSync(dirname(file), { recursive: true });
  await runKind(run, scratch);
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) throw new TaskError(`It ended without making ${missing.join(', ')}.`);
  const { onFinish } = run.task;
  // Tasks of Python call it themselves.
  if (onFinish && !isPython(run)) await runTaskHook(run, 'on_finish', onFinish);
}

function isPython({ task }: TaskRun): boolean {
  return ['script', 'notebook', 'function'].includes(task.kind);
}

async function runKind(run: TaskRun, scratch: string): Promise<void> {
  switch (run.task.kind) {
    case 'shell':
      return runShell(run, scratch);
    case 'sql':
      return runSql(run, scratch);
    case 'typescript':
      return runTypescript(run);
    default:
      return runPython(run);
  }
}

/** What every task may read of itself, in whatever language. */
function givenOf(run: TaskRun): Record<string, unknown> {
  const { task, pipeline } = run;
  return {
    name: task.name,
    source: task.source,
    product: productsOf(task, pipeline.folder),
    upstream: upstreamOf(run),
    params: task.params,
  };
}
