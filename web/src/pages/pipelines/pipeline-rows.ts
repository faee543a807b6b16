/** Pipelines as the list has them: the builds of one name in one experiment. */
import type { Build } from '../../api/pipelines.ts';
import { statusText } from '../../text/run-status.ts';

export interface PipelineRow {
  readonly key: string;
  readonly name: string;
  readonly experimentId: string;
  readonly experiment: string;
  /** Newest first, never empty. */
  readonly builds: readonly [Build, ...Build[]];
}

export function pipelineRows(
  builds: readonly Build[],
  experiments: readonly { readonly id: string; readonly name: string }[],
): PipelineRow[] {
  const names = new Map(experiments.map(({ id, name }) => [id, name]));
  const groups = Map.groupBy(builds, ({ experimentId, pipeline }) => `${experimentId} ${pipeline}`);
  return [...groups].flatMap(([key, [first, ...rest]]) =>
    first === undefined
      ? []
      : [
          {
            key,
            name: first.pipeline,
            experimentId: first.experimentId,
            experiment: names.get(first.experimentId) ?? first.experimentId,
            builds: [first, ...rest],
          },
        ],
  );
}

export const pipelineOrders = ['name', 'state', 'when', 'lasted', 'builds', 'experiment'] as const;
export type PipelineOrder = (typeof pipelineOrders)[number];

const values: Readonly<Record<PipelineOrder, (row: PipelineRow) => string | number>> = {
  name: ({ name }) => name,
  state: ({ builds: [last] }) => last.status,
  when: ({ builds: [last] }) => last.start,
  lasted: ({ builds: [last] }) => (last.end ?? last.start) - last.start,
  builds: ({ builds }) => builds.length,
  experiment: ({ experiment }) => experiment,
};

/** `churn-2` before `churn-10`. */
const byWords = new Intl.Collator(undefined, { numeric: true });

export function sortedPipelines(rows: readonly PipelineRow[], order: PipelineOrder, ascending: boolean): PipelineRow[] {
  const value = values[order];
  return rows.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    const by =
      typeof one === 'number' && typeof other === 'number' ? one - other : byWords.compare(String(one), String(other));
    return by === 0 ? byWords.compare(a.name, b.name) : ascending ? by : -by;
  });
}

/** Every word must stand somewhere in what the row shows. */
export function matchingPipelines(rows: readonly PipelineRow[], query: string): readonly PipelineRow[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ name, experiment, builds: [last] }) => {
    const shown = `${name} ${experiment} ${statusText(last.status)}`.toLowerCase();
    return words.every((word) => shown.includes(word));
  });
}
