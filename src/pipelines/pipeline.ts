/** A pipeline as it is built: what its file says, with placeholders filled in, grids unrolled and sources read. */
import type { TaskKind } from '../protocol/pipeline-record.ts';

export interface Pipeline {
  readonly name: string;
  /** The absolute folder that all its paths are relative to, and that tasks run in. */
  readonly folder: string;
  /** The name of its file in that folder. */
  readonly file: string;
  /** The Python of its tasks: the one that is there, or one made by uv of what the folder's files say is needed. */
  readonly environment: 'local' | 'uv';
  /** In an order in which they can be run. */
  readonly tasks: readonly Task[];
  /** Dotted paths of functions of the whole pipeline. */
  readonly onFinish?: Hook;
  readonly onFailure?: Hook;
  /** Called before anything runs. */
  readonly onRender?: Hook;
}

/** A function by its dotted path, with arguments of its own. */
export interface Hook {
  readonly function: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Task {
  readonly name: string;
  readonly kind: TaskKind;
  /** As it stands in the file. */
  readonly source: string;
  readonly upstream: readonly string[];
  readonly products: readonly Product[];
  /** True when the file gives products by keys, so that the source sees a map and not one path. */
  readonly productsAreKeyed: boolean;
  readonly params: Readonly<Record<string, unknown>>;
  readonly facts: SourceFacts;
  /** Of a SQL task, and of products that are relations. */
  readonly client?: SqlClient;
  readonly onFinish?: Hook;
  readonly onFailure?: Hook;
  /** Dotted paths of functions that write what a function returns, and read it. */
  readonly serializer?: string;
  readonly unserializer?: string;
  /** What the file says of this task besides, such as `kernelspec_name`, by its own names. */
  readonly options: Readonly<Record<string, unknown>>;
}

export interface Product {
  /** Absent for the only product of a task that names it without a key. */
  readonly key?: string;
  readonly kind: 'file' | 'folder' | 'relation';
  /** Of a file as it is written, relative to the pipeline's folder; `schema.table`, or `table`, of a relation. */
  readonly identifier: string;
  /** Of a relation, what it is. */
  readonly relation?: 'table' | 'view';
}

/**
 * A database, by an address such as `sqlite:///data/my.db`, `postgresql://…` or `duckdb:///my.duckdb`, or by a function of
 * Python that returns such an address, an engine of SQLAlchemy or a connection.
 */
export type SqlClient = { readonly uri: string } | Hook;

/** What is read from a source without running it. */
export interface SourceFacts {
  /** Names of the tasks it takes products of; `*` at their end stands for all that begin so. */
  readonly upstream: readonly string[];
  /** Products that the source itself declares, as its file would. */
  readonly product?: unknown;
  /** Params that it declares; undefined when it takes any. */
  readonly declaredParams?: readonly string[];
  /** Those of them that may be left out. */
  readonly optionalParams?: readonly string[];
  /** Its text without comments and layout: when this is the same, nothing has changed. */
  readonly code: string;
  /** The first line of its docstring or of its leading comment. */
  readonly doc?: string;
  /** Where it stands: the absolute path of its file, of a function with the line of its definition. */
  readonly file?: string;
  readonly line?: number;
  /** What is wrong with it before it is run, with the line, such as a syntax error. */
  readonly problems: readonly string[];
}

/**
 * What a task is run with. It writes its products where they belong: that they are whole is known from the state that the
 * build keeps (`task-state.ts`), which is taken away before a task begins and written after it has ended well.
 */
export interface TaskRun {
  readonly task: Task;
  readonly pipeline: Pipeline;
  /** The tasks it takes products of. */
  readonly upstream: readonly Task[];
  readonly runtime: Runtime;
  /** Added to the environment of its process: where its run is recorded. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onOutput: (text: string) => void;
  readonly signal: AbortSignal;
}

/** What the tasks of a build need of the machine, found before the first begins. */
export interface Runtime {
  /** Absent when no task needs it. */
  readonly python?: string;
}

/** A task has failed; the message is what a reader needs: of Python its traceback. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
}

/** The pipeline cannot be built as it is written; the message has a line for each fault. */
export class PipelineError extends Error {
  override readonly name = 'PipelineError';
}
