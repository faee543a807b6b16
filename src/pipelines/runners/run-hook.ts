/** Functions of Python that are called when a task or the pipeline begins or has ended. */
import type { Hook, Pipeline, Runtime, TaskRun } from '../pipeline.ts';
import { callPython } from './python-call.ts';
import { taskValues } from './python-task.ts';

export interface HookRun {
  /** Its key in the pipeline's file, such as `on_finish`. */
  readonly name: string;
  readonly hook: Hook;
  readonly pipeline: Pipeline;
  readonly runtime: Runtime;
  readonly environment: Readonly<Record<string, string>>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** @throws TaskError when the function fails */
export async function runHook(run: HookRun): Promise<void> {
  const { name, hook, pipeline } = run;
  const common = { product: {}, upstream: {}, params: {}, files: [] };
  const task = { run: 'nothing' as const, name: pipeline.name, source: pipeline.file, hooks: [{ name, ...hook }] };
  await callPython({ ...run, folder: pipeline.folder, task: { ...common, ...task } });
}

/** A function that looks at a task and its products. @throws TaskError when the function fails */
export async function runTaskHook(run: TaskRun, name: 'on_finish' | 'on_failure', hook: Hook): Promise<void> {
  const task = { ...taskValues(run), hooks: [{ name, ...hook }] };
  await callPython({ ...run, folder: run.pipeline.folder, task: name === 'on_finish' ? task : { ...task, files: [] } });
}
