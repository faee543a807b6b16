/** The seam to the processes that run Python. */
import type { Notebook } from '../notebook/cell.ts';

export interface NotebookRun {
  readonly notebook: Notebook;
  /** Cells with these tags are passed over. */
  readonly skip: readonly string[];
  /** Made for it: its working folder. */
  readonly folder: string;
  /** Added to the environment: MLFLOW_RUN_ID and so on. */
  readonly environment: Readonly<Record<string, string>>;
  /** Cores that it may use. */
  readonly threads: number;
  /** Bytes that it may allocate. */
  readonly memory: number;
  /** Milliseconds since 1970: then it is asked to end (SIGTERM), and killed two seconds later. */
  readonly deadline: number;
  /** Milliseconds that it may take, from when Python was ready for it: no notebook pays for the imports of all. */
  readonly most?: number | undefined;
  /** Ended early, as at its deadline. */
  readonly signal?: AbortSignal | undefined;
  readonly onCell?: ((index: number) => void) | undefined;
}

export interface NotebookEnd {
  readonly status: 'finished' | 'timeout' | 'memory' | 'error' | 'killed';
  /** One sentence, when it did not finish. */
  readonly message: string;
  readonly traceback: string;
  /** Index of the cell that failed. */
  readonly failedCell?: number | undefined;
  /** By the names asked for. */
  readonly results: Readonly<Record<string, unknown>>;
  /** The notebook with its outputs, as a file's text. */
  readonly text: string;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
}

/** Runs notebooks in forks of a warm process: each a process of its own, killed hard at its limit. */
export interface NotebookRunner {
  run(run: NotebookRun): Promise<NotebookEnd>;
  /** Ends what runs. */
  close(): Promise<void>;
}

/** What an optimiser may choose; JSON, sent to the searcher as it is. */
export type Range =
  | { readonly type: 'int' | 'float'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly type: 'choice'; readonly of: readonly (string | number | boolean | null)[] };

/** Hyperparameters by estimator. */
export type SearchSpace = Readonly<Record<string, Readonly<Record<string, Range>>>>;

export interface Proposal {
  readonly estimator: string;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
}

export interface Searcher {
  /** Nothing twice. Undefined: there is nothing left that has not been proposed or told of. */
  ask(): Promise<Proposal | undefined>;
  /** @param value undefined when it failed. A proposal that was not asked for, from a portfolio or an earlier search, is learnt from too. */
  tell(proposal: Proposal, value: number | undefined): Promise<void>;
  /** Proposes nothing of this estimator any more. */
  bench(estimator: string): Promise<void>;
  close(): Promise<void>;
}
