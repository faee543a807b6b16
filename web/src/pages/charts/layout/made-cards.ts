/** The cards that the page makes by itself: one for each metric that the runs have. */
import { byKey } from '../../../api/run.ts';
import type { ListedMetric } from '../../../api/run-list.ts';
import type { CardKind, CardSpec } from '../card-spec.ts';

/** Lines first; of a metric of single values a bar for each run, or the figure where there is but one run. */
export function madeCards(metrics: readonly ListedMetric[], runs: number, kinds: ReadonlySet<CardKind>): CardSpec[] {
  const single = (runs === 1 ? (['number', 'bar'] as const) : (['bar', 'number'] as const)).find((kind) =>
    kinds.has(kind),
  );
  const lines = (one: ListedMetric): number => (one.line ? 0 : 1);
  return byKey(metrics)
    .toSorted((a, b) => lines(a) - lines(b))
    .flatMap(({ key, line }): CardSpec[] => {
      const kind = line ? 'line' : single;
      if (kind === undefined || !kinds.has(kind)) return [];
      // The kind of a single value changes with the number of runs, its id does not: a layout stays true.
      return [{ id: `${line ? 'line' : 'value'}:${key}`, kind, columns: [`metrics.${key}`], options: {} }];
    });
}
