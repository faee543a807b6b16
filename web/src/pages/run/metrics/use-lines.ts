import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { seriesQuery, type LastMetric, type RunDetail } from '../../../api/run.ts';
import { cut, type ChartLine } from '../../../charts/line/line-data.ts';
import { smoothed } from '../../../charts/line/smoothing.ts';
import type { ChartSettings } from '../../charts/chart-settings.ts';
import { lineScope, stretchOf } from '../../charts/lines/line-scope.ts';
import { inSeconds } from '../../charts/lines/make-lines.ts';
import { useFrozen } from '../../charts/use-paused.ts';
import { useColourOfRun } from '../use-colour-of-run.ts';

export interface Lines {
  readonly lines: readonly ChartLine[] | undefined;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** The line of one metric in the units of the x axis, with the raw values of a smoothed one behind it. */
export function useLines(run: RunDetail, metric: LastMetric, settings: ChartSettings, width: number): Lines {
  const { key } = metric;
  const { x, zoom, logX, smoothing } = settings;
  const colour = useColourOfRun(run);
  const running = run.status === 'RUNNING';
  const scope = useMemo(
    () => lineScope({ x, xMetric: undefined, zoom, logX, smoothing }, 1, width),
    [x, zoom, logX, smoothing, width],
  );
  const frozen = useFrozen();
  const {
    data: series,
    error,
    refetch,
  } = useQuery({
    ...seriesQuery({ runId: run.id, ...scope }, key),
    // A zoom draws what is there until the detail has come.
    placeholderData: keepPreviousData,
    ...frozen,
  });
  const raw = useMemo<ChartLine | undefined>(() => {
    if (!series) return undefined;
    const stretch = stretchOf(scope);
    const { x: along, y, total, whole } = inSeconds(series, x);
    const live = running && along.at(-1) === whole?.last;
    return { id: key, label: key, colour, x: along, y, total, whole, ...(stretch && { stretch }), live };
  }, [series, key, x, running, scope, colour]);
  const lines = useMemo(() => raw && [cut(smoothed(raw, smoothing))], [raw, smoothing]);
  return { lines, error, retry: () => void refetch() };
}
