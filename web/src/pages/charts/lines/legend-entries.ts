/** What the legend of a card names: its lines, and in their places those that the reader put away. */
import { useEffect, useMemo, useRef } from 'react';
import type { LegendEntry } from '../../../charts/line/chart-legend.tsx';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import { groupLineId, type ChartGroup } from '../grouping.ts';
import { lineColour } from '../named-runs.ts';
import { nameOf } from './line-names.ts';

const none: readonly LegendEntry[] = [];

/** @param named the runs of the page, those that were put away among them */
export function useLegendEntries(
  lines: readonly ChartLine[] | undefined,
  named: readonly ChartRun[],
  groups: readonly ChartGroup[],
  metrics: readonly string[],
  names: readonly string[],
  values: RunValues,
): readonly LegendEntry[] {
  // A line that was drawn a moment ago keeps its place while the values of its metric are on their way.
  const seen = useRef(new Set<string>());
  useEffect(() => {
    for (const { id } of lines ?? []) seen.current.add(id);
  }, [lines]);
  return useMemo(() => {
    if (!lines) return none;
    const drawn = lines.filter((line) => !line.faint);
    if (!named.some(({ putAway }) => putAway)) return drawn;
    const byId = new Map<string, LegendEntry>(drawn.map((line) => [line.id, line]));
    const isAway = (run: ChartRun, metric: string): boolean =>
      run.putAway === true &&
      (seen.current.has(`${run.id} ${metric}`) || (values.at(run.id, `metrics.${metric}`) ?? null) !== null);
    const byGroup = Map.groupBy(named, ({ group }) => group);
    return metrics.flatMap((metric, order) => {
      const entryOf = (
        {
          id,
          label,
          members,
          ...look
        }: Pick<LegendEntry, 'id' | 'label' | 'members'> & Pick<ChartRun, 'colour' | 'stroke'>,
        runs: readonly ChartRun[],
      ): readonly LegendEntry[] => {
        const line = byId.get(`${id} ${metric}`);
        if (line) return [line];
        const away = runs.filter((run) => isAway(run, metric));
        if (away.length === 0) return [];
        return [
          {
            id: `${id} ${metric}`,
            label: metrics.length > 1 ? `${label} · ${metric}` : label,
            colour: lineColour(look, metrics.length, order),
            run: id,
            ...(members && { members: new Set(away.map((run) => run.id)) }),
            putAway: true,
          },
        ];
      };
      return groups.length > 0
        ? groups.flatMap(({ label, colour, runIds }, place) =>
            entryOf({ id: groupLineId({ label }), label, colour, members: new Set(runIds) }, byGroup.get(place) ?? []),
          )
        : named.flatMap((run) => entryOf({ ...run, label: nameOf(run, names, values, groups) }, [run]));
    });
  }, [lines, named, groups, metrics, names, values]);
}
