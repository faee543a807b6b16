export interface Command {
  readonly name: string;
  readonly summary: string;
  help(): string;
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
