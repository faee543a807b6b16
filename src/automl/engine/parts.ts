/** What a search is put together from: everything that knows Python. */
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import type { DataProfile } from '../../protocol/automl-record.ts';
import type { ProblemKind } from '../problem.ts';
import type { NotebookRunnerOptions } from '../worker/notebook-runner.ts';
import type { SearcherOptions } from '../worker/searcher.ts';
import type { NotebookRunner, Searcher } from '../worker/worker.ts';

export interface Progress {
  readonly onProgress: (step: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface PrepareOptions extends Progress {
  readonly python: string;
  /** Gets the prepared data. */
  readonly folder: string;
  /** Bytes that it may take. */
  readonly memory: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface SearchParts {
  /** @returns the interpreter */
  python(options: Progress): Promise<string>;
  problem(config: AutomlConfig): ProblemKind;
  /** @throws Error named `DataError` with a message for people */
  prepare(config: AutomlConfig, options: PrepareOptions): Promise<DataProfile>;
  runner(options: NotebookRunnerOptions): Promise<NotebookRunner>;
  searcher(options: SearcherOptions): Promise<Searcher>;
}
