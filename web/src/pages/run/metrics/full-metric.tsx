import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { useUrlSet } from '../../../components/use-url-set.ts';
import type { ChartSettings } from '../../charts/chart-settings.ts';
import { FullChart } from '../../charts/full-chart.tsx';
import { ChartCard } from './chart-card.tsx';

interface FullMetricProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  /** Those that the arrows step through. */
  readonly charts: readonly LastMetric[];
  readonly settings: ChartSettings;
}

export function FullMetric({ run, metric, charts, settings }: FullMetricProps) {
  const [tables, toggleTable] = useUrlSet('table');
  return (
    <FullChart title={metric.key} current={metric.key} keys={charts.map(({ key }) => key)}>
      {(tools) => (
        <ChartCard
          key={metric.key}
          run={run}
          metric={metric}
          settings={settings}
          width={innerWidth}
          asTable={tables.has(metric.key)}
          onTable={toggleTable}
          alone={false}
          tools={tools}
        />
      )}
    </FullChart>
  );
}
