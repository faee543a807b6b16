/** A running attempt: this server's own child, or a process that an earlier server left. */
import type { Job } from '../jobs/job.ts';
import { isAlive, type ProcessIdentity } from '../jobs/worker.ts';
import type { JobFolder } from './job-folder.ts';
import type { JobKind } from './job-kind.ts';
import { kindOf } from './job-kinds.ts';
import { signalProcess, signalProcessGroup } from './job-process.ts';
import { killProcessesOf } from './job-processes.ts';

/** What the process of a job ends with when another process does this attempt already. */
const doneByAnother = 3;

export interface Exit {
  readonly code: number | null;
  /** `with code 1`, `by SIGKILL` */
  readonly words: string;
}

export class WatchedJob {
  /** Of this server, which then hears how it ended. */
  isChild: boolean;
  readonly #id: string;
  readonly #cancel: JobKind['cancel'];
  readonly #folder: JobFolder;
  readonly #attempt: number;
  #identity: ProcessIdentity;
  #exit: Exit | undefined;
  #endedAt: number | undefined;
  #logSize: number;

  constructor(job: Job, folder: JobFolder, identity: ProcessIdentity, { isChild }: { isChild: boolean }) {
    this.#id = job.uuid;
    this.#cancel = kindOf(job).cancel;
    this.#attempt = job.attempts;
    this.#folder = folder;
    this.#identity = identity;
    this.isChild = isChild;
    this.#logSize = folder.logSize();
  }

  /** For a child of this server, which alone hears how it ended. */
  exited(exit: Exit): void {
    const starter = this.#folder.starter(this.#attempt);
    if (exit.code === doneByAnother && starter && starter.pid !== this.#identity.pid) {
      this.#identity = starter;
      this.isChild = false;
    } else this.#exit = exit;
  }

  /** In words; undefined while it works. */
  howItEnded(): string | undefined {
    if (this.isChild) return this.#exit?.words;
    return isAlive(this.#identity) ? undefined : 'from outside';
  }

  logGrew(): boolean {
    const before = this.#logSize;
    this.#folder.boundLog();
    this.#logSize = this.#folder.logSize();
    return this.#logSize !== before;
  }

  /** Asks it to end, and kills it when it does not; to be called again until it has. */
  end(): void {
    if (this.#endedAt === undefined) {
      this.#endedAt = Date.now();
      const signal = this.#cancel.asks === 'group' ? signalProcessGroup : signalProcess;
      signal(this.#identity, 'SIGTERM');
    } else if (Date.now() - this.#endedAt > this.#cancel.patience) this.endRest();
  }

  /** Kills it, or what it left running. */
  endRest(): void {
    signalProcessGroup(this.#identity, 'SIGKILL');
    killProcessesOf(this.#id);
  }
}
