/** Asks this same program something, in a process and a scratch folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownCommand } from '../common/own-command.ts';
import { identityOf } from '../jobs/worker.ts';
import { invalidParameter } from '../protocol/errors.ts';
import { signalProcessGroup } from './job-process.ts';

export interface Question {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds that it may take. */
  readonly longest: number;
  /** What a caller hears when the time is up. */
  readonly late: string;
  /** What stands before an error that has no words of its own. */
  readonly failed: string;
}

/** @returns the JSON that it printed @throws ApiError with what the program said */
export async function askProgram(question: Question): Promise<unknown> {
  // Its own, so that nothing is left of what it fetched when its time is up.
  const scratch = await mkdtemp(join(tmpdir(), 'modelyard-describe-'));
  try {
    return await answered(question, { cwd: scratch, env: { ...question.env, TMPDIR: scratch } });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function answered(question: Question, place: { cwd: string; env: Record<string, string> }): Promise<unknown> {
  const child = Bun.spawn([...ownCommand(), ...question.command], {
    ...place,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    // With what it starts, such as git, it is one group: all end when the time is up.
    detached: true,
  });
  const identity = identityOf(child.pid);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    signalProcessGroup(identity, 'SIGKILL');
  }, question.longest);
  const [code, out, error] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]).finally(() => clearTimeout(timer));
  if (late) throw invalidParameter(question.late);
  if (code === 0) return JSON.parse(out) as unknown;
  const said = error.slice(error.lastIndexOf('modelyard: ') + 'modelyard: '.length).trim();
  throw invalidParameter(error.includes('modelyard: ') ? said : `${question.failed}: ${error.trim()}`);
}
