import type { Database as Connection, Statement } from 'bun:sqlite';
import { shellWord } from '../../common/shell-word.ts';
import { databaseLog } from '../../logging/loggers.ts';
import { RefusedWrites } from '../../logging/refused-writes.ts';
import { ApiError } from '../../protocol/errors.ts';
import type { ChangedIds, Database, Reader, Topic, Writer } from '../database.ts';
import { DatabaseError } from '../database-error.ts';
import { busyTimeout } from './busy-timeout.ts';
import { openForReading, openForWriting } from './open.ts';
import { migrate, schemaState } from './schema.ts';
import { SameFile } from './same-file.ts';
import { SqliteReader, SqliteWriter } from './sqlite-session.ts';

interface Session {
  readonly work: (writer: Writer) => Promise<unknown>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** How many sessions may share one commit; bounds how long a reader of the same thread waits. */
const sessionsInCommit = 1000;

type TransactionWords = ReturnType<typeof transactionWords>;

/** Prepared once, because `connection.run` would compile each of them for each request. */
function transactionWords(connection: Connection) {
  return {
    begin: connection.prepare('BEGIN IMMEDIATE'),
    commit: connection.prepare('COMMIT'),
    savepoint: connection.prepare('SAVEPOINT session'),
    release: connection.prepare('RELEASE session'),
    rollbackTo: connection.prepare('ROLLBACK TO session'),
  };
}

/** SQLite with one writing connection and group commit, and one reading connection beside it. */
export class SqliteDatabase implements Database {
  readonly #writing: Connection;
  readonly #writer: SqliteWriter;
  readonly #say: TransactionWords;
  readonly #reads: SqliteReads;
  readonly #file: SameFile;
  readonly #schemaVersion: number;
  readonly #refused = new RefusedWrites(databaseLog, 'the database');
  #queue: Session[] = [];
  #flushing = false;
  #drained: (() => void)[] = [];
  readonly #dataVersion: Statement<{ data_version: number }, []>;
  #versionSeen: number | undefined;
  readonly #listeners = new Set<(changed: ChangedIds) => void>();

  private constructor(writing: Connection, reading: Connection, file: SameFile, schemaVersion: number) {
    this.#schemaVersion = schemaVersion;
    this.#file = file;
    this.#writing = writing;
    this.#writer = new SqliteWriter(writing);
    this.#say = transactionWords(writing);
    this.#dataVersion = writing.prepare('PRAGMA data_version');
    this.#reads = new SqliteReads(reading);
  }

  /** Opens the file at `path`; a new one gets the schema, an older one must be upgraded by the user first. */
  static open(path: string): SqliteDatabase {
    const writing = openForWriting(path);
    const state = schemaState(writing, path);
    if (state.version === 0) migrate(writing, path);
    else if (state.pending.length > 0) {
      throw new DatabaseError(
        `${path} has schema ${state.version}; this Modelyard needs ${state.newest}. Back the file up, then run: modelyard db upgrade ${shellWord(`sqlite:///${path}`)}`,
      );
    }
    return new SqliteDatabase(writing, openForReading(path), new SameFile(path), state.newest);
  }

  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.#reads.read(work);
  }

