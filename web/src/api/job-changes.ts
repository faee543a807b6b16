/** What the pages of jobs change. Each change makes what was read of the job old. */
import { cancelJob, deleteJob, retryJob, submitProject } from '../../../src/protocol/jobs.ts';
import type { Sent } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';
import { wholeJob, type Job } from './jobs.ts';
import { queryClient } from './query-client.ts';

export type NewProjectJob = Sent<(typeof submitProject)['request']>;

async function changed(id?: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['jobs'] }),
    id === undefined ? undefined : queryClient.invalidateQueries({ queryKey: ['job', id] }),
  ]);
}

export async function addProjectJob(wish: NewProjectJob): Promise<Job> {
  const made = wholeJob((await call(submitProject, wish)).job);
  await changed();
  return made;
}

export async function endJob(id: string): Promise<void> {
  await call(cancelJob, { job_id: id });
  await changed(id);
}

/** The same once more, as a job of its own. */
export async function repeatJob(id: string): Promise<Job> {
  const made = wholeJob((await call(retryJob, { job_id: id })).job);
  await changed();
  return made;
}

export async function removeJob(id: string): Promise<void> {
  await call(deleteJob, { job_id: id });
  // Not waited for, and nothing of its own is read again: its page is left first.
  void queryClient.invalidateQueries({ queryKey: ['jobs'] });
}
