/** Rows below which it is not for them that it took long. */
const many = 10_000;

/** What to do when the time did not suffice. @param rows undefined where they are not counted yet */
export function moreTime(rows: number | undefined): string {
  if (rows === undefined) return 'Give a longer --timeout, or, where there are many rows, fewer of them.';
  return rows < many ? 'Give a longer --timeout.' : 'Give a longer --timeout, or fewer rows.';
}

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
