import { Database as Connection } from 'bun:sqlite';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseError } from '../database-error.ts';
import { busyTimeout } from './busy-timeout.ts';
import { corrupt, describe, guarded, isLocked } from './file-errors.ts';
import { createFile } from './new-file.ts';
import { schemaState } from './schema.ts';

const inMemory = ':memory:';

/** Opens the file for writing, durable on every commit; makes it and its folder when they are missing. */
export function openForWriting(path: string): Connection {
  if (path !== inMemory) {
    checkFile(path);
    if (!createFile(path)) refuseUnknown(path);
  }
  return guarded(path, () => {
    const opened = new Connection(path, { create: true, readwrite: true, strict: true });
    try {
      // First, because already the switch to the WAL may meet another process that opens the file.
      opened.run(`PRAGMA busy_timeout = ${busyTimeout}`);
      // FULL: a commit is on disk before it is answered. The WAL lets readers go on meanwhile.
      opened.run('PRAGMA journal_mode = WAL');
      opened.run('PRAGMA synchronous = FULL');
      opened.run('PRAGMA foreign_keys = ON');
      opened.run('PRAGMA cache_size = -16000');
      opened.run('PRAGMA wal_autocheckpoint = 4000');
      // Above what checkpoints let it come to, so that nothing is cut in the usual course, but after a long read.
      opened.run('PRAGMA journal_size_limit = 20000000');
      return opened;
    } catch (error) {
      opened.close();
      throw error;
    }
  });
}

/** A connection that cannot write, for reads beside the writer. */
export function openForReading(path: string): Connection {
  return guarded(path, () => {
    const opened = new Connection(path, { readonly: true, strict: true });
    opened.run(`PRAGMA busy_timeout = ${busyTimeout}`);
    opened.run('PRAGMA cache_size = -4000');
    opened.run('PRAGMA mmap_size = 268435456');
    return opened;
  });
}

function checkFile(path: string): void {
  const folder = dirname(resolve(path));
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const what = existsSync(path) ? `the database file ${path}` : `the folder ${folder}`;
    throw new DatabaseError(
      `Cannot write to ${what} (${(cause as NodeJS.ErrnoException).code ?? 'error'}). Give another place with --backend-store-uri sqlite:///PATH, or change the permissions.`,
      { cause },
    );
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new DatabaseError(
      `${path} is a folder, not a database file. Name a file: --backend-store-uri sqlite:///${path}/modelyard.db`,
    );
  }
  if (existsSync(path) && statSync(path).size > 0 && readHeader(path) !== 'SQLite format 3\0')
    throw corrupt(path, 'it has no SQLite header');
}

/** Looks before anything is written: even the switch to a WAL changes the bytes of a file that is not ours. */
function refuseUnknown(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const looking = openForReading(path);
  try {
    schemaState(looking, path);
  } finally {
    looking.close();
  }
}

function readHeader(path: string): string {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(16);
    readSync(file, header, 0, 16, 0);
    return header.toString('latin1');
  } finally {
    closeSync(file);
  }
}

/**
 * Throws while any other connection has the file open, such as that of a server. Each of them holds a lock that ends
 * with its process, and leaving the WAL for a moment is what none of them lets happen.
 */
export function requireAlone(connection: Connection, path: string): void {
  try {
    connection.run('PRAGMA busy_timeout = 500');
    connection.run('PRAGMA journal_mode = DELETE');
    connection.run('PRAGMA journal_mode = WAL');
  } catch (cause) {
    if (!isLocked(cause)) throw describe(path, cause);
    throw new DatabaseError(
      `${path} is open in another program. Stop the server that uses it, then run this again; nothing was changed.`,
      { cause },
    );
  } finally {
    connection.run(`PRAGMA busy_timeout = ${busyTimeout}`);
  }
}
