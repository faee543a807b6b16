/** The curves of a run, one chart for each metric; metrics of one point as figures. */
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import { runLinesQuery, type LastMetric, type RunDetail } from '../../../api/run.ts';
import { Button } from '../../../components/button.tsx';
import { useHotkeys } from '../../../components/hotkeys.ts';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { useFrozen } from '../../charts/use-paused.ts';
import { isSystem } from '../run-tabs.tsx';
import { ChartGrid } from './chart-grid.tsx';
import { useChartSettings } from '../../charts/chart-settings.ts';
import { findCharts } from '../../charts/find-charts.ts';
import { pointedChart } from '../../charts/full-chart.tsx';
import { ChartTools } from './chart-tools.tsx';
import { FullMetric } from './full-metric.tsx';

export function MetricsTab({ run, system }: { run: RunDetail; system: boolean }) {
  const [{ q = '', re, metric, full }, setUrl] = useUrlState();
  const [settings, change] = useChartSettings();
  const words = useDeferredValue(q);
  const lines = useQuery({ ...runLinesQuery(run.id), ...useFrozen() });
  const all = useMemo(() => run.metrics.filter(({ key }) => isSystem(key) === system), [run.metrics, system]);
  const found = useMemo(
    () =>
      metric === undefined
        ? findCharts(all, ({ key }) => key, words, re === '1')
        : { charts: all.filter(({ key }) => key === metric), bad: false },
    [all, words, re, metric],
  );
  const [charts, values] = useMemo(
    () => (metric === undefined ? parted(found.charts, lines.data) : [found.charts, []]),
    [found.charts, lines.data, metric],
  );
  const opened = full === undefined ? undefined : all.find(({ key }) => key === full);
  useHotkeys({
    f: {
      label: text.charts.full,
      run: () => {
        setUrl({ full: pointedChart() });
      },
    },
  });
  if (all.length === 0) return <State title={system ? text.charts.noSystem : text.noMetrics} />;
  return (
    <>
      <ChartTools
        run={run}
        all={all.length}
        shown={found.charts.length}
        bad={found.bad}
        only={metric}
        settings={settings}
        onChange={change}
      />
      {found.charts.length === 0 ? (
        <State title={text.noMatch(metric ?? q)}>
          <Button
            onClick={() => {
              setUrl({ q: undefined, metric: undefined });
            }}
          >
            {text.charts.showAll}
          </Button>
        </State>
      ) : lines.data || metric !== undefined ? (
        <ChartGrid run={run} charts={charts} values={values} settings={settings} />
      ) : lines.error ? (
        <Failed error={lines.error} onRetry={() => void lines.refetch()} />
      ) : (
        <Loading />
      )}
      {opened && <FullMetric run={run} metric={opened} charts={charts} settings={settings} />}
    </>
  );
}

/** Those with a line, and those with a single value. */
function parted(metrics: readonly LastMetric[], lines: ReadonlySet<string> = new Set()): [LastMetric[], LastMetric[]] {
  const { charts = [], values = [] } = Object.groupBy(metrics, ({ key }) => (lines.has(key) ? 'charts' : 'values'));
  return [charts, values];
}
