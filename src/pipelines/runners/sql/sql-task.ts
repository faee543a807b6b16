/** A query, or a script of SQL: its template is filled in here, and another process runs it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { ownCommand } from '../../../common/own-command.ts';
import { TaskError, type TaskRun } from '../../pipeline.ts';
import { parseTemplate } from '../../sources/template/template.ts';
import { sqlStatements, sqlValue } from '../../sources/text/sql-text.ts';
import { runSqlInPython } from '../python-task.ts';
import { runProcess } from '../task-process.ts';
import { templateValues } from '../template-values.ts';
import { databaseAddress, type Address } from './database-address.ts';
import type { SqlWork } from './sql-work.ts';

/** @param scratch a folder that goes with the task */
export async function runSql(run: TaskRun, scratch: string): Promise<void> {
  const { task, pipeline } = run;
  const { client } = task;
  const text = rendered(run);
  const relations = task.products.filter(({ kind }) => kind === 'relation').map(({ identifier }) => identifier);
  const [product] = task.products.filter(({ kind }) => kind !== 'relation');
  const file = product && relations.length === 0 ? resolve(pipeline.folder, product.identifier) : undefined;
  const address = client && 'uri' in client ? addressOf(client.uri, pipeline.folder) : undefined;
  if (address && address.kind !== 'duckdb') {
    return runProgram(run, { address, text, relations, file, error: join(scratch, 'error.txt') }, scratch);
  }
  if (address) mkdirSync(dirname(address.file), { recursive: true });
  await runSqlInPython(run, { duckdb: address?.file, statements: sqlStatements(text), relations, file });
}

function rendered(run: TaskRun): string {
  const { task, pipeline } = run;
  try {
    return parseTemplate(readFileSync(resolve(pipeline.folder, task.source), 'utf8')).render(
      templateValues(run),
      sqlValue,
    );
  } catch (error) {
    if (error instanceof SyntaxError) throw new TaskError(`${task.source}, ${error.message}`);
    throw error;
  }
}

function addressOf(uri: string, folder: string): Address {
  try {
    return databaseAddress(uri, folder);
  } catch (error) {
    if (error instanceof SyntaxError) throw new TaskError(error.message);
    throw error;
  }
}

async function runProgram(
  { task, pipeline, environment, onOutput, signal }: TaskRun,
  work: SqlWork,
  scratch: string,
): Promise<void> {
  const given = join(scratch, 'work.json');
  writeFileSync(given, JSON.stringify(work));
  const command = [...ownCommand(programPath()), given];
  const end = await runProcess(command, { cwd: pipeline.folder, environment, onOutput, signal });
  if (end.failure === undefined) return;
  const told = existsSync(work.error) ? readFileSync(work.error, 'utf8') : `It ${end.failure}.\n${end.tail}`;
  throw new TaskError(`${task.source}: ${told}`.trim());
}

/** `sql-program.ts` in src, `sql-program.js` in dist. */
function programPath(): string {
  return resolve(Bun.main, `../../pipelines/runners/sql/sql-program${extname(Bun.main)}`);
}
