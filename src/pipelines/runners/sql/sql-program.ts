/** Does one SQL task in a process of its own, so that it can be ended at any time. Called with the work as a file of JSON. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { SqlWork } from './sql-work.ts';

async function main(): Promise<void> {
  const work = JSON.parse(readFileSync(Bun.argv[2] ?? '', 'utf8')) as SqlWork;
  const { address } = work;
  try {
    if (address.kind === 'sqlite') await (await import('./sqlite-work.ts')).workOnSqlite(work, address.file);
    if (address.kind === 'postgresql') await (await import('./postgresql-work.ts')).workOnPostgresql(work, address.url);
  } catch (error) {
    writeFileSync(work.error, told(error, work.text));
    process.exitCode = 1;
  }
}

/** With the line of the query, where the database says it. */
function told(error: unknown, text: string): string {
  if (!(error instanceof Error)) return String(error);
  const { position, detail, hint } = error as { position?: string; detail?: string; hint?: string };
  const place = Number(position);
  const line = place > 0 ? text.slice(0, place - 1).split('\n').length : 0;
  const words = [error.message, line > 0 ? `line ${line}: ${text.split('\n')[line - 1]?.trim()}` : '', detail, hint];
  return words.filter(Boolean).join('\n');
}

void main();
