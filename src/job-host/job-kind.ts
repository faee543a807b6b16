/** What the host of jobs needs to know of a kind of job; the rest is the kind's own. */
import type { JobRun } from '../protocol/job-folder.ts';

export interface Attempt {
  /** Where its process says that it began, its run and its result. */
  readonly folder: string;
  /** Of the attempt before, when the machine went down under it. */
  readonly previous: JobRun | undefined;
}

export interface JobKind {
  /** Makes what its process reads, and gives the arguments of this same program. */
  prepare(payload: string, attempt: Attempt): string[];
  /** A later attempt goes on with the run of the one before, which then stays open. */
  readonly resumes: boolean;
  readonly cancel: {
    /** Who is asked to end: the process, which ends what it started, or all of its group. */
    readonly asks: 'process' | 'group';
    /** Milliseconds to end by itself. */
    readonly patience: number;
  };
}
