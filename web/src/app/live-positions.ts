/** Positions of the feed: `1b4e28ba-17`, the start of a server and a number that grows with its changes. */

/**
 * Where a stream that stands at `position` has to be opened again, so that a tab which heard nothing since `since` misses
 * nothing and nobody else does; undefined where all of that is still to come.
 */
export function openAgainFrom(position: string, since: string): string | undefined {
  const [start, number] = partsOf(position);
  const [startOfTab, numberOfTab] = partsOf(since);
  // Of two servers, or of none, nobody knows which is earlier: without a position everything is said to be old.
  if (start !== startOfTab) return '';
  return numberOfTab < number ? since : undefined;
}

function partsOf(position: string): [string, number] {
  const [start = '', number] = position.split('-');
  return [start, Number(number ?? 0)];
}
