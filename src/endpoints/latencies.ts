/** How long requests took, as a histogram of few numbers: four buckets for each doubling, so values are true to 10 %. */

const perDoubling = 4;
/** Milliseconds of the first bucket; what is faster counts as this. */
const least = 0.05;
/** Up to some 200 s; what is slower counts as this. */
const buckets = 88;

export type Latencies = Map<number, number>;

export function addLatency(latencies: Latencies, milliseconds: number): void {
  const bucket = Math.round(Math.log2(Math.max(milliseconds, least) / least) * perDoubling);
  const kept = Math.min(bucket, buckets);
  latencies.set(kept, (latencies.get(kept) ?? 0) + 1);
}

export function addAll(latencies: Latencies, more: Latencies): void {
  for (const [bucket, count] of more) latencies.set(bucket, (latencies.get(bucket) ?? 0) + count);
}

/**
 * The time within which this share of the requests was answered; undefined for none. Where the mean is known exactly, no
 * quickest is above it and no slowest below: of one request, all are its time.
 */
export function quantile(latencies: Latencies, share: number, mean?: number): number | undefined {
  const sorted = [...latencies].sort(([a], [b]) => a - b);
  let left = share * latencies.values().reduce((sum, count) => sum + count, 0);
  for (const [at, [bucket, count]] of sorted.entries()) {
    left -= count;
    if (left > 0) continue;
    let value = least * 2 ** (bucket / perDoubling);
    if (mean !== undefined && at === sorted.length - 1) value = Math.max(value, mean);
    if (mean !== undefined && at === 0) value = Math.min(value, mean);
    return rounded(value);
  }
  return undefined;
}

/** Three digits: more would say more than is known. */
export function rounded(milliseconds: number): number {
  return Number(milliseconds.toPrecision(3));
}

export function toText(latencies: Latencies): string {
  return JSON.stringify([...latencies].flat());
}

export function fromText(text: string): Latencies {
  const numbers = JSON.parse(text) as number[];
  const latencies: Latencies = new Map();
  for (let at = 0; at < numbers.length; at += 2) latencies.set(numbers[at] ?? 0, numbers[at + 1] ?? 0);
  return latencies;
}
