/** Points of a scatter plot: one for each run that has a place on both axes. */
import type { Line } from '../../api/statistics.ts';
import type { MarkFact } from '../marks/mark-plot.ts';
import type { Box } from '../scales.ts';
import type { Shape } from '../shape-paint.ts';
import type { ValueAxis } from '../value-axis.ts';
import type { ValueKey } from '../value-key.ts';

export interface ScatterPoint {
  readonly runId: string;
  /** Whole, however the point is drawn. */
  readonly name: string;
  /** 0 to 1 along the axes. */
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly shape: Shape;
  /** Pixels. */
  readonly radius: number;
}

export interface ScatterAxis {
  readonly title: string;
  readonly axis: ValueAxis;
}

export interface ScatterData {
  readonly points: readonly ScatterPoint[];
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** In places along the axes, so that it is straight on logarithmic ones too. */
  readonly trend: Line | undefined;
  readonly keys: readonly ValueKey[];
  /** What stands beside a point. */
  readonly factsOf: (runId: string) => readonly MarkFact[];
}

export type PickTool = 'box' | 'lasso';

export type Place = readonly [x: number, y: number];

export function pixelOf({ x, y }: Pick<ScatterPoint, 'x' | 'y'>, box: Box): Place {
  return [box.left + x * box.width, box.top + (1 - y) * box.height];
}

/** Pixels around the pointer in which a point is found. */
const reach = 12;

/** The point nearest to a pixel; of those that lie there, the one drawn last. */
export function pointAt(points: readonly ScatterPoint[], box: Box, [x, y]: Place): ScatterPoint | undefined {
  let [found, least]: [ScatterPoint | undefined, number] = [undefined, Infinity];
  for (const point of points) {
    const [px, py] = pixelOf(point, box);
    const distance = Math.hypot(px - x, py - y);
    if (distance <= Math.max(reach, point.radius) && distance <= least) [found, least] = [point, distance];
  }
  return found;
}

/** Of a closed line through the places: a point is inside when a ray from it crosses the line an odd number of times. */
export function pointsInside(points: readonly ScatterPoint[], box: Box, line: readonly Place[]): ScatterPoint[] {
  return points.filter((point) => {
    const [x, y] = pixelOf(point, box);
    let inside = false;
    for (let i = 0, before = line.length - 1; i < line.length; before = i++) {
      const [[fromX, fromY], [toX, toY]] = [line[before] ?? [0, 0], line[i] ?? [0, 0]];
      if (fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX) inside = !inside;
    }
    return inside;
  });
}

/** The point that a key leads to: by x with the arrows to the sides, by y with those up and down. */
export function pointAfter(
  points: readonly ScatterPoint[],
  at: ScatterPoint | undefined,
  key: string,
): ScatterPoint | undefined {
  const along = key === 'ArrowUp' || key === 'ArrowDown' ? 'y' : 'x';
  const order = points.toSorted((a, b) => a[along] - b[along] || (along === 'x' ? a.y - b.y : a.x - b.x));
  const place = at ? order.indexOf(at) : -1;
  const within = (to: number): ScatterPoint | undefined => order[Math.max(0, Math.min(order.length - 1, to))];
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return within(place + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return within(at ? place - 1 : order.length - 1);
    case 'Home':
      return order[0];
    case 'End':
      return order.at(-1);
    default:
      return undefined;
  }
}
