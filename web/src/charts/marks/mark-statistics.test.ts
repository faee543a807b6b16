/** Against what numpy 2.4 and scipy 1.17 say of the same values. */
import { expect, test } from 'bun:test';
import { ascending, bandwidthOf, binEdges, binOf, boxOf, densityAt, momentsOf, quantile } from './mark-statistics.ts';

const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 40];
const sorted = ascending(values);

test('quantiles lie between the two nearest values, as numpy has them', () => {
  const found = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1].map((part) => quantile(sorted, part));
  for (const [i, expected] of [1, 1.1, 2.75, 4.5, 5.25, 8.7, 40].entries()) expect(found[i]).toBeCloseTo(expected, 12);
  expect(quantile([7], 0.75)).toBe(7);
  expect(quantile([], 0.5)).toBeNaN();
  expect(quantile([-Number.MAX_VALUE, Number.MAX_VALUE], 0.5)).toBe(0);
});

test('mean and deviation are those of a sample, far from zero too', () => {
  expect(momentsOf(values).mean).toBeCloseTo(7, 12);
  expect(momentsOf(values).deviation).toBeCloseTo(10.634420957010734, 12);
  expect(momentsOf([1, 2, 3, 4].map((value) => value + 1e8)).deviation).toBeCloseTo(1.2909944487358056, 7);
  expect(momentsOf([5])).toEqual({ mean: 5, deviation: 0 });
});

test('whiskers end at the last value within one and a half boxes', () => {
  expect(boxOf(sorted)).toEqual({ median: 4.5, low: 2.75, high: 5.25, whiskers: [1, 9] });
  expect(boxOf([2])).toEqual({ median: 2, low: 2, high: 2, whiskers: [2, 2] });
});

test('the density is that of a Gaussian kernel with the bandwidth of Silverman', () => {
  const bandwidth = bandwidthOf(sorted);
  expect(bandwidth).toBeCloseTo(1.021507290492323, 12);
  const found = densityAt([0, 2.5, 5], values, bandwidth);
  for (const [i, expected] of [0.04598579097217365, 0.12481020613208717, 0.14800251613904136].entries()) {
    expect(found[i]).toBeCloseTo(expected, 12);
  }
  // Equal values have a width all the same.
  expect(bandwidthOf([3, 3, 3])).toBeGreaterThan(0);
});

test('bins are as wide as Freedman and Diaconis say, and hold every value once', () => {
  const edges = binEdges(sorted);
  expect(edges.length).toBe(19);
  expect(edges[1]).toBeCloseTo(3.1666666666666665, 12);
  const counts = edges.slice(1).map((_, bin) => values.filter((value) => binOf(edges, value) === bin).length);
  expect(counts).toEqual([5, 4, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  expect(binOf(edges, 41)).toBe(-1);
  expect(binOf(edges, NaN)).toBe(-1);
  expect(binEdges(sorted, 4)).toEqual([1, 10.75, 20.5, 30.25, 40]);
  expect(binEdges([2, 2])).toEqual([1.9, 2.1]);
});
