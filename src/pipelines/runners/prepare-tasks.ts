/** What the tasks of a build need of the machine, found or made before the first begins, and what is wrong with them. */
import { readFileSync } from 'node:fs';
import { extname, relative, resolve } from 'node:path';
import { PipelineError, TaskError, type Hook, type Pipeline, type Runtime, type Task } from '../pipeline.ts';
import { notebookCells, scriptCells, type Cell } from '../sources/python/cells.ts';
import { pipelinePython } from './pipeline-python.ts';
import { callPython } from './python-call.ts';
import { databaseAddress } from './sql/database-address.ts';
import { tableExtensions } from './sql/table-file.ts';
import { notebookExtensions, notebooksOf } from './task-values.ts';

export interface PrepareOptions {
  readonly onProgress: (step: string) => void;
  readonly signal: AbortSignal;
}

/**
 * @param tasks that will run
 * @throws PipelineError with a line for each fault
 */
export async function prepareTasks(
  pipeline: Pipeline,
  tasks: readonly Task[],
  options: PrepareOptions,
): Promise<Runtime> {
  options.signal.throwIfAborted();
  const faults = tasks.flatMap((task) => [
    ...sqlFaults(task, pipeline.folder),
    ...notebookFaults(task, pipeline.folder),
  ]);
  if (faults.length > 0) throw new PipelineError(faults.join('\n'));
  const isAsked = pipeline.environment === 'uv' || hooksOf(pipeline).length > 0;
  if (!isAsked && !tasks.some((task) => needsPython(task, pipeline.folder))) return {};
  const needs = needsOf(tasks, pipeline.folder);
  const runtime = { python: await pipelinePython(pipeline, [...needs.keys()], options) };
  await check(pipeline, tasks, needs, runtime, options);
  return runtime;
}

function hooksOf({ onRender, onFinish, onFailure }: Pipeline): Hook[] {
  return [onRender, onFinish, onFailure].filter((hook) => hook !== undefined);
}

function isScript({ kind }: Task): boolean {
  return kind === 'script' || kind === 'notebook';
}

function needsPython(task: Task, folder: string): boolean {
  if (task.onFinish ?? task.onFailure) return true;
  return isScript(task) || task.kind === 'function' || (task.kind === 'sql' && isSqlInPython(task, folder));
}

function isSqlInPython({ client }: Task, folder: string): boolean {
  return client !== undefined && !('uri' in client && databaseAddress(client.uri, folder).kind !== 'duckdb');
}

function notebookFaults(task: Task, folder: string): string[] {
  if (!isScript(task)) return [];
  const others = notebooksOf(task, folder).filter((file) => !notebookExtensions.test(file));
  return others.map(
    (file) =>
      `${task.name}: its product ${relative(folder, file)} would be a copy of the notebook, which can be .ipynb, .html, .md, .rst, .tex or .pdf. ` +
      'Give data another key than nb, or take "class: ScriptRunner".',
  );
}

function sqlFaults({ name, kind, client, products }: Task, folder: string): string[] {
  if (kind !== 'sql' || !client) return [];
  const faults: string[] = [];
  try {
    if ('uri' in client) databaseAddress(client.uri, folder);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    faults.push(`${name}: ${error.message}`);
  }
  const files = products.filter((product) => product.kind !== 'relation');
  if (files.length > 0 && products.length > 1)
    faults.push(`${name}: a query has one product: a file, or relations that it creates.`);
  for (const { identifier } of files) {
    if (!tableExtensions.includes(extname(identifier))) {
      faults.push(`${name}: the rows of a query become a file ${tableExtensions.join(', ')}, not ${identifier}.`);
    }
  }
  return faults;
}

/** Modules of Python that tasks are run with, each with the first task that needs it. */
function needsOf(tasks: readonly Task[], folder: string): Map<string, string> {
  const needs = new Map<string, string>();
  for (const task of tasks) {
    const extensions = isScript(task) ? notebooksOf(task, folder).map((file) => extname(file)) : [];
    const modules = extensions.length > 0 ? ['nbclient', 'ipykernel'] : [];
    if (extensions.some((extension) => extension !== '.ipynb')) modules.push('nbconvert');
    if (task.client && 'uri' in task.client && task.client.uri.startsWith('duckdb')) modules.push('duckdb');
    for (const module of modules) if (!needs.has(module)) needs.set(module, task.name);
  }
  return needs;
}

/** Without running any of it. */
async function check(
  pipeline: Pipeline,
  tasks: readonly Task[],
  modules: ReadonlyMap<string, string>,
  runtime: Runtime,
  { signal }: PrepareOptions,
): Promise<void> {
  const { folder } = pipeline;
  const sources: { name: string; file: string; cells?: readonly Cell[]; given: readonly string[]; names: boolean }[] =
    [];
  for (const task of tasks) {
    const { static_analysis: analysis } = task.options;
    const given = ['upstream', 'product', ...Object.keys(task.params)];
    if (isScript(task)) {
      const names = analysis !== 'disable' && analysis !== false;
      sources.push({ name: task.name, file: task.source, cells: cellsOf(task, folder), given, names });
    } else if (task.kind === 'function' && task.facts.file !== undefined) {
      sources.push({ name: task.name, file: task.facts.file, given: [], names: false });
    }
  }
  const functions = tasks.flatMap((task) => functionsOf(task).map((name) => ({ task: task.name, function: name })));
  for (const hook of hooksOf(pipeline)) functions.push({ task: pipeline.file, function: hook.function });
  const kernels = tasks.filter(isScript).flatMap(({ name, options: { kernelspec_name: kernel } }) => {
    return typeof kernel === 'string' ? [{ task: name, kernel }] : [];
  });
  const needs = [...modules].map(([module, task]) => ({ module, task }));
  const task = {
    run: 'check' as const,
    name: pipeline.name,
    source: pipeline.file,
    hooks: [],
    needs,
    functions,
    kernels,
    sources,
  };
  try {
    await callPython({ folder, runtime, environment: {}, onOutput: () => undefined, signal, task: { ...task } });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof TaskError) throw new PipelineError(error.message);
    throw error;
  }
}

function functionsOf({ kind, source, client, onFinish, onFailure, serializer, unserializer }: Task): string[] {
  const called = [onFinish?.function, onFailure?.function, serializer, unserializer];
  if (client && 'function' in client) called.push(client.function);
  if (kind === 'function') called.push(source);
  return called.filter((one) => one !== undefined);
}

function cellsOf({ kind, source }: Task, folder: string): readonly Cell[] {
  const text = readFileSync(resolve(folder, source), 'utf8');
  return kind === 'notebook' ? notebookCells(text) : scriptCells(text);
}
