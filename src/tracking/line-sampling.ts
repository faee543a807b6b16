/**
 * Thins a line for a chart without losing a peak: the range of x is cut into stretches, and of each the first, the
 * least, the greatest and the last point stay, and one that is no number, because it is a gap in the line.
 */

/** Which points stay, as places in ascending order; all of them when there are no more than `most`. */
export function sampledPlaces(x: ArrayLike<number>, y: ArrayLike<number>, most: number): number[] {
  const { length } = x;
  if (length <= most) return Array.from({ length }, (_, i) => i);
  const hasGaps = someGap(y);
  const stretches = Math.max(1, Math.floor(most / (hasGaps ? 5 : 4)));
  const start = x[0] ?? 0;
  const width = (x[length - 1] ?? 0) - start || 1;
  const stretchOf = (i: number): number =>
    Math.min(stretches - 1, Math.floor((((x[i] ?? 0) - start) / width) * stretches));
  const places: number[] = [];
  for (let from = 0; from < length;) {
    const stretch = stretchOf(from);
    let to = from + 1;
    while (to < length && stretchOf(to) === stretch) to++;
    keep(y, from, to, places);
    from = to;
  }
  return places;
}

function someGap(y: ArrayLike<number>): boolean {
  for (let i = 0; i < y.length; i++) if (!Number.isFinite(y[i])) return true;
  return false;
}

function keep(y: ArrayLike<number>, from: number, to: number, places: number[]): void {
  let [least, greatest, gap] = [-1, -1, -1];
  for (let i = from; i < to; i++) {
    const value = y[i] ?? NaN;
    if (!Number.isFinite(value)) {
      if (gap < 0) gap = i;
      continue;
    }
    if (least < 0 || value < (y[least] ?? 0)) least = i;
    if (greatest < 0 || value > (y[greatest] ?? 0)) greatest = i;
  }
  const kept = [from, least, greatest, gap, to - 1].filter((place) => place >= 0).sort((a, b) => a - b);
  for (const place of kept) if (places.at(-1) !== place) places.push(place);
}
