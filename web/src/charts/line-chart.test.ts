/** The arithmetic behind a line chart: marks, ranges, smoothing. */
import { expect, test } from 'bun:test';
import { factsOf, nearest, smoothed, type ChartLine } from './line-data.ts';
import { xRange, yRange } from './scales.ts';
import { logTicks, roundTicks, spanTicks } from './ticks.ts';

function line(y: readonly number[], x = y.map((_, i) => i)): ChartLine {
  return { id: 'a', label: 'a', colour: 0, x: Float64Array.from(x), y: Float64Array.from(y), total: y.length };
}

test('marks are round and without the last digits of sums', () => {
  expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(roundTicks(-3e-7, 3e-7, 3)).toEqual([-2e-7, 0, 2e-7]);
  expect(roundTicks(5, 5, 4)).toEqual([5]);
  expect(logTicks(0.001, 1000)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000]);
  expect(logTicks(3, 4).length).toBeGreaterThan(1);
  expect(spanTicks(0, 600_000, 4)).toEqual([0, 300_000, 600_000]);
});

test('the nearest point, at the ends and between', () => {
  const { x } = line([0, 0, 0], [0, 10, 20]);
  expect([-5, 4, 6, 99].map((at) => nearest(x, at))).toEqual([0, 0, 1, 2]);
  expect(nearest(new Float64Array(), 1)).toBe(-1);
});

test('the y range holds what is in view', () => {
  const lines = [line([1, 2, NaN, Infinity, 100, -1])];
  const [low, high] = yRange(lines, [0, 3], false, 'visible');
  expect([low < 1, low > 0.9, high > 2, high < 2.1]).toEqual([true, true, true, true]);
  expect(yRange(lines, [0, 3], false, 'zero')[0]).toBe(0);
  expect(yRange(lines, [0, 5], true, 'visible')[0]).toBeGreaterThan(0);
  expect(yRange([line([NaN])], [0, 1], false, 'visible')).toEqual([0, 1]);
  expect(yRange([line([3, 3])], [0, 1], false, 'visible')).toEqual([2.7, 3.3]);
  expect(xRange([line([1], [7])], undefined)).toEqual([6, 8]);
  expect(xRange([], undefined)).toEqual([0, 1]);
});

test('outliers are left out when asked for', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i === 50 ? 1e9 : i));
  expect(yRange([line(values)], [0, 99], false, 'inner')[1]).toBeLessThan(200);
});

test('a smoothed line keeps gaps, levels and its first value', () => {
  const y = [5, 5, NaN, 5, 5];
  expect([...smoothed(line(y), 0.9, [0, 4]).y]).toEqual(y);
  const noisy = smoothed(line(Array.from({ length: 1000 }, (_, i) => (i % 2) * 2)), 0.9, [0, 999]).y;
  expect(noisy[0]).toBe(0);
  expect(Math.abs((noisy[900] ?? 0) - 1)).toBeLessThan(0.2);
});

test('facts of a line count what cannot be drawn', () => {
  expect(factsOf(line([NaN, -1, 0, 2, -Infinity]))).toEqual({
    points: 5,
    total: 5,
    finite: 3,
    notFinite: 2,
    notPositive: 2,
    min: -1,
    max: 2,
    first: -1,
    last: 2,
  });
});
