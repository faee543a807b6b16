/** What a task of a part of the pipeline takes must be there when the tasks that make it are not run. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { shellWord } from '../common/shell-word.ts';
import type { PlannedTask } from './plan.ts';
import { PipelineError, type Pipeline } from './pipeline.ts';

/** @returns whether anything is to be run @throws PipelineError with a line for each product that is missing */
export function checkUpstream({ tasks, folder }: Pipeline, plan: readonly PlannedTask[]): boolean {
  const planned = new Set(plan.map(({ task }) => task.name));
  const toRun = plan.filter(({ why }) => why !== undefined);
  const faults = new Set<string>();
  for (const { task } of toRun) {
    for (const before of tasks.filter(({ name }) => task.upstream.includes(name) && !planned.has(name))) {
      const missing = before.products.filter(
        ({ kind, identifier }) => kind !== 'relation' && !existsSync(resolve(folder, identifier)),
      );
      for (const { identifier } of missing) {
        faults.add(
          `${task.name} takes ${identifier} of ${before.name}, which is not there. Build it first: modelyard pipeline build --partially ${shellWord(task.name)}`,
        );
      }
    }
  }
  if (faults.size > 0) throw new PipelineError([...faults].join('\n'));
  return toRun.length > 0;
}
