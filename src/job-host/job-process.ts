/** The process of a job: started so that it outlives this server, found again by a later one, ended with all it started. */
import { closeSync, openSync } from 'node:fs';
import { ownCommand } from '../common/own-command.ts';
import { signalGroup } from '../common/process-group.ts';
import { identityOf, type ProcessIdentity } from '../jobs/worker.ts';
import { startOf } from '../sdk/node/process-start.ts';

export interface StartedProcess {
  readonly identity: ProcessIdentity;
  /** How it ended, in words, with its exit code. */
  readonly exited: Promise<{ code: number | null; words: string }>;
}

/** @param command arguments of this same program */
export function startJobProcess(
  command: readonly string[],
  options: { cwd: string; log: string; env: Readonly<Record<string, string>> },
): StartedProcess {
  // To be appended to: a log that is cut while the process writes goes on at its new end.
  const log = openSync(options.log, 'a', 0o600);
  try {
    const child = Bun.spawn([...ownCommand(), ...command], {
      cwd: options.cwd,
      env: options.env,
      stdin: 'ignore',
      stdout: log,
      stderr: log,
      // A session of its own: neither the terminal's Ctrl+C nor the end of this server reaches it.
      detached: true,
    });
    child.unref();
    return {
      identity: identityOf(child.pid),
      exited: child.exited.then((code) => ({
        code: child.signalCode === null ? code : null,
        words: child.signalCode === null ? `with code ${code}` : `by ${child.signalCode}`,
      })),
    };
  } finally {
    closeSync(log);
  }
}

/** Sends a signal to the process alone, unless it has ended. */
export function signalProcess({ pid, startTime }: ProcessIdentity, signal: NodeJS.Signals): void {
  if (pid <= 1 || startOf(pid) !== startTime) return;
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/**
 * Sends a signal to the process and to all of its group, which are there also when the process itself is gone. The
 * number of a group is not given again while it has members, so only a later process of that number is to be spared.
 */
export function signalProcessGroup({ pid, startTime }: ProcessIdentity, signal: NodeJS.Signals): void {
  const now = startOf(pid);
  if (pid > 1 && (now === undefined || now === startTime)) signalGroup(pid, signal);
}
