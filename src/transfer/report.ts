/** What was and what was not brought, and why. */
export const kinds = [
  'experiment',
  'run',
  'logged_model',
  'registered_model',
  'model_version',
  'artifact_file',
] as const;
export type Kind = (typeof kinds)[number] | (string & {});

/** `brought` now, `there` before and the same, `differs` from what is there, `failed` to be read or written. */
export const outcomes = ['brought', 'there', 'differs', 'failed'] as const;
export type Outcome = (typeof outcomes)[number];

export interface ReportLine {
  readonly kind: Kind;
  readonly id: string;
  readonly outcome: Outcome | 'note';
  readonly reason: string;
}

export class Report {
  readonly counts: Record<string, Record<Outcome, number>> = {};
  /** What needs a word: all that was not brought, and notes. */
  readonly lines: ReportLine[] = [];

  count(kind: Kind, outcome: Outcome, times = 1): void {
    const counts = (this.counts[kind] ??= { brought: 0, there: 0, differs: 0, failed: 0 });
    counts[outcome] += times;
  }

  add(kind: Kind, id: string, outcome: 'differs' | 'failed', reason: string): void {
    this.count(kind, outcome);
    this.lines.push({ kind, id, outcome, reason });
  }

  /** Something that was brought in another form than it had, or that stays where it is. */
  note(kind: Kind, id: string, reason: string): void {
    this.lines.push({ kind, id, outcome: 'note', reason });
  }

  /** Of the experiments that were asked for, those that the source has not. */
  addUnknown(asked: readonly string[] | undefined, found: readonly string[]): void {
    for (const id of asked ?? []) if (!found.includes(id)) this.add('experiment', id, 'failed', 'there is none');
  }

  get isComplete(): boolean {
    return this.lines.every(({ outcome }) => outcome === 'note');
  }
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
