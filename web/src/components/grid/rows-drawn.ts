/** Rows drawn beyond the view on each side, so that a scroll of a frame shows no gap. */
const margin = 4;

/** The places of the rows in view and of those that are kept wherever they are, in order. */
export function rowsDrawn(first: number, last: number, count: number, kept: readonly number[]): number[] {
  const from = Math.max(0, Math.min(first, count - 1) - margin);
  const to = Math.min(count, last + margin);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
  const outside = new Set(kept.filter((row) => row >= 0 && row < count && (row < from || row >= to)));
  return outside.size === 0 ? places : [...places, ...outside].sort((a, b) => a - b);
}
