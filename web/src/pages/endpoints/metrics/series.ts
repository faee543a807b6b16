/** Counts by step as lines of charts. */
import type { CountsOfStep, EndpointMetrics } from '../../../api/endpoints.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';

const minute = 60_000;

/** A point for each step, also where nothing happened: then none of its counts is there. */
export function stepsOf({ from, to, step_minutes, points }: EndpointMetrics): (CountsOfStep | { time: number })[] {
  const step = Math.max(1, step_minutes) * minute;
  const known = new Map(points.map((point) => [point.time, point]));
  const first = points[0]?.time ?? to;
  const begin = first - Math.max(0, Math.floor((first - from) / step)) * step;
  const length = Math.max(0, Math.floor((to - begin) / step) + 1);
  return Array.from({ length }, (_, i) => known.get(begin + i * step) ?? { time: begin + i * step });
}

interface LineOptions {
  readonly id: string;
  readonly label: string;
  readonly colour: number;
  /** What a step without a request counts: 0, or nothing. */
  readonly empty: number;
}

export function lineOf(
  steps: readonly (CountsOfStep | { time: number })[],
  { id, label, colour, empty }: LineOptions,
  value: (point: CountsOfStep) => number | undefined,
): ChartLine {
  return {
    id,
    label,
    colour,
    quiet: Number.isNaN(empty),
    x: Float64Array.from(steps, ({ time }) => time),
    y: Float64Array.from(steps, (point) => ('requests' in point ? (value(point) ?? empty) : empty)),
    total: steps.length,
  };
}
