import type { Database as Connection, Statement } from 'bun:sqlite';
import type { Changes, Reader, Topic, Writer } from '../database.ts';
import type { Query, SqlValue } from '../../common/sql.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

type Bindings = SqlValue[];
type Prepared = Statement<unknown, Bindings>;

/** Composed searches have many texts; what was not used since so many others is forgotten. */
const statementsKept = 250;

/** Statements of one connection, prepared once for each text: those used lately, and those used before them. */
class Statements {
  readonly #connection: Connection;
  #lately = new Map<string, Prepared>();
  #before = new Map<string, Prepared>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(text: string): Prepared {
    return this.#lately.get(text) ?? this.#keep(text);
  }

  #keep(text: string): Prepared {
    const statement = this.#before.get(text) ?? this.#connection.prepare<unknown, Bindings>(text);
    this.#before.delete(text);
    if (this.#lately.size >= statementsKept) {
      for (const forgotten of this.#before.values()) forgotten.finalize();
      this.#before = this.#lately;
      this.#lately = new Map();
    }
    this.#lately.set(text, statement);
    return statement;
  }
}

export class SqliteReader implements Reader {
  readonly dialect = sqliteDialect;
  protected readonly statements: Statements;

  constructor(connection: Connection) {
    this.statements = new Statements(connection);
  }

  async all<Row>(query: Query): Promise<Row[]> {
    return this.statements.get(query.text).all(...(query.values as Bindings)) as Row[];
  }

  async first<Row>(query: Query): Promise<Row | undefined> {
    return (this.statements.get(query.text).get(...(query.values as Bindings)) as Row | null) ?? undefined;
  }
}

export class SqliteWriter extends SqliteReader implements Writer {
  readonly memo = new Map<string, number>();
  /** What the sessions of this commit said they changed; undefined while nobody listens. */
  heard: { topic: Topic; id: string }[] | undefined;

  /** Whether this commit changed a row. */
  wrote = false;

  changed(topic: Topic, id: string): void {
    this.heard?.push({ topic, id });
  }

  async run(query: Query): Promise<Changes> {
    const { changes, lastInsertRowid } = this.statements.get(query.text).run(...(query.values as Bindings));
    if (changes > 0) this.wrote = true;
    return { changes, lastInsertId: Number(lastInsertRowid) };
  }

  async runMany(text: string, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const statement = this.statements.get(text);
    for (const row of rows) statement.run(...(row as Bindings));
    if (rows.length > 0) this.wrote = true;
  }
}
