import { statSync } from 'node:fs';

/**
 * The processes that have the database open beside this one, as far as the system tells: on Linux, of one machine and
 * one container. Whoever uses a WAL holds a lock on byte 128 of the file beside it for as long as it is open.
 */
export async function otherPrograms(path: string): Promise<number[]> {
  const file = statSync(`${path}-shm`, { throwIfNoEntry: false });
  if (process.platform !== 'linux' || !file) return [];
  const found = new Set<number>();
  for (const [, pid, major, minor, inode] of (await locks()).matchAll(
    / (\d+) ([\da-f]+):([\da-f]+):(\d+) 128 128$/gm,
  )) {
    const isSame = Number(inode) === file.ino && device(major, minor) === file.dev;
    if (isSame && Number(pid) > 0 && Number(pid) !== process.pid) found.add(Number(pid));
  }
  return [...found];
}

/** The system halts every taker of a lock until it has the list together: ten milliseconds. */
async function locks(): Promise<string> {
  try {
    return await Bun.file('/proc/locks').text();
  } catch {
    return '';
  }
}

/** The number of a device as `stat` gives it. */
function device(major = '', minor = ''): number {
  const [high, low] = [parseInt(major, 16), parseInt(minor, 16)];
  return (high << 8) | (low & 0xff) | ((low & ~0xff) << 12);
}
