import { expect, test } from 'bun:test';
import { pixelOf, pointAfter, pointAt, pointsInside, type ScatterPoint } from './scatter-data.ts';

const box = { left: 10, top: 10, width: 100, height: 100 };
const points = ([[0, 0], [0.5, 1], [1, 0.5]] as const).map(
  ([x, y], i): ScatterPoint => ({ runId: String(i), name: '', x, y, colour: '', shape: 'circle', radius: 4 }),
); // prettier-ignore
const ids = (found: readonly ScatterPoint[]): string[] => found.map(({ runId }) => runId);

test('a point is found near its pixel', () => {
  expect(points.map((point) => pixelOf(point, box))).toEqual([[10, 110], [60, 10], [110, 60]]); // prettier-ignore
  expect(pointAt(points, box, [64, 14])?.runId).toBe('1');
  expect(pointAt(points, box, [60, 60])).toBeUndefined();
});

test('a lasso holds what it goes around, in whatever direction', () => {
  const line = [[30, 100], [60, 0], [120, 0], [70, 60]] as const; // prettier-ignore
  expect(ids(pointsInside(points, box, line))).toEqual(['1']);
  expect(ids(pointsInside(points, box, line.toReversed()))).toEqual(['1']);
  expect(pointsInside(points, box, [])).toEqual([]);
});

test('keys walk by x and by y', () => {
  const walk = (key: string, from?: number): string | undefined => pointAfter(points, points[from ?? -1], key)?.runId;
  expect([walk('ArrowRight'), walk('ArrowRight', 0), walk('ArrowRight', 2)]).toEqual(['0', '1', '2']);
  expect([walk('ArrowLeft'), walk('ArrowUp', 0), walk('ArrowUp', 2), walk('ArrowDown', 0)]).toEqual([
    '2',
    '2',
    '1',
    '0',
  ]);
  expect([walk('Home', 2), walk('End', 0), walk('x', 0)]).toEqual(['0', '2', undefined]);
});
