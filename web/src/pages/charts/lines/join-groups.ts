/** Lines of runs as lines of their groups, one for each metric. */
import { groupLine } from '../../../charts/line/group-lines.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import type { ChartRun } from '../chart-run.ts';
import type { Band, Centre } from '../chart-settings.ts';
import { groupLineId, type ChartGroup } from '../grouping.ts';
import { lineColour } from '../named-runs.ts';

/** @param lines of single runs; their ids are the run's and the metric */
export function joinGroups(
  lines: readonly ChartLine[],
  runs: readonly ChartRun[],
  groups: readonly ChartGroup[],
  metrics: readonly string[],
  { centre, band, places }: { readonly centre: Centre; readonly band: Band; readonly places?: number | undefined },
): ChartLine[] {
  const byId = new Map(lines.map((line) => [line.id, line]));
  const byGroup = Map.groupBy(runs, ({ group }) => group);
  const joined: ChartLine[] = [];
  for (const [order, metric] of metrics.entries()) {
    for (const [place, group] of groups.entries()) {
      const { label } = group;
      const members = (byGroup.get(place) ?? []).flatMap(({ id }) => byId.get(`${id} ${metric}`) ?? []);
      if (members.length === 0) continue;
      const colour = lineColour(group, metrics.length, order);
      const line = groupLine(members, {
        id: `${groupLineId({ label })} ${metric}`,
        label: metrics.length > 1 ? `${label} · ${metric}` : label,
        colour,
        centre,
        spread: band === 'members' ? 'none' : band,
        places,
      });
      joined.push({
        ...line,
        run: groupLineId({ label }),
        members: new Set(members.flatMap(({ run }) => run ?? [])),
      });
      if (band === 'members') joined.push(...members.map((one) => ({ ...one, colour, faint: true, live: false })));
    }
  }
  return joined;
}
