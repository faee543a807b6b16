import { expect, test } from 'bun:test';
import { heatOf } from './mark-heat-cells.ts';

function points(steps: number, value: (step: number) => number): { runId: string; x: number; y: number }[] {
  return Array.from({ length: steps }, (_, x) => ({ runId: 'a', x, y: value(x) }));
}

test('few steps have a column each, the last one too', () => {
  const { cells, columns, steps } = heatOf(points(5, () => 1), false); // prettier-ignore
  expect(columns).toBe(5);
  expect(steps).toEqual([0, 5]);
  expect(cells.map((cell) => cell.steps)).toEqual([[0, 0], [1, 1], [2, 2], [3, 3], [4, 4]]); // prettier-ignore
});

test('many steps share columns, and no point is lost or counted twice', () => {
  const heat = heatOf(points(1000, (step) => Math.sin(step / 100)), false); // prettier-ignore
  expect(heat.columns).toBe(40);
  expect(heat.cells.reduce((sum, { points: n }) => sum + n, 0)).toBe(1000);
  expect(heat.cells[0]?.steps).toEqual([0, 24]);
  for (const { values: [low, high], steps: [from, to] } of heat.cells) {
    const inside = Array.from({ length: to - from + 1 }, (_, i) => Math.sin((from + i) / 100));
    expect(inside.some((value) => value >= low && value <= high)).toBe(true);
  } // prettier-ignore
});

test('a cell counts its runs once', () => {
  const { cells, most } = heatOf([...points(1, () => 3), ...points(1, () => 3), { runId: 'b', x: 0, y: 3 }], true); // prettier-ignore
  expect(cells.length).toBe(1);
  expect(most).toBe(3);
  expect([...(cells[0]?.runIds ?? [])]).toEqual(['a', 'b']);
});
