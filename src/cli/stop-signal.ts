/** The signals that stop what serves: SIGTERM, Ctrl+C, and SIGHUP of a terminal or an SSH session that is closed. */
import { readFileSync } from 'node:fs';

/** Milliseconds in which another signal means the same: npm hands a Ctrl+C on that the terminal has sent us too. */
const same = 500;

/** Resolves on the first signal; one that comes later ends the process at once. */
export function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | undefined;
    const stop = (): void => {
      first ??= performance.now();
      if (performance.now() - first > same) process.exit(130);
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      if (signal !== 'SIGHUP' || isHangupHeard()) process.on(signal, stop);
    }
  });
}

/** False where nohup has had it ignored, and where that cannot be told: a listener would undo what nohup did. */
function isHangupHeard(): boolean {
  try {
    const [, ignored] = /^SigIgn:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    // The lowest bit is signal 1.
    return ignored !== undefined && Number.parseInt(ignored.slice(-1), 16) % 2 === 0;
  } catch {
    return false;
  }
}
