/** A project cannot be run as it was asked for; the message says what to do. */
export class ProjectError extends Error {
  override readonly name = 'ProjectError';
  /** Of the command: 2 for a call that makes no sense, else 1. */
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}
