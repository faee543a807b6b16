import type { Database as Connection, Statement } from 'bun:sqlite';
import type { Changes, Reader, Writer } from '../database.ts';
import type { Query, SqlValue } from '../../common/sql.ts';
import { sqliteDialect } from './sqlite-dialect.ts';

type Bindings = SqlValue[];

/** Statements of one connection, prepared once for each text. */
class Statements {
  readonly #connection: Connection;
  readonly #prepared = new Map<string, Statement>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  get(text: string): Statement {
    let statement = this.#prepared.get(text);
    if (!statement) {
      statement = this.#connection.prepare(text);
      // Composed searches have many texts; forget the oldest before they pile up.
      if (this.#prepared.size >= 500) this.#forgetOldest();
      this.#prepared.set(text, statement);
    }
    return statement;
  }

  #forgetOldest(): void {
    const [oldest] = this.#prepared;
    if (!oldest) return;
    oldest[1].finalize();
    this.#prepared.delete(oldest[0]);
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

  async run(query: Query): Promise<Changes> {
    const { changes, lastInsertRowid } = this.statements.get(query.text).run(...(query.values as Bindings));
    return { changes, lastInsertId: Number(lastInsertRowid) };
  }

  async runMany(text: string, rows: readonly (readonly SqlValue[])[]): Promise<void> {
    const statement = this.statements.get(text);
    for (const row of rows) statement.run(...(row as Bindings));
  }
}
