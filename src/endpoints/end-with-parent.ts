/** For a process that must not outlive the one that started it, where the system does not see to it. */

/** Milliseconds between looks. */
const look = 1000;

export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    // The system gives an orphan another parent.
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, look).unref();
}
