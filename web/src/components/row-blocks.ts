/** Rows come into the document so many at a time: most frames of a scroll then draw nothing anew. */
export const rowBlock = 4;

/** The row that begins the block of the one at `place`, which may lie between two. */
export function blockStart(place: number): number {
  return Math.floor(place / rowBlock) * rowBlock;
}
