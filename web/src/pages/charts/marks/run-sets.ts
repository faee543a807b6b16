/** Runs by what they have under a column, by the groups of the page, or all of them in one. */
import type { RunColour } from '../../../charts/run-colour.ts';
import { byValue } from '../../../components/value-order.ts';
import { text } from '../../../text/chart-marks.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import type { ChartGroup } from '../grouping.ts';
import { titleOfColumn } from './run-numbers.ts';

export interface RunSet {
  readonly key: string;
  readonly name: string;
  readonly colour: RunColour;
  readonly runs: readonly ChartRun[];
}

/** @param by a column; empty: the groups of the page. Undefined where there are no groups. */
export function groupedRuns(
  runs: readonly ChartRun[],
  values: RunValues,
  groups: readonly ChartGroup[],
  by: string,
): readonly RunSet[] | undefined {
  if (by !== '') return byColumn(runs, values, by);
  if (groups.length === 0) return undefined;
  return groups.flatMap(({ label, colour }, place) => {
    const members = runs.filter(({ group }) => group === place);
    return members.length > 0 ? [{ key: label, name: label, colour, runs: members }] : [];
  });
}

export function oneSet(runs: readonly ChartRun[]): RunSet {
  return { key: '', name: text.allRuns, colour: 0, runs };
}

function byColumn(runs: readonly ChartRun[], values: RunValues, by: string): RunSet[] {
  const title = titleOfColumn(by);
  const sets = Map.groupBy(runs, ({ id }) => {
    const cell = values.at(id, by);
    return cell === undefined || cell === null ? undefined : String(cell);
  });
  return [...sets]
    .sort(([a], [b]) => Number(a === undefined) - Number(b === undefined) || byValue(a ?? '', b ?? ''))
    .map(([value, members], place) => ({
      key: value ?? '',
      name: value === undefined ? text.noValue(title) : `${title} ${value}`,
      colour: place,
      runs: members,
    }));
}
