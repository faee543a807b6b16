/**
 * Makes jobs run: looks at the queue after every change and, while there is something to do, every second. Jobs whose
 * server is gone are taken over, waiting ones begin while places are free, and running ones are watched to their end.
 */
import { jobVariable } from '../config/job-variable.ts';
import type { Database } from '../database/database.ts';
import type { Job } from '../jobs/job.ts';
import { JobQueue } from '../jobs/job-queue.ts';
import { isAlive, thisProcess, type Worker } from '../jobs/worker.ts';
import { serverLog } from '../logging/loggers.ts';
import { JobFolders } from './job-folders.ts';
import { jobEnvironment } from './job-environment.ts';
import { signalProcessGroup, startJobProcess } from './job-process.ts';
import { killProcessesOf } from './job-processes.ts';
import { kindOf } from './job-kinds.ts';
import { endOf, machineWentDown, whatIsNext } from './job-end.ts';
import type { RunsOfJobs } from './runs-of-jobs.ts';
import { WatchedJob } from './watched-job.ts';

export interface HostParts {
  readonly database: Database;
  readonly runs: RunsOfJobs;
  /** Holds a folder for each job. */
  readonly folder: string;
  /** Of this server, for its own processes. */
  readonly address: string;
  /** What lets these in where the address alone does not; as long as jobs live, which outlive a server. */
  readonly token: () => string;
  readonly concurrency: number;
  /** Why no job begins here; undefined when jobs do. */
  readonly refusal: string | undefined;
  /** The log of a job grew. */
  readonly changed: (id: string) => void;
}

/** Milliseconds between looks. */
const lookAgain = 1000;
/** Milliseconds between signs of life, and after which an owner elsewhere that gave none is gone. */
const heartbeat = 20_000;
const silence = 90_000;

export class JobHost {
  readonly queue: JobQueue;
  readonly folders: JobFolders;
  readonly #parts: HostParts;
  readonly #own = thisProcess();
  readonly #watched = new Map<string, WatchedJob>();
  #refreshing: Promise<void> = Promise.resolve();
  #timer: Timer | undefined;
  #lastBeat = Date.now();
  #closed = false;

  constructor(parts: HostParts) {
    this.#parts = parts;
    this.queue = new JobQueue(parts.database);
    this.folders = new JobFolders(parts.folder);
  }

  /** Resolves when what was written before is being carried out. */
  async refresh(): Promise<void> {
    this.#refreshing = this.#refreshing.then(() => this.#refresh());
    await this.#refreshing;
  }

  async #refresh(): Promise<void> {
    if (this.#closed) return;
    try {
      const { running, anyQueued } = await this.queue.unfinished();
      for (const job of running) await this.#attend(job);
      if (anyQueued) await this.#fill();
      await this.#beat();
      const more = anyQueued || running.length > 0 || this.#watched.size > 0;
      if (more && !this.#closed) this.#timer ??= setInterval(() => void this.refresh(), lookAgain).unref();
      else this.#stopTimer();
    } catch (error) {
      serverLog.error('the jobs cannot be looked after', error);
      // The database may be full or locked for a while: what runs is not forgotten for that.
      if (!this.#closed) this.#timer ??= setInterval(() => void this.refresh(), lookAgain).unref();
    }
  }

  async #attend(job: Job): Promise<void> {
    try {
      const watched = this.#watched.get(job.uuid);
      if (watched) await this.#watch(watched, job);
      else if (this.#isOwn(job.owner) || this.#isGone(job)) await this.#adopt(job);
    } catch (error) {
      serverLog.error(`the job ${job.uuid} cannot be looked after`, error);
    }
  }

  async #watch(watched: WatchedJob, job: Job): Promise<void> {
    await this.#noteRun(job);
    if (watched.logGrew()) this.#parts.changed(job.uuid);
    if (job.canceled) watched.end();
    const how = watched.howItEnded();
    if (how === undefined) return;
    const now = await this.queue.get(job.uuid);
    await (watched.isChild ? this.#settle(now, how) : this.#goOn(now, how));
  }

  async #noteRun(job: Job): Promise<void> {
    if (job.run !== null) return;
    const run = this.folders.of(job).run(job.attempts);
    if (run) await this.queue.hasRun(job, run.run_id, run.experiment_id);
  }

  #isOwn(owner: Worker | null): boolean {
    return owner !== null && Bun.deepEquals(owner, this.#own);
  }

  #isGone({ owner, ownerSeen }: Job): boolean {
    if (owner === null) return true;
    return owner.machine === this.#own.machine ? !isAlive(owner) : Date.now() - ownerSeen > silence;
  }

