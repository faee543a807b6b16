/**
 * What `modelyard run --job-folder DIR` leaves in that folder for whoever started it: the server's jobs, the SDK.
 * `started` is made exclusively, before anything else; the other two are whole or not there.
 */
import type { RunStatus } from './runs.ts';

export const jobFiles = { started: 'started', run: 'run.json', result: 'result.json' } as const;

/** As soon as the run is there. */
export interface JobRun {
  readonly run_id: string;
  readonly experiment_id: string;
}

/** The last thing that is left. */
export interface JobResult {
  readonly exit_code: number;
  /** Of the run; empty when there is none. */
  readonly status: RunStatus | '';
  /** Why it did not succeed. */
  readonly message: string;
}
