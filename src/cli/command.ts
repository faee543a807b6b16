export interface Command {
  readonly name: string;
  readonly summary: string;
  /** @param args of the call, which may name one of the command's own */
  help(args: readonly string[]): string;
  /** Resolves to the process's exit code. */
  run(args: readonly string[]): Promise<number>;
}

/** A mistake in the call, or a failure that the user can mend: one line, no stack. */
export class CommandError extends Error {
  // Told by its name: the programs of the command line have a class of their own each.
  override readonly name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
