/** How the values of a column are put in order, on an axis or in a legend. */

const natural = new Intl.Collator(undefined, { numeric: true });

/** Numbers by their size, texts as people sort them. */
export function byValue(a: string, b: string): number {
  const distance = Number(a) - Number(b);
  return Number.isNaN(distance) ? natural.compare(a, b) : distance;
}

/** A span of a hundred times and more is easier to see by powers of ten. */
export function isWide(low: number, high: number): boolean {
  return low > 0 && high / low >= 100;
}
