import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { seriesQuery, type LastMetric, type RunDetail, type SeriesScope } from '../../../api/run.ts';
import type { ChartLine, Range } from '../../../charts/line-data.ts';
import { xRange } from '../../../charts/scales.ts';
import { smoothed } from '../../../charts/smoothing.ts';
import { useFrozen } from '../../charts/use-paused.ts';
import { useColourOfRun } from '../use-colour-of-run.ts';
import type { ChartSettings } from '../../charts/chart-settings.ts';

/** Four points for each pixel column draw it as all points would. */
const pointsPerPixel = 4;
const mostSent = 8000;

export interface Lines {
  readonly lines: readonly ChartLine[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The line of one metric in the units of the x axis, with the raw values of a smoothed one behind it. */
export function useLines(run: RunDetail, metric: LastMetric, settings: ChartSettings, width: number): Lines {
  const { key, step: lastStep } = metric;
  const { x, zoom, smoothing } = settings;
  const origin = x === 'relative' ? run.start : undefined;
  const colour = useColourOfRun(run);
  const running = run.status === 'RUNNING';
  const openEnd = !zoom || zoom[1] === Infinity;
  const frozen = useFrozen();
  const {
    data: series,
    error,
    refetch,
  } = useQuery({
    ...seriesQuery(scopeOf(run, settings, width), key),
    // A zoom draws what is there until the detail has come.
    placeholderData: keepPreviousData,
    ...frozen,
  });
  const raw = useMemo<ChartLine | undefined>(() => {
    if (!series) return undefined;
    const start = origin ?? series.x[0] ?? 0;
    const along = x === 'relative' ? series.x.map((time) => (time - start) / 1000) : series.x;
    const live = running && (openEnd || (x === 'step' && along.at(-1) === Number(lastStep)));
    return { id: key, label: key, colour, x: along, y: series.y, total: series.total, live };
  }, [series, key, x, origin, running, openEnd, lastStep, colour]);
  const lines = useMemo(() => raw && [smoothed(raw, smoothing, xRange([raw], zoom))], [raw, smoothing, zoom]);
  return { lines, error, retry: () => void refetch() };
}

function scopeOf(run: RunDetail, { x, zoom, logX }: ChartSettings, width: number): SeriesScope {
  // The first steps of a logarithmic axis are few and wide: they come with the whole, or nearly.
  const mostPoints = logX ? mostSent : Math.min(mostSent, Math.max(400, Math.ceil(width / 100) * 100 * pointsPerPixel));
  const scope = { runId: run.id, x: x === 'step' ? ('step' as const) : ('time' as const), mostPoints };
  // Without a start of the run it is the first point that time is counted from, and that must be there.
  if (!zoom || (x === 'relative' && run.start === undefined)) return scope;
  const [from, to] = x === 'relative' ? zoom.map((seconds) => seconds * 1000 + (run.start ?? 0)) : zoom;
  return { ...scope, ...widened([from ?? -Infinity, to ?? Infinity]) };
}

/** A little more than what is seen, so that lines run to the edges. */
function widened([from, to]: Range): { from: number | undefined; to: number | undefined } {
  const more = Number.isFinite(to - from) ? (to - from) * 0.02 : 0;
  return { from: finite(Math.floor(from - more)), to: finite(Math.ceil(to + more)) };
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
