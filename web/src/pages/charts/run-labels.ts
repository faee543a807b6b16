import type { ChartRun } from './chart-run.ts';

/** As many signs of an id tell runs of one name apart. */
const idSigns = 6;

/** Runs of the same name with the beginning of their ids behind it. */
export function labelled<Run extends ChartRun>(runs: readonly Run[]): readonly Run[] {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { name } of runs) (seen.has(name) ? repeated : seen).add(name);
  if (repeated.size === 0) return runs;
  return runs.map((run) =>
    repeated.has(run.name) ? { ...run, label: `${run.name} · ${run.id.slice(0, idSigns)}` } : run,
  );
}
