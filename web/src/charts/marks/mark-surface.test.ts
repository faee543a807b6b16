import { expect, test } from 'bun:test';
import { contourAt, distinctPoints, surfaceOf, type Surface } from './mark-surface.ts';

function surface(rows: readonly (readonly number[])[]): Surface {
  return { columns: rows[0]?.length ?? 0, rows: rows.length, heights: Float64Array.from(rows.flat()) };
}

test('a surface goes through its points and stays between them', () => {
  const points = [
    { x: 0, y: 0, z: 1 },
    { x: 1, y: 0, z: 2 },
    { x: 0, y: 1, z: 3 },
    { x: 1, y: 1, z: 4 },
  ];
  const { heights } = surfaceOf(points, 5, 5);
  expect([heights[0], heights[4], heights[20], heights[24]]).toEqual([1, 2, 3, 4]);
  expect(heights[12]).toBeCloseTo(2.5, 12);
  expect(Math.min(...heights)).toBe(1);
  expect(Math.max(...heights)).toBe(4);
});

test('points in one place are one, with their mean', () => {
  expect(distinctPoints([{ x: 0, y: 0, z: 1 }, { x: 0, y: 0, z: 3 }, { x: 1, y: 0, z: 5 }])).toEqual([
    { x: 0, y: 0, z: 2 },
    { x: 1, y: 0, z: 5 },
  ]); // prettier-ignore
});

test('a slope is crossed by a straight line', () => {
  const slope = surface([[0, 1, 2], [0, 1, 2]]); // prettier-ignore
  expect(contourAt(slope, 0.25)).toEqual([[0.25, 0, 0.25, 1]]);
  expect(contourAt(slope, 5)).toEqual([]);
});

test('around a peak the line closes: every end is the start of another segment', () => {
  const peak = surface([[0, 0, 0], [0, 4, 0], [0, 0, 0]]); // prettier-ignore
  const segments = contourAt(peak, 1);
  expect(segments.length).toBe(4);
  const ends = segments.flatMap(([x0, y0, x1, y1]) => [`${x0} ${y0}`, `${x1} ${y1}`]);
  expect(new Set(ends).size).toBe(4);
  for (const end of ends) expect(ends.filter((other) => other === end).length).toBe(2);
});

test('a saddle is cut by what its middle is', () => {
  // The two high corners hang together when the middle is high, else the two low ones do.
  const high = contourAt(surface([[3, 0], [0, 3]]), 1); // prettier-ignore
  const low = contourAt(surface([[3, 0], [0, 3]]), 2); // prettier-ignore
  expect(high.length).toBe(2);
  expect(low.length).toBe(2);
  // Around the low corner at the lower right the segment goes from the lower to the right side.
  const sides = (segments: typeof high): string[] =>
    segments.map(([x0, y0, x1, y1]) =>
      [x0 === 0 || x1 === 0 ? 'left' : 'right', y0 === 0 || y1 === 0 ? 'low' : 'top'].join(),
    );
  expect(sides(high).sort()).toEqual(['left,top', 'right,low']);
  expect(sides(low).sort()).toEqual(['left,low', 'right,top']);
});

test('where nothing was measured there is no line', () => {
  expect(contourAt(surface([[0, NaN, 2], [0, 1, 2]]), 0.5)).toEqual([]); // prettier-ignore
});
