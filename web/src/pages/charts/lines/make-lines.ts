/** The lines of a card from the points of its runs: named, coloured, joined to groups, smoothed. */
import type { Series } from '../../../api/run.ts';
import { cut, type ChartLine, type Range } from '../../../charts/line/line-data.ts';
import { smoothed } from '../../../charts/line/smoothing.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import type { ChartSettings } from '../chart-settings.ts';
import type { ChartGroup } from '../grouping.ts';
import { lineColour } from '../named-runs.ts';
import { joinGroups } from './join-groups.ts';
import { nameOf } from './line-names.ts';
import { overMetric } from './x-of-metric.ts';

export interface LinesOf {
  readonly runs: readonly ChartRun[];
  readonly groups: readonly ChartGroup[];
  readonly values: RunValues;
  /** Of the card. */
  readonly metrics: readonly string[];
  /** What lines are called by. */
  readonly names: readonly string[];
  readonly settings: ChartSettings;
}

/** Undefined while they are on their way. */
export type SeriesAt = (metric: string, runId: string) => Series | undefined;

/** One for each run and metric. @param stretch of x that is drawn; undefined: all there is */
export function runLines(
  { runs, groups, values, metrics, names, settings: { x, xMetric } }: LinesOf,
  seriesAt: SeriesAt,
  stretch?: Range,
): ChartLine[] {
  const lines: ChartLine[] = [];
  for (const [order, metric] of metrics.entries()) {
    for (const run of runs) {
      const [series, along] = [seriesAt(metric, run.id), xMetric && seriesAt(xMetric, run.id)];
      if (!series || series.x.length === 0 || (xMetric !== undefined && !along)) continue;
      const { x: places, y, total, whole } = along ? overMetric(series, along) : inSeconds(series, x);
      const name = nameOf(run, names, values, groups);
      lines.push({
        id: `${run.id} ${metric}`,
        label: metrics.length > 1 ? `${name} · ${metric}` : name,
        colour: lineColour(run, metrics.length, order),
        run: run.id,
        x: places,
        y,
        total,
        whole,
        ...(stretch && { stretch }),
        // Of a stretch that ends before the line does, nothing grows.
        live: run.status === 'RUNNING' && places.at(-1) === whole?.last,
      });
    }
  }
  return lines;
}

/** @param places at most of a group; none: all that its members have */
export function finished(lines: readonly ChartLine[], of: LinesOf, places?: number): readonly ChartLine[] {
  const { runs, groups, metrics, settings } = of;
  const { centre, band, smoothing } = settings;
  const joined = groups.length > 0 ? joinGroups(lines, runs, groups, metrics, { centre, band, places }) : lines;
  const ready = joined.map((line) => cut(line.faint ? line : smoothed(line, smoothing)));
  // What only lies around the stretch is not there.
  return ready.filter(({ x }, i) => x.length > 0 || joined[i]?.x.length === 0);
}

export function inSeconds(series: Series, x: ChartSettings['x']): Series {
  if (x !== 'relative') return series;
  const { whole } = series;
  return {
    ...series,
    x: series.x.map((ms) => ms / 1000),
    whole: whole && { ...whole, first: whole.first / 1000, last: whole.last / 1000 },
  };
}
