import { Database as Connection } from 'bun:sqlite';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { databaseLog } from '../../logging/loggers.ts';
import { busyTimeout } from './busy-timeout.ts';
import { describe } from './file-errors.ts';
import { migrate } from './schema.ts';

/** Bytes 18 and 19 of the header say by which version of the format the file is written and read: 2 is with a WAL. */
const withWal = [18, 20] as const;

/** Files beside a database that hold changes of it. */
const ends = ['-wal', '-journal'];

/**
 * Makes a database that is missing: in memory, and then as one file that gets its name when all of it is on the disk. The
 * schema's statements in a file, and the switch to the WAL, take several flushes and three times as long.
 * Whatever prevents it is left to SQLite, which says what is wrong when it makes the file itself.
 * @returns whether it was made
 */
export function createFile(path: string): boolean {
  if (existsSync(path)) return false;
  if (leftBeside(path).length > 0) putAside(path);
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

function leftBeside(path: string): string[] {
  return ends.map((end) => path + end).filter((file) => sizeOf(file) > 0);
}

/**
 * SQLite would take what is left for changes of the new file, or throw it away. One process at a time moves it, lest the
 * next one moves the new WAL of the first.
 */
function putAside(path: string): void {
  const name = `${path}.lock`;
  const lock = new Connection(name);
  try {
    // SQLite's lock of an empty file: it ends with its process.
    lock.run(`PRAGMA busy_timeout = ${busyTimeout}`);
    lock.run('BEGIN EXCLUSIVE');
    // Looked for first: those of a database that another process made meanwhile came after its file.
    const left = leftBeside(path);
    if (!existsSync(path)) for (const file of left) moveAside(file);
    rmSync(name, { force: true });
  } catch (cause) {
    // Whoever waited for a lock that is gone finds the work done.
    if (!existsSync(path) && leftBeside(path).length > 0) throw describe(path, cause);
  } finally {
    lock.close();
  }
}

function moveAside(file: string): void {
  const aside = `${file}.left-${Date.now()}`;
  renameSync(file, aside);
  databaseLog.warn(
    `${file} belongs to a database that is not there any more; it is ${aside} now. A new database is made.`,
  );
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
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
