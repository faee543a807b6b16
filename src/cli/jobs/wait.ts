/** Waits for a job; what it writes goes where a run of its own would write it. */
import { settingsOf } from '../../sdk/settings.ts';
import { CommandError } from '../command.ts';
import type { Output } from '../output/output.ts';
import type { Job } from './columns.ts';
import { follow, print } from './follow.ts';

/** Resolves with the exit code: 0 when it finished. */
export async function untilEnded(first: Job, out: Output): Promise<number> {
  const id = first.job_id ?? '';
  out.note(`Job ${id}: ${first.title ?? ''}. Ctrl+C ends the waiting, not the job.`);
  const write = (text: string): void => {
    if (!out.json) print(text);
  };
  const ended = await follow(settingsOf(), id, { from: 0, write, out });
  if (out.json) out.done(ended, '');
  if (ended.state === 'finished') {
    out.note(`Finished: run ${ended.run_id ?? ''}`);
    return 0;
  }
  throw new CommandError(`job ${id} ${ended.state}: ${ended.message ?? ''}`);
}
