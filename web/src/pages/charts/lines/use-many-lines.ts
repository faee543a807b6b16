/** The lines of the runs of a page for one card: points in as few calls as can be, then smoothed, or joined to groups. */
import { useCallback, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { metricSeries, type MetricSeries } from '../../../api/many-series.ts';
import type { Series } from '../../../api/run.ts';
import type { ChartLine, Range } from '../../../charts/line-data.ts';
import { xRange } from '../../../charts/scales.ts';
import { smoothed } from '../../../charts/smoothing.ts';
import type { ChartRun, RunValues } from '../chart-run.ts';
import type { ChartSettings } from '../chart-settings.ts';
import type { ChartGroup } from '../grouping.ts';
import { usePaused } from '../use-paused.ts';
import { joinGroups } from './join-groups.ts';
import { columnsOfNames, nameOf } from './line-names.ts';
import { lineScope } from './line-scope.ts';
import { overMetric } from './x-of-metric.ts';

interface Wanted {
  readonly runs: readonly ChartRun[];
  readonly groups: readonly ChartGroup[];
  readonly values: RunValues;
  /** Of the card. */
  readonly metrics: readonly string[];
  /** What lines are called by. */
  readonly names: readonly string[];
  readonly settings: ChartSettings;
  readonly width: number;
  /** The x range that smoothing goes by; undefined: that of these lines. */
  readonly shown?: Range | undefined;
}

interface ManyLines {
  /** Undefined until the first points have come. */
  readonly lines: readonly ChartLine[] | undefined;
  readonly error: Error | undefined;
  readonly retry: () => void;
}

const noValues: RunValues = { at: () => undefined, loading: false };

export function useManyLines(wanted: Wanted): ManyLines {
  const { runs, groups, values, metrics, names, settings, width, shown } = wanted;
  const { x, xMetric, zoom, logX, smoothing, centre, band } = settings;
  const scope = useMemo(
    () => lineScope({ x, xMetric, zoom, logX }, runs.length, width),
    [x, xMetric, zoom, logX, runs.length, width],
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
    const openEnd = !zoom || zoom[1] === Infinity;
    const lines: ChartLine[] = [];
    let come = runs.length === 0;
    for (const [order, metric] of metrics.entries()) {
      for (const run of runs) {
        const [series, along] = [seriesAt(metric, run.id), xMetric && seriesAt(xMetric, run.id)];
        come ||= series !== undefined;
        if (!series || series.x.length === 0 || (xMetric !== undefined && !along)) continue;
        const { x: places, y, total } = along ? overMetric(series, along) : inSeconds(series, x);
        const name = nameOf(run, names, told, groups);
        lines.push({
          id: `${run.id} ${metric}`,
          label: metrics.length > 1 ? `${name} · ${metric}` : name,
          // The metrics of a card are told apart by strokes.
          colour: typeof run.colour === 'number' ? run.colour + order * 8 : run.colour,
          run: run.id,
          x: places,
          y,
          total,
          live: run.status === 'RUNNING' && openEnd,
        });
      }
    }
    return come ? lines : undefined;
    // oxlint-disable-next-line react/exhaustive-deps
  }, [seriesAt, version, runs, metrics, names, told, groups, x, xMetric, zoom]);

  const lines = useMemo(() => {
    if (!raw) return undefined;
    const joined = groups.length > 0 ? joinGroups(raw, runs, groups, metrics, centre, band) : raw;
    if (smoothing.amount === 0) return joined;
    const range = shown ?? xRange(joined, zoom, logX);
    return joined.map((line) => (line.faint ? line : smoothed(line, smoothing, range)));
  }, [raw, runs, groups, metrics, centre, band, smoothing, zoom, logX, shown]);

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
function useLastSeen(
  held: readonly MetricSeries[],
  version: string,
  runIds: readonly string[],
): (key: string, runId: string) => Series | undefined {
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

function inSeconds(series: Series, x: ChartSettings['x']): Series {
  return x === 'relative' ? { ...series, x: series.x.map((ms) => ms / 1000) } : series;
}
