/** The curves of a run, one chart for each metric. */
import { useDeferredValue, useMemo } from 'react';
import type { RunDetail } from '../../../api/run.ts';
import { Button } from '../../../components/button.tsx';
import { State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/run.ts';
import { isSystem } from '../run-tabs.tsx';
import { ChartGrid } from './chart-grid.tsx';
import { useChartSettings } from './chart-settings.ts';
import { ChartTools } from './chart-tools.tsx';
import { findMetrics } from './find-metrics.ts';

export function MetricsTab({ run, system }: { run: RunDetail; system: boolean }) {
  const [{ q = '', re, metric }, setUrl] = useUrlState();
  const [settings, change] = useChartSettings();
  const words = useDeferredValue(q);
  const all = useMemo(() => run.metrics.filter(({ key }) => isSystem(key) === system), [run.metrics, system]);
  const found = useMemo(
    () =>
      metric === undefined
        ? findMetrics(all, words, re === '1')
        : { metrics: all.filter(({ key }) => key === metric), bad: false },
    [all, words, re, metric],
  );
  if (all.length === 0) return <State title={system ? text.charts.noSystem : text.noMetrics} />;
  return (
    <>
      <ChartTools
        all={all.length}
        shown={found.metrics.length}
        bad={found.bad}
        only={metric}
        settings={settings}
        onChange={change}
      />
      {found.metrics.length === 0 ? (
        <State title={text.noMatch(metric ?? q)}>
          <Button
            onClick={() => {
              setUrl({ q: undefined, metric: undefined });
            }}
          >
            {text.charts.showAll}
          </Button>
        </State>
      ) : (
        <ChartGrid run={run} metrics={found.metrics} settings={settings} onChange={change} />
      )}
    </>
  );
}
