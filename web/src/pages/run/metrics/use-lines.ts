import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { seriesQuery, type RunDetail, type Series, type SeriesScope } from '../../../api/run.ts';
import { smoothed, type ChartLine, type Range } from '../../../charts/line-data.ts';
import { xRange } from '../../../charts/scales.ts';
import type { ChartSettings } from './chart-settings.ts';

/** Four points for each pixel column draw it as all points would. */
const pointsPerPixel = 4;

export interface Lines {
  readonly lines: readonly ChartLine[] | undefined;
  readonly series: Series | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The line of one metric in the units of the x axis, with its smoothed one before it. */
export function useLines(run: RunDetail, key: string, settings: ChartSettings, width: number): Lines {
  const { x, zoom, smoothing } = settings;
  const origin = x === 'relative' ? run.start : undefined;
  const {
    data: series,
    error,
    refetch,
  } = useQuery({
    ...seriesQuery(scopeOf(run, settings, width), key),
    // A zoom draws what is there until the detail has come.
    placeholderData: keepPreviousData,
  });
  const lines = useMemo(() => {
    if (!series) return undefined;
    const start = origin ?? series.x[0] ?? 0;
    const along = x === 'relative' ? series.x.map((time) => (time - start) / 1000) : series.x;
    const raw: ChartLine = { id: key, label: key, colour: 0, x: along, y: series.y, total: series.total };
    if (smoothing === 0) return [raw];
    const line = smoothed(raw, smoothing, xRange([raw], zoom));
    return [line, { ...raw, id: `${key} raw`, faint: true }];
  }, [series, key, x, origin, smoothing, zoom]);
  return { lines, series, error, retry: () => void refetch() };
}

function scopeOf(run: RunDetail, { x, zoom }: ChartSettings, width: number): SeriesScope {
  const mostPoints = Math.min(8000, Math.max(400, Math.ceil(width / 100) * 100 * pointsPerPixel));
  const scope = { runId: run.id, x: x === 'step' ? ('step' as const) : ('time' as const), mostPoints };
  if (!zoom) return scope;
  const [from, to] = x === 'relative' ? zoom.map((seconds) => seconds * 1000 + (run.start ?? 0)) : zoom;
  return { ...scope, ...widened([from ?? 0, to ?? 0]) };
}

/** A little more than what is seen, so that lines run to the edges. */
function widened([from, to]: Range): { from: number; to: number } {
  const more = (to - from) * 0.02;
  return { from: Math.floor(from - more), to: Math.ceil(to + more) };
}
