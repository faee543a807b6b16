/** A SQL task on SQLite. */
import { Database } from 'bun:sqlite';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { numberCell, type Cell } from '../../../serving/batch/cells.ts';
import { sqlStatements } from '../../sources/text/sql-text.ts';
import { missingMessage, needsNoTransaction, type SqlWork } from './sql-work.ts';
import { TableFile } from './table-file.ts';

const batch = 1000;
/** Milliseconds to wait for another task that writes there. */
const patience = 600_000;

export async function workOnSqlite(work: SqlWork, file: string): Promise<void> {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file, { create: true, readwrite: true, safeIntegers: true });
  try {
    database.run(`PRAGMA busy_timeout = ${patience}`);
    const statements = sqlStatements(work.text);
    const inTransaction = !needsNoTransaction(statements);
    if (inTransaction) database.run('BEGIN IMMEDIATE');
    if (work.file === undefined) {
      database.run(work.text);
      const missing = missingInSqlite(database, work.relations);
      if (missing.length > 0) throw new Error(missingMessage(missing));
    } else await dump(database, statements, work.file);
    if (inTransaction) database.run('COMMIT');
  } finally {
    // What is not committed is undone.
    database.close();
  }
}

export function missingInSqlite(database: Database, relations: readonly string[]): string[] {
  return relations.filter((relation) => {
    try {
      database.query(`SELECT 1 FROM ${relation} WHERE 1 = 0`).all();
      return false;
    } catch {
      return true;
    }
  });
}

async function dump(database: Database, statements: readonly string[], path: string): Promise<void> {
  for (const statement of statements.slice(0, -1)) database.run(statement);
  const query = database.prepare(statements.at(-1) ?? '');
  const table = new TableFile(path, query.columnNames);
  try {
    let rows: Cell[][] = [];
    for (const row of query.iterate() as Iterable<Record<string, unknown>>) {
      if (rows.push(query.columnNames.map((name) => cellOf(row[name]))) === batch) {
        table.add(rows);
        rows = [];
      }
    }
    table.add(rows);
  } catch (error) {
    table.discard();
    throw error;
  }
  await table.finish();
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'bigint' || typeof value === 'number') return numberCell(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'string' ? value : null;
}
