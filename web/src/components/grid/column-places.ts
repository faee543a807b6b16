/** Where columns stand, and which of them are drawn. */
import type { GridColumn } from './grid-types.ts';

/** A column at its place. */
export interface PlacedColumn<Row> {
  readonly column: GridColumn<Row>;
  readonly index: number;
  /** Pixels from the left edge of the sheet. */
  readonly left: number;
  /** Stays in view when the rest scrolls sideways. */
  readonly pinned: boolean;
}

/** Columns drawn beyond the view on each side, in pixels. */
const margin = 160;
/** Pinned columns take no more of the width than this; further ones scroll with the rest. */
const mostPinned = 0.7;

/** Where each column begins; one item more says where the last one ends. */
export function leftsOf(columns: readonly { readonly width: number }[], start: number): number[] {
  const lefts = [start];
  for (const { width } of columns) lefts.push((lefts.at(-1) ?? 0) + width);
  return lefts;
}

/** How many of the columns that shall be pinned can be: on a phone they would cover all others. */
export function pinnedCount(lefts: readonly number[], wanted: number, width: number): number {
  let count = Math.min(wanted, lefts.length - 1);
  while (count > 1 && (lefts[count] ?? 0) > width * mostPinned) count--;
  return count;
}

interface Sideways {
  readonly left: number;
  readonly width: number;
}

/** The places of the pinned columns, of those in view and of those that are kept wherever they are, in order. */
export function placesDrawn(
  lefts: readonly number[],
  pinned: number,
  { left, width }: Sideways,
  kept: readonly number[],
): number[] {
  const places = new Set<number>();
  const [from, to] = [left + (lefts[pinned] ?? 0) - margin, left + width + margin];
  for (let i = 0; i < lefts.length - 1; i++) {
    const inView = (lefts[i + 1] ?? 0) > from && (lefts[i] ?? 0) < to;
    if (i < pinned || inView || kept.includes(i)) places.add(i);
  }
  return [...places];
}
