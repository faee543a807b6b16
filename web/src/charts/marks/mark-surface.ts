/** A surface through scattered points, and the lines along which it has one height. */

export interface SurfacePoint {
  /** Both from 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Heights at the corners of cells, row by row from y = 0. */
export interface Surface {
  readonly columns: number;
  readonly rows: number;
  readonly heights: Float64Array;
}

/** Points in the same place have their mean as height. */
export function distinctPoints(points: readonly SurfacePoint[]): SurfacePoint[] {
  const places = new Map<string, { x: number; y: number; sum: number; count: number }>();
  for (const { x, y, z } of points) {
    const key = `${x} ${y}`;
    const place = places.get(key) ?? { x, y, sum: 0, count: 0 };
    place.sum += z;
    place.count++;
    places.set(key, place);
  }
  return [...places.values()].map(({ x, y, sum, count }) => ({ x, y, z: sum / count }));
}

/**
 * Heights weighed by the inverse of the distance to the power of three: the surface goes through every point and never
 * beyond the heights that were measured.
 */
export function surfaceOf(points: readonly SurfacePoint[], columns: number, rows: number): Surface {
  const heights = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      heights[row * columns + column] = heightAt(points, column / (columns - 1), row / (rows - 1));
    }
  }
  return { columns, rows, heights };
}

function heightAt(points: readonly SurfacePoint[], x: number, y: number): number {
  let [sum, weights] = [0, 0];
  for (const point of points) {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance < 1e-9) return point.z;
    const weight = distance ** -3;
    sum += weight * point.z;
    weights += weight;
  }
  return sum / weights;
}

/** In units of cells. */
export type Segment = readonly [x0: number, y0: number, x1: number, y1: number];

/** Marching squares: where the surface crosses a level, one or two segments for each cell that it crosses in. */
export function contourAt({ columns, rows, heights }: Surface, level: number): Segment[] {
  const segments: Segment[] = [];
  const at = (column: number, row: number): number => heights[row * columns + column] ?? NaN;
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      // Corners in a circle, so that a side lies between each and the next.
      const corners = [at(column, row), at(column + 1, row), at(column + 1, row + 1), at(column, row + 1)] as const;
      if (corners.some(Number.isNaN)) continue;
      segments.push(...cellSegments(corners, level, column, row));
    }
  }
  return segments;
}

type Corners = readonly [number, number, number, number];

function cellSegments(corners: Corners, level: number, column: number, row: number): Segment[] {
  const above = corners.map((height) => height >= level);
  const crossings = corners.flatMap((height, side) => {
    const next = (side + 1) % 4;
    if (above[side] === above[next]) return [];
    const share = (level - height) / ((corners[next] ?? 0) - height);
    return [alongSide(side, share, column, row)];
  });
  const [a, b, c, d] = crossings;
  if (!a || !b) return [];
  if (!c || !d) return [[...a, ...b]];
  // A saddle: the middle says which corners belong together.
  const middle = corners.reduce((sum, height) => sum + height, 0) / 4 >= level;
  const joined = middle === above[0] ? ([a, b, c, d] as const) : ([d, a, b, c] as const);
  return [[...joined[0], ...joined[1]], [...joined[2], ...joined[3]]]; // prettier-ignore
}

function alongSide(side: number, share: number, column: number, row: number): readonly [number, number] {
  switch (side) {
    case 0:
      return [column + share, row];
    case 1:
      return [column + 1, row + share];
    case 2:
      return [column + 1 - share, row + 1];
    default:
      return [column, row + 1 - share];
  }
}
