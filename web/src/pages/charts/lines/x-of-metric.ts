/** A line over another metric of its run instead of steps. */
import type { Series } from '../../../api/run.ts';
import { placeOf } from '../../../charts/line/line-data.ts';

/**
 * Both have steps as x. Where the other metric has no point at a step, it is read between its neighbours, as an epoch
 * that is logged now and then; before its first and after its last there is no x, and these points are left out.
 */
export function overMetric(line: Series, along: Series): Series {
  const points: [x: number, y: number][] = [];
  for (const [i, step] of line.x.entries()) {
    const x = valueAt(along, step);
    if (Number.isFinite(x)) points.push([x, line.y[i] ?? NaN]);
  }
  // A metric need not rise with the steps.
  if (points.some(([x], i) => i > 0 && x < (points[i - 1]?.[0] ?? x))) points.sort(([a], [b]) => a - b);
  const total = line.x.length < line.total ? line.total : points.length;
  const [first, last] = [points[0]?.[0], points.at(-1)?.[0]];
  return {
    x: Float64Array.from(points, ([x]) => x),
    y: Float64Array.from(points, ([, y]) => y),
    total,
    ...(first !== undefined && last !== undefined && { whole: { first, last, points: total } }),
  };
}

function valueAt({ x, y }: Series, step: number): number {
  const place = placeOf(x, step);
  const [right, value] = [x[place] ?? NaN, y[place] ?? NaN];
  if (right === step) return value;
  const [left, before] = [x[place - 1] ?? NaN, y[place - 1] ?? NaN];
  return before + ((value - before) * (step - left)) / (right - left);
}
