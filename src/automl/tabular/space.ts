/** What the optimiser may choose from. */
import type { SearchSpace } from '../worker/worker.ts';
import { models } from './models.ts';
import type { Task } from './task.ts';

export function spaceOf(task: Task): SearchSpace {
  const problem = task.kind === 'regression' ? 'regression' : 'classification';
  const { exclude_frameworks } = task.context.config;
  const searched = models.filter(
    (model) =>
      model.problem === problem &&
      Object.keys(model.space).length > 0 &&
      task.rows <= (model.mostRows ?? Infinity) &&
      !exclude_frameworks.includes(model.framework),
  );
  return Object.fromEntries(searched.map(({ estimator, space }) => [estimator, space]));
}
