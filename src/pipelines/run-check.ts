/** The check of one task, on the products that are there. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { shellWord } from '../common/shell-word.ts';
import { PipelineError, type Pipeline, type TaskRun } from './pipeline.ts';
import { prepareTasks } from './runners/prepare-tasks.ts';
import { runTaskHook } from './runners/run-hook.ts';

/** @throws PipelineError when it cannot be called, TaskError when it fails */
export async function runCheck(
  pipeline: Pipeline,
  name: string,
  { onOutput, signal }: Pick<TaskRun, 'onOutput' | 'signal'>,
): Promise<void> {
  const task = pipeline.tasks.find((one) => one.name === name);
  if (!task?.onFinish) throw new PipelineError(`${name} has no on_finish.`);
  const missing = task.products.find(
    ({ kind, identifier }) => kind !== 'relation' && !existsSync(resolve(pipeline.folder, identifier)),
  );
  if (missing)
    throw new PipelineError(`${missing.identifier} is not there. First: modelyard pipeline task ${shellWord(name)}`);
  const runtime = await prepareTasks(pipeline, [task], { onProgress: (step) => onOutput(`${step}\n`), signal });
  const upstream = pipeline.tasks.filter((one) => task.upstream.includes(one.name));
  const run = { task, pipeline, upstream, runtime, environment: {}, onOutput, signal };
  await runTaskHook(run, 'on_finish', task.onFinish);
}
