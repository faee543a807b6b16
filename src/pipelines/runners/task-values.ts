/** What a task's source is given: where its products go, and where those of its upstream lie. */
import { join, resolve } from 'node:path';
import { matching } from '../graph.ts';
import type { Product, Task, TaskRun } from '../pipeline.ts';

/** A path or the name of a relation; several by their keys. */
export type Products = string | Readonly<Record<string, string>>;

export function productsOf(task: Task, folder: string): Products {
  const [first] = task.products;
  if (!task.productsAreKeyed) return first ? valueOf(first, folder) : {};
  return Object.fromEntries(task.products.map((one) => [one.key ?? '', valueOf(one, folder)]));
}

export type Upstream = Readonly<Record<string, Products | Readonly<Record<string, Products>>>>;

export function upstreamOf(run: TaskRun): Upstream {
  return byName(run, (task) => productsOf(task, run.pipeline.folder));
}

/** Under a pattern such as `fit-*` that the source names stand all that it takes by it. */
export function byName<T>(
  { task, upstream }: TaskRun,
  valueOf: (task: Task) => T,
): Record<string, T | Record<string, T>> {
  const patterns = task.facts.upstream.filter((name) => name.includes('*'));
  const grouped = patterns.map((pattern) => {
    const names = matching(
      pattern,
      upstream.map(({ name }) => name),
    ).filter((name) => !task.facts.upstream.includes(name));
    return [pattern, names] as const;
  });
  const inGroups = new Set(grouped.flatMap(([, names]) => names));
  const single = upstream.filter(({ name }) => !inGroups.has(name)).map((one) => [one.name, valueOf(one)] as const);
  const several = grouped.map(([pattern, names]) => {
    const taken = upstream.filter(({ name }) => names.includes(name));
    return [pattern, Object.fromEntries(taken.map((one) => [one.name, valueOf(one)]))] as const;
  });
  return Object.fromEntries<T | Record<string, T>>([...single, ...several]);
}

/** Files and folders that the task is to make. */
export function filesOf(task: Task, folder: string): string[] {
  return task.products.filter(({ kind }) => kind !== 'relation').map(({ identifier }) => resolve(folder, identifier));
}

export const notebookExtensions = /\.(ipynb|html|md|rst|tex|pdf)$/i;

/** Products that are copies of the notebook: those that the file names, or `nb`, or the only one when it looks so. */
export function notebooksOf(task: Task, folder: string): string[] {
  const named = task.options['nb_product_key'] ?? 'nb';
  const keys = Array.isArray(named) ? named : [named];
  const isPlain = task.options['class'] === 'ScriptRunner';
  const copies = task.products.filter(
    ({ key, kind, identifier }) =>
      kind === 'file' && !isPlain && (key === undefined ? notebookExtensions.test(identifier) : keys.includes(key)),
  );
  return copies.map(({ identifier }) => resolve(folder, identifier));
}

/** Where the notebook of a task that failed is kept, so that one sees how far it came. */
export function failedNotebook(notebook: string): string {
  return `${notebook.replace(/\.[^./]+$/, '')}-failed.ipynb`;
}

function valueOf({ kind, identifier }: Product, folder: string): string {
  return kind === 'relation' ? identifier : join(resolve(folder, identifier));
}
