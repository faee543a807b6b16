/** What goes wrong with a database file, in words that say what to do. */
import { DatabaseError } from '../database-error.ts';

export function corrupt(path: string, detail: string, cause?: unknown): DatabaseError {
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
export function guarded<T>(path: string, work: () => T): T {
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

export function isLocked(cause: unknown): boolean {
  return cause instanceof Error && /database is locked/i.test(cause.message);
}

export function describe(path: string, cause: unknown): Error {
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
