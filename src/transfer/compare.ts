/** Whether what is there is what would be brought: the same things in any order, points that came twice once. */
import { byStep } from '../tracking/metric-history.ts';
import type { KeyedPoint } from '../tracking/metric-store.ts';

export function byKeyAndMoment(a: KeyedPoint, b: KeyedPoint): number {
  return (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || byStep(a, b) || a.nan - b.nan;
}

/** The fields that differ; one that either side does not tell is the same. */
export function differences(ours: object, theirs: object): string[] {
  const mine = ours as Record<string, unknown>;
  return Object.entries(theirs).flatMap(([name, value]) => {
    if (value === undefined || mine[name] === undefined) return [];
    return Bun.deepEquals(ordered(name, mine[name]), ordered(name, value)) ? [] : [name];
  });
}

function ordered(name: string, value: unknown): unknown {
  if (!Array.isArray(value) || name === 'events') return value;
  if (name === 'points') return orderedPoints(value as KeyedPoint[]);
  return value.map((item: unknown) => textOf(item)).toSorted();
}

function orderedPoints(points: readonly KeyedPoint[]): KeyedPoint[] {
  const sorted = points.toSorted(byKeyAndMoment);
  return sorted.filter((point, i) => i === 0 || byKeyAndMoment(sorted[i - 1] as KeyedPoint, point) !== 0);
}

/** The same text for the same value, whatever the order of its fields and of its own lists. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === 'bigint' || typeof part === 'number') return String(part);
    if (typeof part !== 'object' || part === null) return part;
    if (Array.isArray(part)) return part.map((item: unknown) => textOf(item)).toSorted();
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
