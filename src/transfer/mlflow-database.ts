/** Reading an SQLite file of MLflow, whichever of its versions made it: what it has no column for is NULL. */
import { Database as Connection, type Statement } from 'bun:sqlite';
import type { SqlValue } from '../common/sql.ts';
import { sqliteDialect } from '../database/sqlite/sqlite-dialect.ts';

export type Row = Record<string, string | number | null>;

export class MlflowDatabase {
  readonly #connection: Connection;
  readonly #columns = new Map<string, ReadonlySet<string>>();
  readonly #statements = new Map<string, Statement<Row, SqlValue[]>>();

  constructor(path: string) {
    this.#connection = new Connection(path, { readonly: true, strict: true });
    this.#connection.run('PRAGMA busy_timeout = 10000');
    this.#connection.run('PRAGMA mmap_size = 268435456');
  }

  /** Whether a file holds MLflow's tables. */
  static isOne(path: string): boolean {
    const connection = new Connection(path, { readonly: true });
    try {
      const names = connection.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
      return ['experiments', 'runs', 'metrics'].every((table) => names.some(({ name }) => name === table)) && names.some(({ name }) => name === 'alembic_version'); // prettier-ignore
    } catch (error) {
      throw new Error(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
    } finally {
      connection.close();
    }
  }

  tables(): string[] {
    const names = this.#connection.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'");
    return names.all().map(({ name }) => name);
  }

  columnsOf(table: string): ReadonlySet<string> {
    let columns = this.#columns.get(table);
    if (!columns) {
      const rows = this.#connection.query<{ name: string }, [string]>('SELECT name FROM pragma_table_info(?)');
      columns = new Set(rows.all(table).map(({ name }) => name));
      this.#columns.set(table, columns);
    }
    return columns;
  }

  /** Rows with these columns; int64 ones, marked by `#`, beyond 2^53 are text. No row when there is no such table. */
  rows(table: string, columns: readonly string[], rest = '', values: readonly SqlValue[] = []): Row[] {
    const text = this.#text(table, columns, rest);
    return text === undefined ? [] : this.#statement(text).all(...values);
  }

  *each(table: string, columns: readonly string[], rest: string, values: readonly SqlValue[] = []): Generator<Row> {
    const text = this.#text(table, columns, rest);
    // Not kept, since others of this text may be read meanwhile.
    if (text !== undefined) yield* this.#connection.prepare<Row, SqlValue[]>(text).iterate(...values);
  }

  count(table: string, rest = ''): number {
    if (this.columnsOf(table).size === 0) return 0;
    return this.#connection.query<{ n: number }, []>(`SELECT count(*) AS n FROM "${table}" ${rest}`).get()?.n ?? 0;
  }

  close(): void {
    this.#connection.close();
  }

  #text(table: string, columns: readonly string[], rest: string): string | undefined {
    const known = this.columnsOf(table);
    if (known.size === 0) return undefined;
    const list = columns.map((column) => {
      const name = column.replace(/^#/, '');
      if (!known.has(name)) return `NULL AS ${name}`;
      return name === column ? name : `${sqliteDialect.int64(name)} AS ${name}`;
    });
    return `SELECT ${list.join(', ')} FROM "${table}" ${rest}`;
  }

  #statement(text: string): Statement<Row, SqlValue[]> {
    let statement = this.#statements.get(text);
    if (!statement) this.#statements.set(text, (statement = this.#connection.prepare<Row, SqlValue[]>(text)));
    return statement;
  }
}

export function text(row: Row, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}