  write<T>(work: (writer: Writer) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ work, resolve: resolve as (value: unknown) => void, reject });
      // After the sockets that are readable now have been read: what arrives together is committed together.
      if (!this.#flushing) {
        this.#flushing = true;
        setImmediate(() => void this.#flush());
      }
    });
  }

  async #flush(): Promise<void> {
    const sessions = this.#queue.splice(0, sessionsInCommit);
    const settle = await this.#commit(sessions);
    settle();
    if (this.#queue.length > 0) {
      setImmediate(() => void this.#flush());
    } else {
      this.#flushing = false;
      for (const done of this.#drained.splice(0)) done();
    }
  }

  /** Runs the sessions in one transaction; what it returns tells each how it ended, once that is certain. */
  async #commit(sessions: readonly Session[]): Promise<() => void> {
    const outcomes: (() => void)[] = [];
    const heard = (this.#writer.heard = this.#listeners.size > 0 ? [] : undefined);
    try {
      const problem = this.#file.problem();
      if (problem !== undefined) throw new LostFile(problem);
      this.#writer.wrote = false;
      this.#say.begin.run();
      for (const session of sessions) outcomes.push(await this.#runSession(session));
      this.#say.commit.run();
      if (this.#writer.wrote) this.#refused.worked();
      return () => {
        for (const outcome of outcomes) outcome();
        if (heard) this.#tell(heard);
      };
    } catch (cause) {
      this.#writer.memo.clear();
      if (this.#writing.inTransaction) this.#writing.run('ROLLBACK');
      const error = this.#cannotWrite(cause, sessions.length);
      return () => {
        for (const session of sessions) session.reject(error);
      };
    }
  }

  async #runSession({ work, resolve, reject }: Session): Promise<() => void> {
    this.#say.savepoint.run();
    const { heard, wrote } = this.#writer;
    const heardBefore = heard?.length ?? 0;
    try {
      const value = await work(this.#writer);
      this.#say.release.run();
      return () => {
        resolve(value);
      };
    } catch (error) {
      // A full disk ends the whole transaction; then nothing of this commit may be answered as done.
      if (!this.#writing.inTransaction) throw error;
      this.#say.rollbackTo.run();
      this.#say.release.run();
      this.#writer.memo.clear();
      heard?.splice(heardBefore);
      this.#writer.wrote = wrote;
      const reason = this.#cannotWrite(error, 1);
      return () => {
        reject(reason);
      };
    }
  }

  /** What callers hear of it; the log hears of the first. */
  #cannotWrite(cause: unknown, writes: number): unknown {
    const refusal = refusalOf(cause);
    if (!refusal) return cause;
    this.#refused.refused(refusal.reason, refusal.advice, writes);
    const again = cause instanceof LostFile ? '' : ' The request can be sent again.';
    return new ApiError('TEMPORARILY_UNAVAILABLE', `Nothing was written: ${refusal.reason}.${again}`, { cause });
  }

  /** Why writes are refused at the moment, such as a full disk; undefined while they are not. */
  refusesWrites(): string | undefined {
    return this.#file.problem() ?? this.#refused.reason(() => this.#tryToWrite());
  }

  /** The version as it is: one page, and nothing is changed. It waits for nobody; sessions under way tell as well. */
  #tryToWrite(): void {
    if (this.#flushing) return;
    this.#writing.run('PRAGMA busy_timeout = 0');
    try {
      this.#say.begin.run();
      this.#writing.run(`PRAGMA user_version = ${this.#schemaVersion}`);
      this.#say.commit.run();
      this.#refused.worked();
    } catch (cause) {
      if (this.#writing.inTransaction) this.#writing.run('ROLLBACK');
      this.#cannotWrite(cause, 0);
    } finally {
      this.#writing.run(`PRAGMA busy_timeout = ${busyTimeout}`);
    }
  }

  /** Gives back what both connections keep of the file; the system has it too. */
  shrink(): void {
    this.#writing.run('PRAGMA shrink_memory');
    this.#reads.shrink();
  }

  /** What a listener gets wrong must not keep later commits from running. */
  #tell(heard: NonNullable<SqliteWriter['heard']>): void {
    const changed: Record<Topic, Set<string>> = {
      experiment: new Set(),
      activity: new Set(),
      run: new Set(),
      model: new Set(),
      endpoint: new Set(),
      job: new Set(),
    };
    for (const { topic, id } of heard) changed[topic].add(id);
    for (const listener of this.#listeners) {
      try {
        listener(changed);
      } catch (error) {
        databaseLog.error('a listener of changes failed', error);
      }
    }
  }

  listen(listener: (changed: ChangedIds) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changedElsewhere(): boolean {
    // Commits of this connection itself leave the number as it is.
    const version = this.#dataVersion.get()?.data_version ?? 0;
    const changed = version !== this.#versionSeen;
    this.#versionSeen = version;
    return changed;
  }

  async close(): Promise<void> {
    if (this.#flushing) await new Promise<void>((resolve) => this.#drained.push(resolve));
    this.#reads.close();
    // The last connection to close moves the WAL into the file.
    this.#writing.close();
  }
}

/** Reads that are under way together share one snapshot: it opens with the first and ends with the last. */
export class SqliteReads {
  readonly #connection: Connection;
  readonly #reader: SqliteReader;
  #underWay = 0;

  constructor(connection: Connection) {
    this.#connection = connection;
    this.#reader = new SqliteReader(connection);
  }

  async read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    if (this.#underWay++ === 0) this.#connection.run('BEGIN');
    try {
      return await work(this.#reader);
    } finally {
      if (--this.#underWay === 0) this.#connection.run('COMMIT');
    }
  }

  shrink(): void {
    this.#connection.run('PRAGMA shrink_memory');
  }

  close(): void {
    this.#connection.close();
  }
}

function isSqliteError(error: unknown): error is Error & { code?: string } {
  return error instanceof Error && error.name === 'SQLiteError';
}

/** The file that is open is not the one at its path any more. */
class LostFile extends Error {}

interface Refusal {
  readonly reason: string;
  /** For the operator. */
  readonly advice: string;
}

const room = 'Make room on its disk; what was answered is safe, and writes go on by themselves.';

const refusals: Readonly<Record<string, Refusal>> = {
  SQLITE_FULL: { reason: 'the disk is full', advice: room },
  SQLITE_IOERR: {
    reason: 'the disk reported an error',
    advice: 'See what the system says of this disk, and whether it has room.',
  },
  SQLITE_READONLY: {
    reason: 'the database is read-only',
    advice: 'See who owns it and how its disk is mounted, then start the server again.',
  },
  SQLITE_BUSY: { reason: 'another process holds the database', advice: 'Writes go on when that lets go of it.' },
  SQLITE_CORRUPT: { reason: 'the database file is damaged', advice: 'See: modelyard db check' },
};

/** Undefined for what is no fault of the file or its disk. */
function refusalOf(cause: unknown): Refusal | undefined {
  if (cause instanceof LostFile) return { reason: cause.message, advice: 'Put it back, or start the server again.' };
  if (!isSqliteError(cause)) return undefined;
  return Object.entries(refusals).find(([code]) => cause.code?.startsWith(code))?.[1];
}
