/**
 * What a build of a pipeline leaves with its run, and what the pages of pipelines are drawn from: the artifact
 * `pipeline/pipeline.json`, rewritten as the build goes on. Beside it lie `pipeline/graph.svg` and, below
 * `pipeline/products/<task>/`, the products of the tasks that were run.
 *
 * Tags of the build's run: `modelyard.pipeline.name`, `modelyard.pipeline.role` = `build`. Each task that is run is a
 * child run with `modelyard.pipeline.role` = `task`, `modelyard.pipeline.task` = its name, and its params.
 */
export const pipelineTags = {
  name: 'modelyard.pipeline.name',
  role: 'modelyard.pipeline.role',
  task: 'modelyard.pipeline.task',
  /** Of a run that failed: the end of its error. */
  error: 'modelyard.pipeline.error',
} as const;

export const pipelineRecordPath = 'pipeline/pipeline.json';
export const pipelineGraphPath = 'pipeline/graph.svg';

export const taskKinds = ['script', 'notebook', 'function', 'sql', 'shell', 'typescript'] as const;
export type TaskKind = (typeof taskKinds)[number];

/**
 * - `waiting`: will run in this build, `running`: runs
 * - `executed`: was run and made its products; `skipped`: was up to date; `failed`
 * - `blocked`: would have run, but a task before it failed or the build was ended
 */
export const taskStates = ['waiting', 'running', 'executed', 'skipped', 'failed', 'blocked'] as const;
export type TaskState = (typeof taskStates)[number];

export interface PipelineRecord {
  readonly format: 1;
  readonly name: string;
  /** The pipeline's file, as the user named it. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly ended?: number;
  /** In an order in which they can be run. */
  readonly tasks: readonly TaskRecord[];
}

export interface TaskRecord {
  readonly name: string;
  readonly kind: TaskKind;
  /** As it stands in the file: a path, or a function's dotted path. */
  readonly source: string;
  /** The first line of its docstring or comment. */
  readonly doc?: string;
  readonly upstream: readonly string[];
  readonly params: Readonly<Record<string, unknown>>;
  readonly products: readonly ProductRecord[];
  readonly state: TaskState;
  /** Why it was run, or was not, such as `its source changed`, `load was run`, `up to date`. */
  readonly reason: string;
  /** Why the next build will run it; absent: it will not. */
  readonly next?: string;
  readonly runId?: string;
  readonly started?: number;
  readonly ended?: number;
  /** Of what failed: the last lines of the traceback. */
  readonly error?: string;
}

export interface ProductRecord {
  /** Its key where the task has several, such as `nb` or `data`. */
  readonly key?: string;
  /** A path, or `schema.table` of a database. */
  readonly identifier: string;
  readonly kind: 'file' | 'folder' | 'relation';
  /** Bytes, of a file. */
  readonly size?: number;
  /** Where it lies among the artifacts of the task's run (`runId`); absent: it was not kept there. */
  readonly artifact?: string;
}
