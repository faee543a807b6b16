/** How the points of a metric lie, stretch of steps by stretch of steps, over all runs shown. */
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { metricSeries } from '../../../api/many-series.ts';
import { heatOf, type HeatPoint } from '../../../charts/marks/mark-heat-cells.ts';
import { heatPlot } from '../../../charts/marks/mark-heat.ts';
import { Button } from '../../../components/button.tsx';
import { count, shortNumber } from '../../../components/format.ts';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/chart-marks.ts';
import { splitColumn } from '../../runs/run-query.ts';
import type { CardProps } from '../card-kind.ts';
import type { ChartRun } from '../chart-run.ts';
import { usePaused } from '../use-paused.ts';
import { isOn } from './card-options.ts';
import { MarkBody, type MarkCard } from './mark-body.tsx';
import { titleOfColumn } from './run-numbers.ts';

/** Of all runs together, and of one. */
const [mostTogether, mostOfRun] = [100_000, 1000];
/** A run more or less asks for no other points of the others. */
const sizes = [1, 10, 100, 1000];

export function StepsBody({ spec, runs, ...rest }: CardProps) {
  const [column = ''] = spec.columns;
  const [kind, key] = splitColumn(column);
  const size = sizes.find((one) => one >= runs.length) ?? runs.length;
  const series = useMemo(
    () => metricSeries({ x: 'step', mostPoints: Math.min(mostOfRun, Math.ceil(mostTogether / size)) }, key),
    [size, key],
  );
  const version = useSyncExternalStore(series.subscribe, () => series.version);
  const [paused] = usePaused();
  const isMetric = kind === 'metrics';
  useEffect(() => {
    if (isMetric) series.ask(runs.map(({ id }) => id), !paused); // prettier-ignore
  }, [series, version, runs, paused, isMetric]);
  const log = isOn(spec.options, 'log');
  const card = useMemo(
    () => cardOf(runs, series, titleOfColumn(column), log, isMetric),
    // oxlint-disable-next-line react/exhaustive-deps
    [runs, series, version, column, log, isMetric],
  );
  const retry = useCallback(() => {
    series.retry();
  }, [series]);
  if (series.error && 'empty' in card) {
    return (
      <div className="chart-state" role="alert">
        {series.error.message}
        <Button onClick={retry}>{common.retry}</Button>
      </div>
    );
  }
  const loading = isMetric && runs.some(({ id }) => !series.of(id));
  return <MarkBody {...rest} card={card} loading={loading} />;
}

type Points = Pick<ReturnType<typeof metricSeries>, 'of'>;

function cardOf(runs: readonly ChartRun[], series: Points, title: string, log: boolean, isMetric: boolean): MarkCard {
  if (runs.length === 0) return { empty: text.noRuns };
  if (!isMetric) return { empty: text.onlyMetrics };
  const points: HeatPoint[] = [];
  let [seen, total, notFinite, below] = [0, 0, 0, 0];
  const found = new Set<string>();
  for (const { id: runId } of runs) {
    const line = series.of(runId);
    if (!line) continue;
    seen += line.x.length;
    total += line.total;
    for (const [i, x] of line.x.entries()) {
      const y = line.y[i] ?? NaN;
      if (!Number.isFinite(y)) notFinite++;
      else if (log && y <= 0) below++;
      else {
        points.push({ runId, x, y });
        found.add(runId);
      }
    }
  }
  if (points.length === 0) {
    return {
      empty: below > 0 ? text.onlyNegative(title) : notFinite > 0 ? text.onlyGaps(title) : text.noNumbers(title),
    };
  }
  const heat = heatOf(points, log);
  const [low, high] = heat.values;
  const notes = [
    seen < total ? text.sampled(count(seen), count(total)) : '',
    notFinite > 0 ? text.notFinite(count(notFinite)) : '',
    below > 0 ? text.notPositive(count(below)) : '',
    found.size < runs.length ? text.without(count(runs.length - found.size), title) : '',
  ];
  return {
    notes: notes.filter((note) => note !== ''),
    summary: text.heatSummary(count(points.length), count(found.size), shortNumber(low), shortNumber(high)),
    header: [text.firstStep, text.lastStep, text.from, text.to, text.points, text.runs],
    rows: heat.cells.map(({ steps, values, points: n, runIds }) => [...steps, ...values, n, runIds.size]),
    plan: heatPlot(heat, log),
  };
}
