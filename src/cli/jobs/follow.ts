/** The log of a job as it comes, to its end. */
import { getJob, getJobLog } from '../../protocol/jobs.ts';
import type { Int64 } from '../../protocol/schema.ts';
import { call } from '../../sdk/call.ts';
import type { Settings } from '../../sdk/settings.ts';
import type { Output } from '../output/output.ts';
import type { Job } from './columns.ts';

/** Milliseconds between looks for more. */
const look = 500;

export type Write = (text: string) => void;

/** To the output; a terminal keeps its colours and is steered by nothing else, whoever wrote the text. */
export function print(text: string): void {
  process.stdout.write(process.stdout.isTTY ? text.replace(steering, '\ufffd') : text);
}

// oxlint-disable-next-line no-control-regex
const steering = /\u001b(?!\[[\d;]*m)|[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f-\u009f]/g;

/** Writes what there is; answers where to go on, and whether that was all for ever. */
export async function writeLog(
  settings: Settings,
  id: string,
  from: Int64,
  write: Write,
): Promise<{ next: Int64; ended: boolean }> {
  let next = from;
  for (;;) {
    const answer = await call(settings, getJobLog, { job_id: id, offset: next });
    const before = next;
    next = answer.next_offset ?? before;
    write(answer.text ?? '');
    const isAll = (answer.text ?? '') === '' || next === answer.size;
    if (isAll) return { next, ended: answer.state !== 'queued' && answer.state !== 'running' };
  }
}

/** Resolves with the job when it has ended. */
export async function follow(
  settings: Settings,
  id: string,
  options: { from: Int64; write: Write; out: Output },
): Promise<Job> {
  const { write, out } = options;
  let { from } = options;
  let told = '';
  for (;;) {
    const { next, ended } = await writeLog(settings, id, from, write);
    const { job } = await call(settings, getJob, { job_id: id });
    if (!job) throw new Error('the server answered without the job');
    if (ended) return job;
    from = next;
    const waits = job.state === 'queued' ? `Waits in the queue, place ${job.queue_position ?? 1} ...` : '';
    if (waits !== told && waits !== '') out.note(waits);
    told = waits;
    await Bun.sleep(look);
  }
}
