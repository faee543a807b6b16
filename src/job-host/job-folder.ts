/** The folder of a job: its log, and of each attempt a folder in which the process says that it began, its run and its result. */
import { appendFileSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessIdentity } from '../jobs/worker.ts';
import { jobFiles, type JobResult, type JobRun } from '../protocol/job-folder.ts';

/** Bytes of a log, beyond which it is cut: a program may print for ever. */
const longestLog = 100_000_000;
const cutNote = '\n[modelyard: the log has 100 MB; what was written from here on is not kept]\n';

export class JobFolder {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  get log(): string {
    return join(this.#folder, 'log');
  }

  /** Where the process of an attempt works, and what it says in files. */
  make(attempt: number): { work: string; folder: string } {
    const work = join(this.#folder, 'work');
    const folder = this.#of(attempt);
    for (const path of [work, folder]) mkdirSync(path, { recursive: true, mode: 0o700 });
    return { work, folder };
  }

  /** Who does an attempt: made exclusively, before anything else, so that it is done by one process alone. */
  starter(attempt: number): ProcessIdentity | undefined {
    return readJson(join(this.#of(attempt), jobFiles.started));
  }

  run(attempt: number): JobRun | undefined {
    return readJson(join(this.#of(attempt), jobFiles.run));
  }

  /** Of the latest attempt before this one that had a run. */
  runBefore(attempt: number): JobRun | undefined {
    for (let earlier = attempt - 1; earlier > 0; earlier--) {
      const run = this.run(earlier);
      if (run) return run;
    }
    return undefined;
  }

  /** The last thing that an attempt leaves. */
  result(attempt: number): JobResult | undefined {
    return readJson(join(this.#of(attempt), jobFiles.result));
  }

  /** A line of the server's in the log. */
  note(text: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    appendFileSync(this.log, `[modelyard: ${text}]\n`);
  }

  logSize(): number {
    return statSync(this.log, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** The process writes at the end of the file, wherever that is. */
  boundLog(): void {
    const whole = longestLog + cutNote.length;
    const size = this.logSize();
    if (size <= whole) return;
    truncateSync(this.log, longestLog);
    appendFileSync(this.log, cutNote);
  }

  /** So that the attempt can begin anew. */
  forget(attempt: number): void {
    rmSync(this.#of(attempt), { recursive: true, force: true });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #of(attempt: number): string {
    return join(this.#folder, `attempt-${attempt}`);
  }
}

/** Undefined for what is not there, or not whole. */
function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
