/** What a query's or a shell script's template is given. */
import { resolve } from 'node:path';
import type { Pipeline, Product, Task, TaskRun } from '../pipeline.ts';
import { Relation } from '../sources/template/values.ts';
import { byName } from './task-values.ts';

export function templateValues(run: TaskRun): Record<string, unknown> {
  const { task, pipeline } = run;
  return {
    ...task.params,
    upstream: byName(run, (one) => productsIn(one, pipeline)),
    product: productsIn(task, pipeline),
  };
}

function productsIn(task: Task, { folder }: Pipeline): unknown {
  const [first] = task.products;
  if (!task.productsAreKeyed) return first ? valueOf(first, folder) : '';
  return Object.fromEntries(task.products.map((one) => [one.key ?? '', valueOf(one, folder)]));
}

function valueOf({ kind, identifier, relation = 'table' }: Product, folder: string): string | Relation {
  return kind === 'relation' ? new Relation(identifier, relation) : resolve(folder, identifier);
}
