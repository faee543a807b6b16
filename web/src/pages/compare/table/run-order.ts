/** Runs put in the order of what a row has of them. */
import { byValue } from '../../../components/value-order.ts';
import type { CompareRow } from './compare-rows.ts';

export type Direction = 'least' | 'greatest';

/** The places of the runs. What has no value or is no number stands last, and equal ones as they stood. */
export function orderBy({ cells, figures }: CompareRow, first: Direction): number[] {
  const sign = first === 'least' ? 1 : -1;
  const isNothing = (place: number): boolean =>
    figures ? figures[place] === undefined || Number.isNaN(figures[place]) : cells[place]?.whole === undefined;
  // Infinities have no distance.
  const compare = (a: number, b: number): number =>
    figures ? byFigure(figures[a] ?? 0, figures[b] ?? 0) : byValue(cells[a]?.whole ?? '', cells[b]?.whole ?? '');
  return [...cells.keys()].toSorted(
    (a, b) => Number(isNothing(a)) - Number(isNothing(b)) || (isNothing(a) ? 0 : sign * compare(a, b)),
  );
}

function byFigure(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}

/** Whether they stand so already, and not in both ways at once. */
export function isOrdered(row: CompareRow, first: Direction): boolean {
  const other = first === 'least' ? 'greatest' : 'least';
  const stands = (order: readonly number[]): boolean => order.every((place, i) => place === i);
  return stands(orderBy(row, first)) && !stands(orderBy(row, other));
}
