/** The lines of the runs of a page for one card: points in as few calls as can be, then smoothed, or joined to groups. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { metricSeries, type MetricSeries } from '../../../api/many-series.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import type { RunValues } from '../chart-run.ts';
import { usePaused } from '../use-paused.ts';
import { columnsOfNames } from './line-names.ts';
import { lineScope, stretchOf } from './line-scope.ts';
import { finished, runLines, type LinesOf, type SeriesAt } from './make-lines.ts';

interface Wanted extends LinesOf {
  readonly width: number;
}

interface ManyLines {
  /** Undefined until the first points have come. */
  readonly lines: readonly ChartLine[] | undefined;
  readonly error: Error | undefined;
  readonly retry: () => void;
}

const noValues: RunValues = { at: () => undefined, loading: false };

export function useManyLines(wanted: Wanted): ManyLines {
  const { runs, groups, values, metrics, names, settings, width } = wanted;
  const { x, xMetric, zoom, logX, smoothing } = settings;
  const scope = useMemo(
    () => lineScope({ x, xMetric, zoom, logX, smoothing }, runs.length, width),
    [x, xMetric, zoom, logX, smoothing, runs.length, width],
  );
  const runIds = useMemo(() => runs.map(({ id }) => id), [runs]);
  const keys = useMemo(
    () => [...new Set([...metrics, ...(xMetric === undefined ? [] : [xMetric])])],
    [metrics, xMetric],
  );
  const [held, version] = useHeld(scope, keys);
  const [paused] = usePaused();
  useEffect(() => {
    for (const one of held) one.ask(runIds, !paused);
  }, [held, version, runIds, paused]);

  // Values that no name is made of change nothing here.
  const told = columnsOfNames(names).length > 0 ? values : noValues;
  const seriesAt = useLastSeen(held, version, runIds);
  const raw = useMemo(() => {
    const come = runs.length === 0 || metrics.some((metric) => runs.some(({ id }) => seriesAt(metric, id)));
    return come ? runLines({ ...wanted, values: told }, seriesAt, stretchOf(scope)) : undefined;
    // oxlint-disable-next-line react/exhaustive-deps
  }, [seriesAt, version, runs, metrics, names, told, groups, x, xMetric, scope]);
  const { centre, band } = settings;
  const lines = useMemo(
    () => raw && finished(raw, wanted),
    // oxlint-disable-next-line react/exhaustive-deps
    [raw, runs, groups, metrics, centre, band, smoothing],
  );

  return {
    lines,
    error: held.find(({ error }) => error)?.error,
    retry: () => {
      for (const one of held) if (one.error) one.retry();
    },
  };
}

/** The stores of a card's metrics, and a word that is another whenever one of them has changed. */
function useHeld(scope: ReturnType<typeof lineScope>, keys: readonly string[]): [readonly MetricSeries[], string] {
  const held = useMemo(() => keys.map((key) => metricSeries(scope, key)), [scope, keys]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = held.map((one) => one.subscribe(listener));
      return () => {
        for (const end of ends) end();
      };
    },
    [held],
  );
  return [held, useSyncExternalStore(subscribe, () => held.map(({ version }) => version).join())];
}

/** What has come of these; until then what was seen before, so that a zoom draws what is there. */
function useLastSeen(held: readonly MetricSeries[], version: string, runIds: readonly string[]): SeriesAt {
  const before = useRef<readonly MetricSeries[]>([]);
  useEffect(() => {
    if (held.every((one) => runIds.every((id) => one.of(id)))) before.current = held;
  }, [held, version, runIds]);
  return useCallback(
    (key, runId) => {
      const [now] = held.filter((one) => one.key === key);
      const [last] = before.current.filter((one) => one.key === key && one.scope.x === now?.scope.x);
      return now?.of(runId) ?? last?.of(runId);
    },
    [held],
  );
}
