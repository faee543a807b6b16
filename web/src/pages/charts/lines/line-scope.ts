/** Which points a chart asks for: as many as can be seen, of what is in view. */
import type { PointScope } from '../../../api/run.ts';
import type { Range } from '../../../charts/line/line-data.ts';
import { reachOf, type Smoothing } from '../../../charts/line/smoothing.ts';
import type { ChartSettings } from '../chart-settings.ts';

/** Four points for each pixel column draw it as all points would. */
const pointsPerPixel = 4;
/** Of one line. */
const [fewest, most] = [100, 8000];
/** Of all lines of a chart together: more of them lie over each other. */
const mostTogether = 100_000;
/** A run more or less asks for no other points of the others. */
const sizes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

type Axes = Pick<ChartSettings, 'x' | 'xMetric' | 'zoom' | 'logX' | 'smoothing'>;

export function lineScope({ x, xMetric, zoom, logX, smoothing }: Axes, runs: number, width: number): PointScope {
  const size = sizes.find((one) => one >= runs) ?? runs;
  // The first steps of a logarithmic axis are few and wide, and another metric knows no stretch of steps.
  const wide = logX || (xMetric !== undefined && zoom !== undefined);
  const seen = wide ? most : Math.max(400, Math.ceil(width / 100) * 100 * pointsPerPixel);
  const mostPoints = Math.max(fewest, Math.min(most, seen, Math.floor(mostTogether / size)));
  if (!zoom || xMetric !== undefined) return { x, mostPoints };
  return {
    x,
    mostPoints,
    ...widened(x === 'relative' ? [zoom[0] * 1000, zoom[1] * 1000] : zoom),
    ...marginsOf(smoothing),
  };
}

/** In the units of the axis: the points between are drawn, those around them are for smoothing alone. */
export function stretchOf({ x, from, to }: PointScope): Range | undefined {
  if (from === undefined && to === undefined) return undefined;
  const unit = x === 'relative' ? 1000 : 1;
  return [(from ?? -Infinity) / unit, (to ?? Infinity) / unit];
}

/** A nudge of the slider asks for nothing anew. */
const [shares, counts] = [
  [0.02, 0.05, 0.1, 0.2, 0.5, 1],
  [10, 30, 100, 300, 1000, 3000],
];

function marginsOf(smoothing: Smoothing): Pick<PointScope, 'marginShare' | 'marginPoints'> {
  const { share, points } = reachOf(smoothing);
  return {
    ...(share > 0 && { marginShare: shares.find((one) => one >= share) ?? 1 }),
    ...(points > 0 && { marginPoints: counts.find((one) => one >= points) ?? Math.ceil(points) }),
  };
}

/** A little more than what is seen, so that lines run to the edges. */
function widened([from, to]: Range): { from: number | undefined; to: number | undefined } {
  const more = Number.isFinite(to - from) ? (to - from) * 0.02 : 0;
  return { from: finite(Math.floor(from - more)), to: finite(Math.ceil(to + more)) };
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
