/** Which tasks a build runs, and why. */
import { isBeingBuilt } from './build-lock.ts';
import { settingsSum, sumOf } from './fingerprint.ts';
import type { Pipeline, Product, Task } from './pipeline.ts';
import { resourcesOf } from './resources.ts';
import { missingRelations } from './runners/relations.ts';
import { builtId, fileChange, paramsText, readTaskState, unknownId, type TaskBuilt } from './task-state.ts';

export interface PlannedTask {
  readonly task: Task;
  /** Why it will run; undefined: it is up to date. */
  readonly why: string | undefined;
  /** Of the last time that it ended well. */
  readonly built: TaskBuilt | undefined;
}

export interface PlanOptions {
  /** Only these are looked at. */
  readonly only?: ReadonlySet<string> | undefined;
  readonly force?: boolean | undefined;
}

/** In the order of the tasks, so that each comes after what it takes products of. */
export async function planOf(pipeline: Pipeline, { only, force = false }: PlanOptions = {}): Promise<PlannedTask[]> {
  const planned = new Map<string, PlannedTask>();
  for (const task of pipeline.tasks) {
    if (only && !only.has(task.name)) continue;
    const state = readTaskState(pipeline, task);
    const built = state === 'begun' ? undefined : state;
    const never = state === 'begun' ? begunReason(pipeline) : 'not built yet';
    const why = force ? 'forced' : built ? await whyOutdated(pipeline, task, built, planned) : never;
    planned.set(task.name, { task, why, built });
  }
  return [...planned.values()];
}

function begunReason({ folder }: Pipeline): string {
  return isBeingBuilt(folder) ? 'runs now' : 'did not end well before';
}

async function whyOutdated(
  pipeline: Pipeline,
  task: Task,
  built: TaskBuilt,
  planned: ReadonlyMap<string, PlannedTask>,
): Promise<string | undefined> {
  return (
    ownReason(task, built) ??
    (await resourceReason(pipeline.folder, task, built)) ??
    upstreamReason(pipeline, task, built, planned) ??
    (await productReason(pipeline.folder, task, built))
  );
}

function ownReason(task: Task, built: TaskBuilt): string | undefined {
  if (built.source !== sumOf(task.facts.code)) return 'source changed';
  const params = paramsText(task);
  const names = new Set([...Object.keys(params), ...Object.keys(built.params)]);
  const changed = [...names].filter((name) => params[name] !== built.params[name]);
  if (changed.length > 0) return `${changed.length === 1 ? 'param' : 'params'} ${changed.join(', ')} changed`;
  return built.settings === settingsSum(task) ? undefined : 'settings changed';
}

function upstreamReason(
  pipeline: Pipeline,
  { upstream }: Task,
  built: TaskBuilt,
  planned: ReadonlyMap<string, PlannedTask>,
): string | undefined {
  const willRun = upstream.filter((name) => planned.get(name)?.why !== undefined);
  if (willRun.length > 0) return `${named(willRun)} will run`;
  const before = Object.keys(built.upstream);
  const added = upstream.filter((name) => !before.includes(name));
  const gone = before.filter((name) => !upstream.includes(name));
  if (added.length > 0) return `takes ${named(added)} now`;
  if (gone.length > 0) return `no longer takes ${named(gone)}`;
  const ran = upstream.filter((name) => built.upstream[name] !== idOf(pipeline, name, planned));
  return ran.length > 0 ? `${named(ran)} ${ran.length === 1 ? 'was' : 'were'} run` : undefined;
}

function idOf(pipeline: Pipeline, name: string, planned: ReadonlyMap<string, PlannedTask>): string {
  const known = planned.get(name);
  if (known) return known.built?.id ?? unknownId;
  const task = pipeline.tasks.find((one) => one.name === name);
  return task ? builtId(pipeline, task) : unknownId;
}

async function resourceReason(folder: string, task: Task, { resources = [] }: TaskBuilt): Promise<string | undefined> {
  for (const path of resourcesOf(task)) {
    const known = resources.find(({ identifier }) => identifier === path);
    if (!known || (await fileChange(folder, known))) return `resource ${path} changed`;
  }
  return undefined;
}

async function productReason(folder: string, task: Task, built: TaskBuilt): Promise<string | undefined> {
  for (const product of task.products) {
    if (product.kind === 'relation') continue;
    const known = built.products.find(({ identifier }) => identifier === product.identifier);
    const change = known ? await fileChange(folder, known) : 'missing';
    if (change) return `product ${product.identifier} ${change === 'missing' ? 'is missing' : 'was changed by hand'}`;
  }
  if (!task.products.some(({ kind }: Product) => kind === 'relation')) return undefined;
  const missing = await missingRelations(task, folder);
  return missing.length > 0 ? `${named(missing)} ${missing.length === 1 ? 'is' : 'are'} missing` : undefined;
}

/** `a`, `a and b`, `a and 3 more`. */
function named(names: readonly string[]): string {
  const [first = '', second] = names;
  if (names.length <= 1) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first} and ${names.length - 1} more`;
}
