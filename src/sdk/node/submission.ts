/** A process of `modelyard run`, which tells how it goes by files in a folder. */
import type { ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { jobFiles, type JobResult, type JobRun } from '../../protocol/job-folder.ts';
import type { RunStatus } from '../../protocol/runs.ts';
import type { OnOutput, ProjectOutcome, SubmittedRun } from './submitted-run.ts';

/** What is kept of the output for `SubmittedRun.output`, in characters. */
const outputKept = 1_000_000;
const look = 50;

export class Submission implements SubmittedRun {
  readonly runId: Promise<string>;
  readonly #process: ChildProcess;
  readonly #outcome: Promise<ProjectOutcome>;
  #status: RunStatus = 'SCHEDULED';
  #output = '';
  #canceled = false;

  constructor(process: ChildProcess, folder: string, onOutput: OnOutput | undefined) {
    this.#process = process;
    for (const name of ['stdout', 'stderr'] as const) {
      process[name]?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-outputKept);
        onOutput?.(text, name);
      });
    }
    const ended = new Promise<void>((resolve, reject) => process.once('close', () => resolve()).once('error', reject));
    const begun = this.#begun(folder, ended);
    this.runId = begun.then(({ run_id }) => run_id);
    this.#outcome = this.#end(folder, ended, begun);
    // Who does not ask for them must not be ended by them.
    this.runId.catch(() => undefined);
    this.#outcome.catch(() => undefined);
  }

  get status(): RunStatus {
    return this.#status;
  }

  get output(): string {
    return this.#output;
  }

  wait(): Promise<ProjectOutcome> {
    return this.#outcome;
  }

  async cancel(): Promise<void> {
    this.#canceled = true;
    if (this.#process.exitCode === null) this.#process.kill('SIGTERM');
    await this.#outcome.catch(() => undefined);
  }

  async #begun(folder: string, ended: Promise<void>): Promise<JobRun> {
    let over = false;
    ended.then(
      () => (over = true),
      () => (over = true),
    );
    for (;;) {
      const last = over;
      const run = await read<JobRun>(join(folder, jobFiles.run));
      if (run) {
        if (this.#status === 'SCHEDULED') this.#status = 'RUNNING';
        return run;
      }
      if (last) {
        throw new Error(
          this.#canceled ? 'canceled before there was a run.' : await failureOf(folder, this.#output, ended),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, look));
    }
  }

  async #end(folder: string, ended: Promise<void>, begun: Promise<JobRun>): Promise<ProjectOutcome> {
    try {
      const { run_id: runId, experiment_id: experimentId } = await begun;
      await ended;
      const result = await read<JobResult>(join(folder, jobFiles.result));
      this.#status = result?.status || 'FAILED';
      const message = result?.message ?? 'its process was killed.';
      return { runId, experimentId, status: this.#status, message };
    } catch (error) {
      this.#status = this.#canceled ? 'KILLED' : 'FAILED';
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function failureOf(folder: string, output: string, ended: Promise<void>): Promise<string> {
  const reason = await ended.then(
    () => undefined,
    (error: Error) => error,
  );
  if (reason) return `modelyard cannot be started: ${reason.message}`;
  const result = await read<JobResult>(join(folder, jobFiles.result));
  return result?.message || output.trim().split('\n').at(-1) || 'the project could not be started.';
}

async function read<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
