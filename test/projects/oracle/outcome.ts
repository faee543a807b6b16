/** What a call of `run` leaves, in words that do not depend on who made it. */
export interface Outcome {
  readonly code: number;
  /** What the project found: its arguments, its folder, its environment. */
  readonly seen: readonly string[];
  /** In the order in which they began. */
  readonly runs: readonly RecordedRun[];
}

export interface RecordedRun {
  readonly experiment: string;
  readonly status: string;
  readonly ended: boolean;
  /** Why it failed, as a tag says that mlflow does not set. */
  readonly reason?: string;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}
