/** A SQL task on PostgreSQL. */
import type { SQL } from 'bun';
import { numberCell, Stamp, textCell, type Cell } from '../../../serving/batch/cells.ts';
import { sqlStatements } from '../../sources/text/sql-text.ts';
import { missingMessage, needsNoTransaction, type SqlWork } from './sql-work.ts';
import { TableFile } from './table-file.ts';

const batch = 5000;

export async function workOnPostgresql(work: SqlWork, url: string): Promise<void> {
  const sql = new Bun.SQL(url, { max: 1, bigint: true, connectionTimeout: 30 });
  try {
    const statements = sqlStatements(work.text);
    if (work.file === undefined && needsNoTransaction(statements)) {
      for (const statement of statements) await sql.unsafe(statement);
      await check(sql, work.relations);
    } else {
      await sql.begin(async (transaction) => {
        if (work.file !== undefined) return dump(transaction, statements, work.file);
        await transaction.unsafe(work.text);
        return check(transaction, work.relations);
      });
    }
  } finally {
    await sql.close({ timeout: 0 });
  }
}

async function check(sql: SQL, relations: readonly string[]): Promise<void> {
  const missing = await missingInPostgresql(sql, relations);
  if (missing.length > 0) throw new Error(missingMessage(missing));
}

export async function missingInPostgresql(sql: SQL, relations: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const relation of relations) {
    const [row] = await sql<{ found: boolean }[]>`SELECT to_regclass(${relation}) IS NOT NULL AS found`;
    if (row?.found !== true) missing.push(relation);
  }
  return missing;
}

interface Answer extends Array<Record<string, unknown>> {
  readonly columns: readonly { readonly name: string; readonly type: number }[];
}

/** By their numbers in PostgreSQL: what would lose digits on its way as a number or a date. */
const types = { date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700 };
const times: readonly number[] = [types.date, types.timestamp, types.timestamptz];

async function dump(sql: SQL, statements: readonly string[], path: string): Promise<void> {
  for (const statement of statements.slice(0, -1)) await sql.unsafe(statement);
  const query = statements.at(-1) ?? '';
  await sql.unsafe(`DECLARE modelyard_rows NO SCROLL CURSOR FOR ${query}`);
  const { columns } = (await sql.unsafe('FETCH 0 FROM modelyard_rows')) as Answer;
  const names = columns.map(({ name }) => name);
  if (columns.some(({ type }) => times.includes(type)) && new Set(names).size === names.length) {
    const list = columns.map(({ name, type }) => (times.includes(type) ? `${quoted(name)}::text` : quoted(name)));
    await sql.unsafe('CLOSE modelyard_rows');
    await sql.unsafe(`DECLARE modelyard_rows NO SCROLL CURSOR FOR SELECT ${list.join(', ')} FROM (${query}) AS q`);
  }
  const table = new TableFile(path, names);
  try {
    for (;;) {
      const rows = (await sql.unsafe(`FETCH ${batch} FROM modelyard_rows`).values()) as unknown[][];
      if (rows.length === 0) break;
      table.add(rows.map((row) => row.map((value, place) => cellOf(value, columns[place]?.type))));
    }
  } catch (error) {
    table.discard();
    throw error;
  }
  await table.finish();
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function cellOf(value: unknown, type: number | undefined): Cell {
  if (typeof value === 'bigint' || typeof value === 'number') return numberCell(value);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && type === types.numeric) return textCell(value);
  if (typeof value === 'string') return type === types.timestamp ? stampOf(value) : value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (value === null || value === undefined) return null;
  return value instanceof Date ? value.toISOString() : (JSON.parse(plainJson(value)) as Cell);
}

/** `2026-11-21 21:23:15.474195`; what lies outside of the usual years stays a text. */
function stampOf(text: string): Cell {
  const [, day, time, digits = ''] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d+))?$/.exec(text) ?? [];
  if (day === undefined) return text;
  return new Stamp(BigInt(Date.parse(`${day}T${time}Z`)) * 1_000_000n + BigInt(digits.padEnd(9, '0')));
}

/** Of arrays and JSON in the database. */
function plainJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? Number(inner) : inner));
}
