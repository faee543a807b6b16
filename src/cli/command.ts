import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly help: string;
  /** Resolves to the process's exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** A mistake in the call, or a failure that the user can mend: one line, no stack. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Parses flags; an unknown or incomplete one is a usage error. */
export function parseFlags<const Options extends ParseArgsOptionsConfig>(
  command: string,
  args: readonly string[],
  options: Options,
  positionals = false,
) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: positionals, allowNegative: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. To specify')[0] ?? '') : String(error);
    throw new CommandError(`${reason}. See: modelyard ${command} --help`, 2);
  }
}
