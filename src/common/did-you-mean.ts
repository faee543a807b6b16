/** What somebody who wrote a name wrong most likely meant. */

/** ` Did you mean 'product'?`, or nothing when no name is near. */
export function didYouMean(written: string, known: Iterable<string>): string {
  let best: string | undefined;
  let least = Infinity;
  for (const name of known) {
    const distance = distanceOf(written.toLowerCase(), name.toLowerCase());
    if (distance < least && distance <= mostEdits(written, name)) [best, least] = [name, distance];
  }
  return best === undefined ? '' : ` Did you mean '${best}'?`;
}

/** Two edits make any name of two letters of another; what is one letter is near to nothing. */
function mostEdits(written: string, name: string): number {
  const shorter = Math.min(written.length, name.length);
  if (shorter < 2) return 0;
  return shorter <= 3 ? 1 : Math.max(2, Math.floor(written.length / 3));
}

/** Letters to add, take away, change, or swap with their neighbour. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}
