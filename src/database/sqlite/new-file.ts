import { Database as Connection } from 'bun:sqlite';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { migrate } from './schema.ts';

/** Bytes 18 and 19 of the header say by which version of the format the file is written and read: 2 is with a WAL. */
const withWal = [18, 20] as const;

/** What SQLite would take for changes of the new file; where it makes the file itself it throws them away. */
const leftBehind = ['', '-wal', '-journal'];

/**
 * Makes a database that is missing: in memory, and then as one file that gets its name when all of it is on the disk. The
 * schema's statements in a file, and the switch to the WAL, take several flushes and three times as long.
 * Whatever prevents it is left to SQLite, which says what is wrong when it makes the file itself.
 * @returns whether it was made
 */
export function createFile(path: string): boolean {
  if (leftBehind.some((end) => existsSync(path + end))) return false;
  const beside = `${path}.new-${process.pid}`;
  try {
    writeDurably(beside, emptyDatabase(path));
    // Not a rename: what another process has made meanwhile stays. The entry of the folder is flushed with the WAL's.
    linkSync(beside, path);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(beside, { force: true });
  }
}

function emptyDatabase(path: string): Uint8Array {
  const made = new Connection(':memory:');
  try {
    migrate(made, path);
    return made.serialize().fill(2, ...withWal);
  } finally {
    made.close();
  }
}

function writeDurably(path: string, content: Uint8Array): void {
  const file = openSync(path, 'wx', 0o644);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
