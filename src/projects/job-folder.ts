/** What a job's process leaves for its host: that it began, its run, how it ended. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobFiles, type JobResult, type JobRun } from '../protocol/job-folder.ts';
import { startOf } from '../sdk/node/process-start.ts';

export class JobFolder {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Undefined when another process began this job. */
  static begin(folder: string): JobFolder | undefined {
    mkdirSync(folder, { recursive: true });
    const who = { pid: process.pid, startTime: startOf(process.pid) };
    try {
      writeFileSync(join(folder, jobFiles.started), JSON.stringify(who), { flag: 'wx', mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
      throw error;
    }
    return new JobFolder(folder);
  }

  run(run: JobRun): void {
    this.#write(jobFiles.run, run);
  }

  result(result: JobResult): void {
    this.#write(jobFiles.result, result);
  }

  /** Whole or not at all. */
  #write(name: string, value: object): void {
    const path = join(this.#folder, name);
    writeFileSync(`${path}.part`, JSON.stringify(value), { mode: 0o600 });
    renameSync(`${path}.part`, path);
  }
}
