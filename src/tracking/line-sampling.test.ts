import { describe, expect, test } from 'bun:test';
import { sampledPlaces } from './line-sampling.ts';

const steps = (length: number): number[] => Array.from({ length }, (_, i) => i);

describe('a line', () => {
  test('of few points stays whole', () => {
    expect(sampledPlaces(steps(5), [3, 1, NaN, 1, 3], 5)).toEqual([0, 1, 2, 3, 4]);
    expect(sampledPlaces([], [], 1)).toEqual([]);
  });

  test('of many points keeps every peak, wherever it is', () => {
    for (const peak of [0, 1, 499, 500, 12_345, 19_998, 19_999]) {
      for (const height of [9, -9]) {
        const y = steps(20_000).map((i) => Math.sin(i / 300));
        y[peak] = height;
        const places = sampledPlaces(steps(20_000), y, 100);
        expect(places).toContain(peak);
        expect(places.length).toBeLessThanOrEqual(100);
        expect([places[0], places.at(-1)]).toEqual([0, 19_999]);
        expect(places).toEqual([...new Set(places)].toSorted((a, b) => a - b));
      }
    }
  });

  test('keeps a gap, and stays within its number of points', () => {
    for (const gap of [NaN, Infinity, -Infinity]) {
      const y = steps(1000).map((i) => i % 7);
      y[777] = gap;
      const places = sampledPlaces(steps(1000), y, 50);
      expect(places).toContain(777);
      expect(places.length).toBeLessThanOrEqual(50);
    }
  });

  test('of nothing but NaN keeps the ends of each stretch', () => {
    const places = sampledPlaces(steps(100), new Array<number>(100).fill(NaN), 20);
    expect(places.slice(0, 2)).toEqual([0, 24]);
    expect(places.at(-1)).toBe(99);
  });

  test('whose points all stand at one x becomes one stretch', () => {
    const y = steps(100).map((i) => (i === 50 ? 7 : i === 60 ? -7 : 0));
    expect(sampledPlaces(new Array<number>(100).fill(3), y, 40)).toEqual([0, 50, 60, 99]);
  });

  test('of unevenly spread points has stretches of equal width', () => {
    const x = [...steps(100), 1000];
    expect(sampledPlaces(x, steps(101), 8)).toEqual([0, 99, 100]);
  });
});
