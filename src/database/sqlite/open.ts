import { Database as Connection } from 'bun:sqlite';
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseError } from '../database-error.ts';
import { migrations, newestVersion, type Migration } from './migrations.ts';

/** `MyRd` in the header of the file says whose database it is. */
const applicationId = 0x4d795264;

const inMemory = ':memory:';

/** Opens the file for writing, durable on every commit; makes it and its folder when they are missing. */
export function openForWriting(path: string): Connection {
  if (path !== inMemory) {
    checkFile(path);
    refuseUnknown(path);
  }
  return guarded(path, () => {
    const opened = new Connection(path, { create: true, readwrite: true, strict: true });
    try {
      // First, because already the switch to the WAL may meet another process that opens the file.
      opened.run('PRAGMA busy_timeout = 10000');
      // FULL: a commit is on disk before it is answered. The WAL lets readers go on meanwhile.
      opened.run('PRAGMA journal_mode = WAL');
      opened.run('PRAGMA synchronous = FULL');
      opened.run('PRAGMA foreign_keys = ON');
      opened.run('PRAGMA cache_size = -16000');
      opened.run('PRAGMA wal_autocheckpoint = 4000');
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
    opened.run('PRAGMA busy_timeout = 10000');
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

function corrupt(path: string, detail: string, cause?: unknown): DatabaseError {
  return new DatabaseError(
    `${path} is not a database or is damaged (${detail}). It was left as it is. Restore it from a backup, or start with another file: --backend-store-uri sqlite:///PATH`,
    { cause },
  );
}

/** Milliseconds that another process may take to make or open the file. */
const longestLock = 10_000;

/**
 * Two processes that switch a new file to the WAL at the same moment are not made to wait by SQLite: one of them is told
 * at once that the file is locked, lest both wait for ever. So that one tries again.
 */
function guarded<T>(path: string, work: () => T): T {
  const end = Date.now() + longestLock;
  for (;;) {
    try {
      return work();
    } catch (cause) {
      if (!isLocked(cause) || Date.now() >= end) throw describe(path, cause);
      Bun.sleepSync(20);
    }
  }
}

function isLocked(cause: unknown): boolean {
  return cause instanceof Error && /database is locked/i.test(cause.message);
}

function describe(path: string, cause: unknown): Error {
  if (cause instanceof DatabaseError) return cause;
  const message = cause instanceof Error ? cause.message : String(cause);
  if (/malformed|not a database|corrupt/i.test(message)) return corrupt(path, message, cause);
  if (/full/i.test(message)) {
    return new DatabaseError(`The disk of ${path} is full. Free some space and start again; nothing was lost.`, {
      cause,
    });
  }
  if (/readonly|read-only|unable to open/i.test(message)) {
    return new DatabaseError(`Cannot write to the database ${path} (${message}). Check its permissions and its disk.`, {
      cause,
    });
  }
  return new DatabaseError(`Cannot open the database ${path}: ${message}`, { cause });
}

export interface SchemaState {
  /** 0 for a new, empty database. */
  readonly version: number;
  readonly newest: number;
  readonly pending: readonly string[];
}

/** What the file holds. Throws for another program's database, one that is damaged, and one of a newer Modelyard. */
export function schemaState(connection: Connection, path: string): SchemaState {
  const { version, owner, tables } = guarded(path, () => ({
    version: pragma(connection, 'user_version'),
    owner: pragma(connection, 'application_id'),
    tables: connection.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'").all(),
  }));
  if (owner !== applicationId && tables.length > 0) {
    const whose = tables.some((t) => t.name === 'alembic_version') ? 'an MLflow server' : 'another program';
    throw new DatabaseError(
      `${path} belongs to ${whose} and was left as it is. Give Modelyard a file of its own: --backend-store-uri sqlite:///PATH`,
    );
  }
  if (version > newestVersion) {
    throw new DatabaseError(
      `${path} has schema ${version}, newer than the ${newestVersion} this Modelyard knows. Upgrade Modelyard; the file was left as it is.`,
    );
  }
  return {
    version,
    newest: newestVersion,
    pending: migrations.filter((m) => m.version > version).map(titleOf),
  };
}

function titleOf({ version, name }: Migration): string {
  return `${String(version).padStart(4, '0')}-${name}`;
}

function pragma(connection: Connection, name: string): number {
  const row = connection.query<Record<string, number>, []>(`PRAGMA ${name}`).get();
  return row?.[name] ?? 0;
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
    connection.run('PRAGMA busy_timeout = 10000');
  }
}

/**
 * Applies the pending migrations, all or none.
 * @param onStep hears of each before it begins
 */
export function migrate(connection: Connection, path: string, onStep?: (step: string) => void): void {
  guarded(path, () => {
    connection.run('BEGIN IMMEDIATE');
    try {
      // Asked inside the transaction: another process may have migrated meanwhile.
      const { version } = schemaState(connection, path);
      for (const step of migrations.filter((m) => m.version > version)) {
        onStep?.(titleOf(step));
        connection.run(step.text);
        step.carryOver?.(connection);
        connection.run(`PRAGMA user_version = ${step.version}`);
      }
      connection.run(`PRAGMA application_id = ${applicationId}`);
      connection.run('COMMIT');
    } catch (error) {
      if (connection.inTransaction) connection.run('ROLLBACK');
      throw error;
    }
  });
}

/** SQLite's own check of every page and index; an empty list means a sound file. */
export function integrityProblems(connection: Connection, path: string): string[] {
  const rows = guarded(path, () => connection.query<{ integrity_check: string }, []>('PRAGMA integrity_check').all());
  return rows.map((row) => row.integrity_check).filter((text) => text !== 'ok');
}
