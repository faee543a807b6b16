import { existsSync, statSync } from 'node:fs';
import { sqlitePath } from '../config/server-config.ts';
import { openForWriting, requireAlone } from '../database/sqlite/open.ts';
import { foreignTables, integrityProblems, migrate, schemaState } from '../database/sqlite/schema.ts';
import { CommandError, type Command } from './command.ts';
import { startPatience } from './patience.ts';

const help = `Usage: modelyard db upgrade [URI]
       modelyard db check [URI]

upgrade   brings the schema of a database up to this version, all steps or none; stop the server and back the file up
          first. It takes about as much free disk again as the file has, and refuses a file that is in use.
check     tells the schema's version and has every page and index of the file checked; names tables that other programs left

URI is sqlite:///PATH, a file, or the folder that the server got by --data; without it ./modelyard-data.

Example

  modelyard db check sqlite:////srv/modelyard/modelyard.db
`;

const places: ReadonlySet<string> = new Set(['--data', '--backend-store-uri']);

async function run(args: readonly string[]): Promise<number> {
  const [action, ...given] = args;
  // As the server takes them.
  const [uri = 'modelyard-data', ...more] = places.has(given[0] ?? '') ? given.slice(1) : given;
  if ((action !== 'upgrade' && action !== 'check') || uri.startsWith('-') || more.length > 0) {
    throw new CommandError(`db takes 'upgrade' or 'check' and perhaps a database. See: modelyard db --help`, 2);
  }
  const path = sqlitePath(uri);
  if (!existsSync(path)) throw new CommandError(`there is no database at ${path}`);
  if (statSync(path).size === 0) throw new CommandError(`${path} is empty: a server makes a database of it.`);
  const connection = openForWriting(path);
  try {
    return action === 'upgrade' ? await upgrade(connection, path) : check(connection, path);
  } finally {
    connection.close();
  }
}

async function upgrade(connection: ReturnType<typeof openForWriting>, path: string): Promise<number> {
  const { version, newest, pending } = schemaState(connection, path);
  if (pending.length === 0) {
    process.stdout.write(`${path} has schema ${version}, the newest. Nothing to do.\n`);
    return 0;
  }
  requireAlone(connection, path);
  for (const step of pending) process.stdout.write(`  ${step}\n`);
  const patience = await startPatience();
  try {
    migrate(connection, path, patience.at);
  } finally {
    patience.end();
  }
  process.stdout.write(`${path} now has schema ${newest}.\n`);
  return 0;
}

function check(connection: ReturnType<typeof openForWriting>, path: string): number {
  const { version, newest, pending } = schemaState(connection, path);
  process.stdout.write(
    `${path}\n  schema     ${version}${pending.length > 0 ? ` of ${newest}: run modelyard db upgrade` : ', the newest'}\n`,
  );
  // An older schema may have tables that the newest has no more.
  const foreign = pending.length === 0 ? foreignTables(connection, path) : [];
  if (foreign.length > 0) {
    process.stdout.write(
      `  foreign    ${foreign.join(', ')}: tables that another program made here, such as mlflow gc. Nothing of Modelyard uses them.\n`,
    );
  }
  const problems = integrityProblems(connection, path);
  process.stdout.write(
    problems.length === 0 ? '  integrity  ok\n' : `  integrity  ${problems.join('\n             ')}\n`,
  );
  return pending.length === 0 && problems.length === 0 ? 0 : 1;
}

export const databaseCommand: Command = { name: 'db', summary: 'upgrade or check a database', help: () => help, run };
