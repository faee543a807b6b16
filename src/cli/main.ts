/** `modelyard <command>`: finds the command, runs it, turns errors into one clear line and an exit code. */
import packageJson from '../../package.json' with { type: 'json' };
import { CommandError, type Command } from './command.ts';
import { databaseCommand } from './db.ts';
import { serverCommand, uiCommand } from './server.ts';

const commands: readonly Command[] = [serverCommand, uiCommand, databaseCommand];

function help(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return `Modelyard ${packageJson.version}: the ML lifecycle platform that speaks the MLflow API.

Usage: modelyard <command> [options]

${lines.join('\n')}

modelyard <command> --help tells a command's options.
`;
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === 'version') {
    process.stdout.write(`modelyard ${packageJson.version}\n`);
    return 0;
  }
  const command = commands.find((known) => known.name === name);
  if (!command) throw new CommandError(`no command '${name}'. Commands: ${commands.map((c) => c.name).join(', ')}.`, 2);
  // As in MLflow, -h HOST is the host; -h alone asks for help.
  if (rest.includes('--help') || rest.at(-1) === '-h') {
    process.stdout.write(command.help());
    return 0;
  }
  return command.run(rest);
}

// Not awaited here: only a file without top-level await can be compiled to bytecode ahead of time.
main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    // Errors that a user can mend say how; anything else is a fault of ours and shows where it happened.
    const known =
      error instanceof CommandError ||
      (error instanceof Error && ['ConfigError', 'DatabaseError'].includes(error.name));
    process.stderr.write(
      `modelyard: ${known ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(error instanceof CommandError ? error.exitCode : 1);
  },
);
