/**
 * What is known of the last time that a task ended well: one file for each task and its products. It is taken
 * away before the task begins and written whole after it has ended, so that a task killed in the middle was not built.
 */
import { readFileSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { contentSum, settingsSum, stableText, sumOf } from './fingerprint.ts';
import type { Pipeline, Product, Task } from './pipeline.ts';
import { stateFolder, writeWhole } from './state-folder.ts';

export interface TaskBuilt {
  readonly format: 1;
  readonly task: string;
  /** Of this one time that it was run. */
  readonly id: string;
  readonly started: number;
  readonly ended: number;
  readonly source: string;
  /** As JSON of the values. */
  readonly params: Readonly<Record<string, string>>;
  readonly settings: string;
  /** The `id` of what each task before it had made. */
  readonly upstream: Readonly<Record<string, string>>;
  readonly products: readonly FileBuilt[];
  /** Files that its params name as its resources, as they were when it began. */
  readonly resources?: readonly FileBuilt[];
  readonly runId?: string;
}

/** Nothing but the name is known of a folder and of a relation. */
export interface FileBuilt {
  readonly identifier: string;
  readonly size?: number;
  readonly time?: number;
  readonly sum?: string;
}

/** Another product, another file: switching between two values of env.yaml forgets nothing. */
function fileOf({ folder }: Pipeline, { name, products }: Task): string {
  const readable = name.replace(/[^\w.-]+/g, '_').slice(0, 80);
  const sum = sumOf(stableText([name, products.map(({ identifier }) => identifier)])).slice(0, 12);
  return join(stateFolder(folder), `${readable}.${sum}.json`);
}

/** Undefined when it was never begun, `begun` when it did not end well. */
export function readTaskState(pipeline: Pipeline, task: Task): TaskBuilt | 'begun' | undefined {
  let text: string;
  try {
    text = readFileSync(fileOf(pipeline, task), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const state = JSON.parse(text) as TaskBuilt | { readonly begun: true };
    return 'begun' in state ? 'begun' : state.format === 1 ? state : undefined;
  } catch {
    // Damaged: it was never built.
    return undefined;
  }
}

/** Of a task that was never built, but whose products are there. */
export const unknownId = 'unknown';

export function builtId(pipeline: Pipeline, task: Task): string {
  const state = readTaskState(pipeline, task);
  return typeof state === 'object' ? state.id : unknownId;
}

/** The task begins: what it made before no longer counts. */
export function markBegun(pipeline: Pipeline, task: Task): void {
  writeWhole(fileOf(pipeline, task), JSON.stringify({ begun: true }));
}

export async function keepTaskState(
  pipeline: Pipeline,
  task: Task,
  built: Pick<TaskBuilt, 'id' | 'started' | 'ended' | 'upstream' | 'resources'> & {
    readonly runId?: string | undefined;
  },
): Promise<void> {
  const state: TaskBuilt = {
    format: 1,
    task: task.name,
    id: built.id,
    started: built.started,
    ended: built.ended,
    source: sumOf(task.facts.code),
    params: paramsText(task),
    settings: settingsSum(task),
    upstream: built.upstream,
    products: await Promise.all(task.products.map((product) => productBuilt(pipeline.folder, product))),
    ...(built.resources && { resources: built.resources }),
    ...(built.runId !== undefined && { runId: built.runId }),
  };
  writeWhole(fileOf(pipeline, task), JSON.stringify(state, undefined, 2));
}

export function paramsText({ params }: Task): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, stableText(value)]));
}

async function productBuilt(folder: string, { kind, identifier }: Product): Promise<FileBuilt> {
  return kind === 'relation' ? { identifier } : fileBuilt(folder, identifier);
}

export async function fileBuilt(folder: string, identifier: string): Promise<FileBuilt> {
  const path = resolve(folder, identifier);
  const found = await stat(path);
  if (!found.isFile()) return { identifier };
  const sum = await contentSum(path);
  return { identifier, size: found.size, time: found.mtimeMs, ...(sum !== undefined && { sum }) };
}

/** What happened to a file since it was made, or read. Reads a file only when its size is the same and its time is not. */
export async function fileChange(folder: string, file: FileBuilt): Promise<'missing' | 'changed' | undefined> {
  const path = resolve(folder, file.identifier);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 'missing';
  if (file.size === undefined || (found.isFile() && found.mtimeMs === file.time && found.size === file.size)) {
    return undefined;
  }
  if (found.size !== file.size || file.sum === undefined) return 'changed';
  return (await contentSum(path)) === file.sum ? undefined : 'changed';
}
