import { expect, test } from 'bun:test';
import { compare, compareValues, PackedPoints, recordBytes, type HistoryPoint, type Point } from './metric-points.ts';
import { sortedByTime } from './metric-sort.ts';

function pack(points: readonly Omit<Point, 'nan'>[]): PackedPoints {
  const packed = new PackedPoints(new Uint8Array(points.length * recordBytes));
  for (const [i, point] of points.entries()) packed.set(i, { ...point, nan: Number.isNaN(point.value) ? 1 : 0 });
  return packed;
}

const unpack = (packed: PackedPoints): HistoryPoint[] => Array.from({ length: packed.length }, (_, i) => packed.at(i));

function byTime(a: HistoryPoint, b: HistoryPoint): number {
  return compare(a.timestamp, b.timestamp) || compare(a.step, b.step) || compareValues(a.value, b.value);
}

test('any points come by timestamp, step and value, each once', () => {
  const integers = [
    0,
    1,
    -1,
    2,
    65_535,
    65_536,
    -65_536,
    2 ** 32,
    -(2 ** 47),
    2n ** 63n - 1n,
    -(2n ** 63n),
    2 ** 53 - 1,
  ];
  const values = [0, 1, -1, NaN, 0.5, -0.5, 1e308, -1e308, 5e-324];
  let seed = 7;
  const random = <T>(of: readonly T[]): T => {
    seed = (seed * 48_271) % 2_147_483_647;
    return of[seed % of.length] as T;
  };
  const points = Array.from({ length: 3000 }, () => ({
    step: random(integers),
    timestamp: random(integers),
    value: random(values),
  }));
  const sorted = points.toSorted(byTime);
  const expected = sorted.filter((point, i) => i === 0 || byTime(sorted[i - 1]!, point) !== 0);
  expect(expected.length).toBeLessThan(1200);
  expect(unpack(sortedByTime(pack(points)))).toEqual(expected);
});

test.each([0, 1, 2])('%p points', (length) => {
  const points = Array.from({ length }, (_, i) => ({ step: length - i, timestamp: 5, value: i }));
  expect(unpack(sortedByTime(pack(points)))).toEqual(points.toReversed());
});
