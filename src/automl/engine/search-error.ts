/** A search that cannot be made, or has no result; its message is for people. */
export class SearchError extends Error {
  override readonly name = 'SearchError';
  /** Of the search's run, once it is there. */
  readonly runId: string | undefined;

  constructor(message: string, runId?: string) {
    super(message);
    this.runId = runId;
  }
}
