/** A project that was submitted, as its user sees it. No word of Node's: its types are read in browsers' projects too. */
import type { RunStatus } from '../../protocol/runs.ts';

/** How the run of a project ended. */
export interface ProjectOutcome {
  readonly runId: string;
  readonly experimentId: string;
  readonly status: RunStatus;
  /** Why it did not succeed; empty when it did. */
  readonly message: string;
}

/** Called with what the project writes, as it comes. */
export type OnOutput = (text: string, stream: 'stdout' | 'stderr') => void;

/** A project that runs, or has run. */
export interface SubmittedRun {
  /** The id of its run, as soon as that is there. Rejects when there never is one. */
  readonly runId: Promise<string>;
  /** SCHEDULED until its run is there, then RUNNING, then how it ended. */
  readonly status: RunStatus;
  /** What it wrote so far, with the lines in which Modelyard tells how it goes; of very much, the end. */
  readonly output: string;
  /**
   * Resolves at its end, however that was: look at the status.
   *
   * @throws Error when it could not be started, such as for a parameter that is missing, or was canceled before its run was there
   */
  wait(): Promise<ProjectOutcome>;
  /** Ends all that it started; its run is then KILLED. Resolves when that is done. */
  cancel(): Promise<void>;
}
