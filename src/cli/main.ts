/** `modelyard <command>`: finds the command, runs it, turns errors into one clear line and an exit code. */
import { extname, resolve } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type * as Client from './client.ts';
import { clientCommandNames } from './client-command-names.ts';
import { CommandError, type Command } from './command.ts';
import { databaseCommand } from './db.ts';
import { exportCommand } from './export.ts';
import { gcCommand } from './gc.ts';
import { importCommand } from './import.ts';
import type * as Serve from './models/serve.ts';
import { serverCommand, uiCommand } from './server.ts';

const localCommands: readonly Command[] = [
  serverCommand,
  uiCommand,
  databaseCommand,
  gcCommand,
  importCommand,
  exportCommand,
];
const summaries = [...localCommands, ...clientCommandNames];

function help(): string {
  const width = Math.max(...summaries.map(({ name }) => name.length));
  const lines = summaries.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `Modelyard ${packageJson.version}: the ML lifecycle platform that speaks the MLflow API.

Usage: modelyard <command> [options]

${lines.join('\n')}

modelyard <command> --help tells a command's options.
`;
}

/** For commands that end: a server outlives whoever read what it prints. */
function endWithOutput(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    // A reader that has seen enough, such as `head`, is no failure.
    if (code === 'EPIPE') process.exit();
    process.stderr.write(`modelyard: the output cannot be written: ${message}\n`);
    process.exit(1);
  });
}

/** What talks to a server is a program of its own, so that a server holds none of it: `.ts` in src, `.js` in dist. */
async function clientCommands(): Promise<readonly Command[]> {
  const program = (await import(resolve(Bun.main, `../client${extname(Bun.main)}`))) as typeof Client;
  return program.clientCommands(packageJson.version, localCommands);
}

/** `models serve` stays, so it holds nothing of the other commands: its program is small. */
async function modelsServe(): Promise<Command> {
  const { serve } = (await import(resolve(Bun.main, `../models/serve${extname(Bun.main)}`))) as typeof Serve;
  const words = `models ${serve.name}`;
  return {
    name: words,
    summary: serve.summary,
    help: () => serve.help(words),
    run: ([, ...args]) => serve.run(words, args),
  };
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name !== 'server' && name !== 'ui') endWithOutput();
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === 'version') {
    process.stdout.write(`modelyard ${packageJson.version}\n`);
    return 0;
  }
  if (!summaries.some((known) => known.name === name)) {
    throw new CommandError(`no command '${name}'. Commands: ${summaries.map((c) => c.name).join(', ')}.`, 2);
  }
  const find = (known: Command): boolean => known.name === name;
  const isServe = name === 'models' && rest[0] === 'serve';
  const command = localCommands.find(find) ?? (isServe ? await modelsServe() : (await clientCommands()).find(find));
  if (!command) throw new Error(`${name} is not in the client's program`);
  // As in MLflow, -h HOST is the host; -h alone asks for help.
  if (rest.includes('--help') || rest.at(-1) === '-h') {
    process.stdout.write(command.help(rest));
    return 0;
  }
  return command.run(rest);
}

// Not awaited here: only a file without top-level await can be compiled to bytecode ahead of time.
main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // Errors that a user can mend say how; anything else is a fault of ours and shows where it happened. By name, because
    // the client's program has classes of its own.
    const known = error instanceof Error && ['CommandError', 'ConfigError', 'DatabaseError'].includes(error.name);
    process.stderr.write(
      `modelyard: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(known && error.name === 'CommandError' ? (error as CommandError).exitCode : 1);
  },
);
