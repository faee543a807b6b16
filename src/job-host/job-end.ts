/** What is said of a job at its end. */
import type { Job, JobEnd } from '../jobs/job.ts';
import type { JobResult } from '../protocol/job-folder.ts';
import type { JobFolder } from './job-folder.ts';

/** What came of a job, as it stands in the queue. */
export interface KeptResult {
  readonly exitCode: number;
}

export const machineWentDown = 'The machine went down while it ran, or its process was killed while no server watched.';

/** @param how its process ended, in words */
export function endOf(result: JobResult | undefined, { canceled, how }: { canceled: boolean; how: string }): JobEnd {
  const kept: KeptResult | undefined = result && { exitCode: result.exit_code };
  const known = kept ? JSON.stringify(kept) : null;
  if (result?.exit_code === 0) return { state: 'finished', message: '', result: known };
  if (canceled) return { state: 'canceled', message: 'Canceled while it ran.', result: known };
  const message = result
    ? result.message || `It ended with exit code ${result.exit_code}. Its log may say why.`
    : `Its process ended ${how} and left no result. Its log may say why.`;
  return { state: 'failed', message, result: known };
}

/** What becomes of an attempt that an earlier server began, when its process is gone. */
export function whatIsNext(
  folder: JobFolder,
  { attempts, canceled, run }: Pick<Job, 'attempts' | 'canceled' | 'run'>,
  { wasSeen }: { wasSeen: boolean },
): 'end' | 'begin' | 'lost' {
  const result = folder.result(attempts);
  if (canceled || result?.exit_code === 0) return 'end';
  // Nothing is done before there is a run; and whoever was to make one was gone.
  if (run === null && folder.run(attempts) === undefined) return 'begin';
  return result || wasSeen ? 'end' : 'lost';
}
