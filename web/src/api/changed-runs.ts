/** Which runs the live feed named: for what keeps answers of its own, besides the query client. */

export type ChangedRuns = 'all' | readonly string[];

const listeners = new Set<(runs: ChangedRuns) => void>();

export function announceRuns(runs: ChangedRuns): void {
  if (runs.length > 0) for (const listener of listeners) listener(runs);
}

export function onChangedRuns(listener: (runs: ChangedRuns) => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
