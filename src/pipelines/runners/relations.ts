/** Whether the tables and views that tasks made are still there. */
import { existsSync } from 'node:fs';
import type { Task } from '../pipeline.ts';
import { databaseAddress } from './sql/database-address.ts';

/** Seconds; a database that does not answer is not asked again. */
const patience = 2;

/** Identifiers of those that are missing; what cannot be asked in a moment is trusted to be there. */
export async function missingRelations({ client, products }: Task, folder: string): Promise<string[]> {
  const relations = products.filter(({ kind }) => kind === 'relation').map(({ identifier }) => identifier);
  if (!client || !('uri' in client) || relations.length === 0) return [];
  const address = databaseAddress(client.uri, folder);
  if (address.kind !== 'postgresql') {
    if (!existsSync(address.file)) return relations;
    return address.kind === 'sqlite' ? missingInFile(address.file, relations) : [];
  }
  const { missingInPostgresql } = await import('./sql/postgresql-work.ts');
  const sql = new Bun.SQL(address.url, { max: 1, connectionTimeout: patience });
  try {
    return await missingInPostgresql(sql, relations);
  } catch {
    return [];
  } finally {
    await sql.close({ timeout: 0 });
  }
}

async function missingInFile(file: string, relations: readonly string[]): Promise<string[]> {
  const { Database } = await import('bun:sqlite');
  const { missingInSqlite } = await import('./sql/sqlite-work.ts');
  const database = new Database(file, { readonly: true });
  try {
    return missingInSqlite(database, relations);
  } finally {
    database.close();
  }
}
