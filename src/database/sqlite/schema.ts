/** Whose database a file is, which schema it has, and how it gets the newest. */
import { Database as Connection } from 'bun:sqlite';
import { DatabaseError } from '../database-error.ts';
import { guarded } from './file-errors.ts';
import { migrations, newestVersion, type Migration } from './migrations.ts';

/** `MyRd` in the header of the file says whose database it is. */
const applicationId = 0x4d795264;

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
    tables: tableNames(connection),
  }));
  if (owner !== applicationId && tables.length > 0) {
    const isOfMlflow = tables.includes('alembic_version');
    const whose = isOfMlflow ? 'an MLflow server' : 'another program';
    const takeOver = isOfMlflow ? `. Take over what it holds: modelyard import ${path} --data DIR` : '';
    throw new DatabaseError(
      `${path} belongs to ${whose} and was left as it is. Give Modelyard a file of its own: --backend-store-uri sqlite:///PATH${takeOver}`,
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

function tableNames(connection: Connection): string[] {
  const tables = connection.query<{ name: string }, []>("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables.map(({ name }) => name);
}

/** Tables that no migration makes: another program took the file for its own. */
export function foreignTables(connection: Connection, path: string): string[] {
  using own = new Connection(':memory:');
  migrate(own, path);
  const names = new Set(tableNames(own));
  return guarded(path, () => tableNames(connection)).filter((name) => !names.has(name) && !name.startsWith('sqlite_'));
}

function titleOf({ version, name }: Migration): string {
  return `${String(version).padStart(4, '0')}-${name}`;
}

function pragma(connection: Connection, name: string): number {
  const row = connection.query<Record<string, number>, []>(`PRAGMA ${name}`).get();
  return row?.[name] ?? 0;
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