  /** A job that an earlier server left running. */
  async #adopt(job: Job): Promise<void> {
    if (!this.#isOwn(job.owner) && !(await this.queue.takeOver(job, this.#own))) return;
    const { attempts } = job;
    const folder = this.folders.of(job);
    const isHere = (job.process ?? job.owner)?.machine === this.#own.machine;
    const identity = isHere ? (folder.starter(attempts) ?? job.process ?? undefined) : undefined;
    if (identity && isAlive(identity)) {
      this.#watched.set(job.uuid, new WatchedJob(job, folder, identity, { isChild: false }));
      return;
    }
    // What it left running would do with the next attempt what is to be done once.
    if (identity) signalProcessGroup(identity, 'SIGKILL');
    killProcessesOf(job.uuid);
    await this.#noteRun(job);
    await this.#goOn(await this.queue.get(job.uuid), undefined);
  }

  /** The process that an earlier server started is gone. @param how it ended, when this one saw it */
  async #goOn(job: Job, how: string | undefined): Promise<void> {
    const folder = this.folders.of(job);
    const next = whatIsNext(folder, job, { wasSeen: how !== undefined });
    if (next === 'end') return this.#settle(job, how ?? 'while no server watched');
    this.#forget(job);
    if (next === 'lost') return this.#lost(job);
    folder.forget(job.attempts);
    await (this.#parts.refusal === undefined ? this.#begin(job) : this.queue.queueAgain(job, ''));
  }

  #forget({ uuid }: Job): void {
    this.#watched.get(uuid)?.endRest();
    this.#watched.delete(uuid);
  }

  async #lost(job: Job): Promise<void> {
    this.folders.of(job).note(machineWentDown);
    const again = job.attempts < job.maxAttempts;
    if (!again || !kindOf(job).resumes) await this.#parts.runs.close(job.run, 'failed');
    if (!again) {
      await this.queue.end(job, { state: 'failed', message: machineWentDown, result: null });
    } else {
      await this.queue.queueAgain(job, `${machineWentDown} It begins again.`);
      await this.#fill();
    }
  }

  async #fill(): Promise<void> {
    if (this.#parts.refusal !== undefined) return;
    while (!this.#closed && this.#watched.size < this.#parts.concurrency) {
      const job = await this.queue.claim(this.#own);
      if (!job) return;
      await this.#begin(job);
    }
  }

  async #begin(job: Job): Promise<void> {
    const { uuid, attempts } = job;
    const folder = this.folders.of(job);
    try {
      const { work, folder: said } = folder.make(attempts);
      const command = kindOf(job).prepare(job.payload, { folder: said, previous: folder.runBefore(attempts) });
      const { identity, exited } = startJobProcess(command, {
        cwd: work,
        log: folder.log,
        env: { ...jobEnvironment(this.#parts.address, this.#parts.token()), [jobVariable]: uuid },
      });
      const watched = new WatchedJob(job, folder, identity, { isChild: true });
      this.#watched.set(uuid, watched);
      await this.queue.began(job, { ...identity, machine: this.#own.machine });
      void exited.then((how) => {
        watched.exited(how);
        void this.refresh();
      });
    } catch (error) {
      if (this.#watched.has(uuid)) throw error;
      const message = `It could not be started: ${error instanceof Error ? error.message : String(error)}`;
      await this.queue.end(job, { state: 'failed', message, result: null });
    }
  }

  async #settle(job: Job, how: string): Promise<void> {
    const end = endOf(this.folders.of(job).result(job.attempts), { canceled: job.canceled, how });
    await this.#parts.runs.close(job.run, end.state);
    await this.queue.end(job, end);
    this.#forget(job);
    await this.#fill();
  }

  async #beat(): Promise<void> {
    if (this.#watched.size === 0 || Date.now() - this.#lastBeat < heartbeat) return;
    this.#lastBeat = Date.now();
    await this.queue.heartbeat(this.#own);
  }

  #stopTimer(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Leaves what runs as it is: the next server takes it over. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#stopTimer();
    await this.#refreshing;
  }
}
