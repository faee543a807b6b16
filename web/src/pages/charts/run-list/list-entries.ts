/** What the list of runs has in its lines: runs, and while they are grouped the head of each group above its runs. */
import type { TableRow } from '../../../api/run-table.ts';
import { groupLineId, type ChartGroup } from '../grouping.ts';

export interface GroupHead {
  readonly group: ChartGroup;
  readonly rows: readonly TableRow[];
}

/** `at`: its place among the runs, or that of the first below the head. */
export type ListEntry = (
  { readonly row: TableRow; readonly head?: undefined } | { readonly row?: undefined; readonly head: GroupHead }
) & { readonly at: number };

/** Runs of one group beside each other, else as they were. */
export function inGroups(rows: readonly TableRow[], groups: readonly ChartGroup[]): readonly TableRow[] {
  if (groups.length === 0) return rows;
  const places = placesOf(groups);
  return rows.toSorted((a, b) => (places.get(a.run_id) ?? 0) - (places.get(b.run_id) ?? 0));
}

/** @param rows in groups */
export function listEntries(rows: readonly TableRow[], groups: readonly ChartGroup[]): readonly ListEntry[] {
  const places = placesOf(groups);
  const byGroup = Map.groupBy(rows, (row) => places.get(row.run_id));
  const entries: ListEntry[] = [];
  let at = 0;
  for (const [place, members] of byGroup) {
    const group = groups[place ?? -1];
    if (group) entries.push({ head: { group, rows: members }, at });
    for (const row of members) entries.push({ row, at: at++ });
  }
  return entries;
}

export function keyOfEntry({ row, head }: ListEntry): string {
  return row ? row.run_id : groupLineId(head.group);
}

function placesOf(groups: readonly ChartGroup[]): ReadonlyMap<string, number> {
  return new Map(groups.flatMap(({ runIds }, place) => runIds.map((id) => [id, place] as const)));
}
