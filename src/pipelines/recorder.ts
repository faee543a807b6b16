/** Where a build is recorded: a server, or nowhere. */
import type { BuildRecord } from './build-record.ts';
import type { Pipeline, Task } from './pipeline.ts';

export type EndStatus = 'FINISHED' | 'FAILED' | 'KILLED';

export interface TaskPlace {
  readonly runId: string | undefined;
  /** For its process: where what it logs shall go. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface Recorder {
  begin(pipeline: Pipeline, record: BuildRecord): Promise<void>;
  beginTask(task: Task): Promise<TaskPlace>;
  /** Sends what the task has left, while others run. @param log file of what it printed @param error why it failed */
  endTask(task: Task, runId: string | undefined, status: EndStatus, log: string, error?: string): void;
  /** The record has changed. */
  changed(): void;
  /** @param error why the build failed */
  end(status: EndStatus, error?: string): Promise<void>;
  /** The build's run, and where it is seen. */
  readonly run: { readonly runId: string; readonly address: string } | undefined;
}

export const noRecorder: Recorder = {
  begin: () => Promise.resolve(),
  beginTask: () => Promise.resolve({ runId: undefined, environment: {} }),
  endTask: () => undefined,
  changed: () => undefined,
  end: () => Promise.resolve(),
  run: undefined,
};
