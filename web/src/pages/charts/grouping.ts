/** Runs with equal values under some columns are one group: charts draw its centre and how far its members spread. */
import type { Cell } from '../../api/run-table.ts';
import type { RunColour } from '../../charts/run-colour.ts';
import { byValue } from '../../components/value-order.ts';
import { titleOf } from '../runs/column-title.ts';
import { shownValue } from '../runs/shown-value.ts';
import type { RunValues } from './chart-run.ts';

export interface ChartGroup {
  /** `lr 0.1, optimizer adam`; a value that is missing is called so. */
  readonly label: string;
  /** By its place among the groups of the page, so that neighbours differ. */
  readonly colour: RunColour;
  readonly runIds: readonly string[];
}

/** What the line of a group is emphasised by, as that of a run is by its id. */
export function groupLineId({ label }: Pick<ChartGroup, 'label'>): string {
  return `group ${label}`;
}

/** In the order of their values; none while the values are not there. */
export function groupsOf(runIds: readonly string[], columns: readonly string[], values: RunValues): ChartGroup[] {
  if (columns.length === 0) return [];
  const rows = runIds.map((id) => ({ id, cells: columns.map((column) => values.at(id, column)) }));
  if (rows.some(({ cells }) => cells.includes(undefined))) return [];
  const byValues = Map.groupBy(rows, ({ cells }) => JSON.stringify(cells));
  return [...byValues.values()]
    .toSorted(([a], [b]) => compareCells(a?.cells ?? [], b?.cells ?? []))
    .map((members, place) => ({
      label: columns
        .map((name, i) => `${titleOf({ name, aggregate: 'last' })} ${written(members[0]?.cells[i])}`)
        .join(', '),
      colour: place,
      runIds: members.map(({ id }) => id),
    }));
}

function written(cell: Cell | undefined): string {
  return typeof cell === 'number' ? String(cell) : shownValue(cell);
}

type Cells = readonly (Cell | undefined)[];

/** By the first value that differs; a missing one comes last. */
function compareCells(a: Cells, b: Cells): number {
  const at = a.findIndex((cell, i) => cell !== b[i]);
  const [one, other] = [a[at] ?? undefined, b[at] ?? undefined];
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return byValue(String(one), String(other));
}
