import type { Query, SqlValue } from '../common/sql.ts';

/**
 * The seam between the stores and a database. A store function takes a `Reader` when it only reads and a `Writer`
 * when it writes; the only way to a `Writer` is `Database.write`, so forgetting the transaction is a type error.
 */
export interface Reader {
  all<Row>(query: Query): Promise<Row[]>;
  first<Row>(query: Query): Promise<Row | undefined>;
  readonly dialect: Dialect;
}

export interface Writer extends Reader {
  run(query: Query): Promise<Changes>;
  /** The same statement once for each row of values: one preparation, one call. */
  runMany(text: string, rows: readonly (readonly SqlValue[])[]): Promise<void>;
  /** Says what a write changed; listeners of the database hear it when it is on disk. */
  changed(topic: Topic, id: string): void;
  /** Facts read in a transaction that can never change, such as the id of a name; forgotten on roll-back. */
  readonly memo: Map<string, number>;
}

/** What can change: an experiment itself, its runs (`activity`, by the experiment's id), a run, a registered model, an endpoint, a job. */
export type Topic = 'experiment' | 'activity' | 'run' | 'model' | 'endpoint' | 'job';
export type ChangedIds = Readonly<Record<Topic, ReadonlySet<string>>>;

export interface Changes {
  readonly changes: number;
  readonly lastInsertId: number;
}

/** The few places where SQLite and PostgreSQL say the same in other words. */
export interface Dialect {
  /** A 64-bit column read without loss: a number, or text beyond 2^53. */
  readonly int64: (column: string) => string;
  /** LIKE (case-sensitive) or ILIKE of the filter grammar: `%` for any text, `_` for one character. */
  readonly like: (column: string, pattern: string, caseSensitive: boolean) => Query;
  /** A set of integers after IN, bound as one value, so that the statement's text does not depend on their count. */
  readonly intSet: (ids: readonly (number | bigint)[]) => Query;
}

export interface Database {
  /** Runs reads on one snapshot. `work` awaits nothing but the reader. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /**
   * Runs writes that all happen or none, and resolves when they are on disk. Sessions that arrive together share one
   * transaction and one flush (group commit); a session that throws is rolled back alone. `work` awaits nothing but
   * the writer.
   */
  write<T>(work: (writer: Writer) => Promise<T>): Promise<T>;
  /** `listener` hears of every commit what it changed; what it returns ends that. */
  listen(listener: (changed: ChangedIds) => void): () => void;
  /** Whether another process has written since this was asked last; what it wrote, nobody says. */
  changedElsewhere(): boolean;
  close(): Promise<void>;
}

/** An int64 column as read through `Dialect.int64`. */
export function fromInt64Column(value: number | string): number | bigint {
  return typeof value === 'string' ? BigInt(value) : value;
}
