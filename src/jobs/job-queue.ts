/** The durable queue of jobs: each step one transaction, so that two servers never have the same job. */
import { hexId } from '../common/ids.ts';
import type { Database } from '../database/database.ts';
import { ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import type { Job, JobEnd, NewJob } from './job.ts';
import * as store from './job-store.ts';
import type { Worker } from './worker.ts';

function noJob(uuid: string): Error {
  return doesNotExist(`No job has the id '${uuid}'.`);
}

export function hasEnded({ state }: Job): boolean {
  return state !== 'queued' && state !== 'running';
}

export class JobQueue {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async enqueue(job: NewJob): Promise<Job> {
    const uuid = hexId();
    return this.#database.write(async (writer) => {
      const waiting = (await store.countJobs(writer)).find(({ state }) => state === 'queued')?.jobs ?? 0;
      if (waiting >= limits.jobsWaiting) {
        throw new ApiError('BAD_REQUEST', `${waiting} jobs wait already. Cancel some, or submit this one later.`);
      }
      await store.insertJob(writer, uuid, job, Date.now());
      writer.changed('job', uuid);
      return existing(await store.findJob(writer, uuid), uuid);
    });
  }

  async get(uuid: string): Promise<Job> {
    return existing(await this.#database.read((reader) => store.findJob(reader, uuid)), uuid);
  }

  async counts(): Promise<Record<string, number>> {
    const rows = await this.#database.read(store.countJobs);
    return Object.fromEntries(rows.map(({ state, jobs }) => [state, jobs]));
  }

  /** From 1 on; 0 for a job that does not wait. */
  async position({ id, state }: Job): Promise<number> {
    return state === 'queued' ? this.#database.read((reader) => store.queuePosition(reader, id)) : 0;
  }

  /** All that run, whoever looks after them, and whether any job waits. */
  async unfinished(): Promise<{ running: Job[]; anyQueued: boolean }> {
    return this.#database.read(async (reader) => ({
      running: await store.findJobs(reader, 'running'),
      anyQueued:
        (await store.searchJobs(reader, { state: 'queued', limit: 1, experiment: undefined, before: undefined }))
          .length > 0,
    }));
  }

  /** The first of the queue, which is now this owner's; undefined when nothing waits. */
  async claim(owner: Worker): Promise<Job | undefined> {
    return this.#database.write(async (writer) => {
      const job = await store.claimFirst(writer, owner, Date.now());
      if (job) writer.changed('job', job.uuid);
      return job;
    });
  }

  /** Takes over from an owner that is gone; false when somebody else was faster, or the owner is not gone after all. */
  async takeOver(job: Job, owner: Worker): Promise<boolean> {
    return this.#database.write((writer) => store.changeOwner(writer, job, owner, Date.now()));
  }

  /** Says that the owner is still there. */
  async heartbeat(owner: Worker): Promise<void> {
    await this.#database.write((writer) => store.setOwnerSeen(writer, owner, Date.now()));
  }

  async began({ id }: Job, process: Worker): Promise<void> {
    await this.#database.write((writer) => store.setProcess(writer, id, process));
  }

  async hasRun({ id, uuid }: Job, run: string, experiment: string): Promise<void> {
    await this.#database.write(async (writer) => {
      await store.setRun(writer, id, run, experiment);
      writer.changed('job', uuid);
    });
  }

  /** Back to its place in the queue. */
  async queueAgain({ id, uuid }: Job, message: string): Promise<void> {
    await this.#database.write(async (writer) => {
      await store.setQueued(writer, id, message);
      writer.changed('job', uuid);
    });
  }

  async end({ id, uuid }: Job, end: JobEnd): Promise<void> {
    await this.#database.write(async (writer) => {
      await store.setEnded(writer, id, end, Date.now());
      writer.changed('job', uuid);
    });
  }

  /** A waiting job ends at once; of a running one it is noted that it shall; one that has ended stays as it is. */
  async cancel(uuid: string): Promise<Job> {
    return this.#database.write(async (writer) => {
      const job = existing(await store.findJob(writer, uuid), uuid);
      if (hasEnded(job)) return job;
      if (job.state === 'running') await store.setCanceled(writer, job.id);
      else {
        const message = 'Canceled before it began.';
        await store.setEnded(writer, job.id, { state: 'canceled', message, result: null }, Date.now());
      }
      writer.changed('job', uuid);
      return existing(await store.findJob(writer, uuid), uuid);
    });
  }

  /** The job, when it has ended; refused otherwise. */
  async ended(uuid: string, what: string): Promise<Job> {
    const job = await this.get(uuid);
    if (hasEnded(job)) return job;
    throw invalidParameter(`The job '${uuid}' is ${job.state}, so it cannot be ${what}. Cancel it first, or wait.`);
  }

  async delete({ id, uuid }: Job): Promise<void> {
    await this.#database.write(async (writer) => {
      await store.deleteJob(writer, id);
      writer.changed('job', uuid);
    });
  }
}

function existing(job: Job | undefined, uuid: string): Job {
  if (!job) throw noJob(uuid);
  return job;
}
