/** Programs that are groups of their own (`detached`): what they start is ended with them. */

/** Signals a program and all that it has started. @returns false when none of them is there any more */
export function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

/** Words before a command: Linux then tells it at once when its parent is gone, however that ended. */
export function endsWithParent(): string[] {
  const setpriv = process.platform === 'linux' ? Bun.which('setpriv') : null;
  return setpriv === null ? [] : [setpriv, '--pdeathsig', 'TERM', '--'];
}
