import { expect, test } from 'bun:test';
import { leftsOf, pinnedCount, placesDrawn } from './column-places.ts';

const widths = (...all: number[]): { width: number }[] => all.map((width) => ({ width }));
const many = leftsOf(widths(...Array.from({ length: 300 }, () => 100)), 34);

test('each column begins where those before it end', () => {
  expect(leftsOf(widths(100, 50, 200), 34)).toEqual([34, 134, 184, 384]);
  expect(leftsOf([], 0)).toEqual([0]);
});

test('drawn are the pinned columns, those in view and a little more', () => {
  const atStart = placesDrawn(many, 1, { left: 0, width: 1000 }, []);
  expect(atStart).toEqual(Array.from({ length: 12 }, (_, i) => i));
  const inside = placesDrawn(many, 1, { left: 10_000, width: 1000 }, []);
  expect(inside[0]).toBe(0);
  expect(inside[1]).toBeGreaterThan(97);
  expect(inside.at(-1)).toBe(111);
  expect(inside.length).toBeLessThan(16);
});

test('a column that is kept is drawn in its place, wherever the view is', () => {
  expect(placesDrawn(many, 1, { left: 10_000, width: 1000 }, [3, 299])).toEqual([
    0,
    3,
    ...placesDrawn(many, 0, { left: 10_000 + 134, width: 866 }, []),
    299,
  ]);
  expect(placesDrawn(many, 0, { left: 0, width: 1000 }, [2, 999])).not.toContain(999);
});

test('pinned columns leave room for the others', () => {
  const lefts = leftsOf(widths(150, 110, 110, 110), 34);
  expect(pinnedCount(lefts, 3, 1440)).toBe(3);
  expect(pinnedCount(lefts, 3, 390)).toBe(1);
  expect(pinnedCount(lefts, 0, 390)).toBe(0);
  expect(pinnedCount(lefts, 9, 1440)).toBe(4);
});
