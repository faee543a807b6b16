/** The log of a job: read from its end, then on from where the last piece ended. */
import { queryOptions } from '@tanstack/react-query';
import { getJobLog } from '../../../src/protocol/jobs.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';

export interface JobLog {
  readonly text: string;
  /** Bytes: where the text begins and ends in the log, and how long that is now. */
  readonly from: number;
  readonly to: number;
  readonly size: number;
}

/** The server gives no more at once. */
const piece = 1_000_000;
/** Characters that the browser keeps: the newest. */
const kept = 8_000_000;
/** A log that grows faster than it is read is caught up with a few pieces at a time. */
const mostPieces = 8;

async function read(id: string, offset: number, signal?: AbortSignal): Promise<JobLog> {
  const answer = await call(getJobLog, { job_id: id, offset }, signal);
  const from = Number(answer.offset ?? 0);
  const to = Number(answer.next_offset ?? from);
  return { text: answer.text ?? '', from, to, size: Number(answer.size ?? to) };
}

export function jobLog(id: string) {
  const queryKey = ['job', id, 'log'];
  return queryOptions({
    queryKey,
    queryFn: async ({ signal }): Promise<JobLog> => {
      let log = queryClient.getQueryData<JobLog>(queryKey) ?? (await read(id, -piece, signal));
      for (let i = 0; i < mostPieces; i++) {
        const next = await read(id, log.to, signal);
        // One that is shorter than before is another log: the job was begun again.
        if (next.size < log.to) return read(id, -piece, signal);
        log = joined(log, next);
        if (next.to >= next.size || next.text === '') break;
      }
      return log;
    },
    // The text only grows; comparing it with the one before would take longer than drawing it.
    structuralSharing: false,
  });
}

function joined(log: JobLog, next: JobLog): JobLog {
  if (next.text === '') return next.size === log.size ? log : { ...log, size: next.size };
  const whole = log.text + next.text;
  const over = whole.length - kept;
  if (over <= 0) return { text: whole, from: log.from, to: next.to, size: next.size };
  // At a line's end, which is never inside a character.
  const cut = whole.indexOf('\n', over) + 1;
  const dropped = new TextEncoder().encode(whole.slice(0, cut)).length;
  return { text: whole.slice(cut), from: log.from + dropped, to: next.to, size: next.size };
}

/** What stands before the text that is there, up to one piece of it. */
export async function readEarlier(id: string): Promise<void> {
  const queryKey = ['job', id, 'log'];
  const log = queryClient.getQueryData<JobLog>(queryKey);
  if (!log || log.from === 0) return;
  const start = Math.max(0, log.from - piece);
  const bytes = new TextEncoder();
  let text = '';
  let at = start;
  while (at < log.from) {
    const next = await read(id, at);
    if (next.text === '') break;
    const wanted = log.from - at;
    const whole = bytes.encode(next.text);
    text += whole.length > wanted ? new TextDecoder().decode(whole.subarray(0, wanted)) : next.text;
    at = next.to;
  }
  queryClient.setQueryData<JobLog>(queryKey, (now) => now && { ...now, text: text + now.text, from: start });
}

/** All of it, as a file. */
export async function wholeLog(id: string, onProgress: (share: number) => void): Promise<Blob> {
  const pieces: string[] = [];
  for (let at = 0; ;) {
    const next = await read(id, at);
    pieces.push(next.text);
    onProgress(next.size === 0 ? 1 : next.to / next.size);
    if (next.text === '' || next.to >= next.size) return new Blob(pieces, { type: 'text/plain' });
    at = next.to;
  }
}
