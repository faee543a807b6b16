import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { metricSummaryQuery, type LastMetric, type RunDetail } from '../../../api/run.ts';
import { Sparkline } from '../../../charts/line/sparkline.tsx';
import { CopyButton } from '../../../components/copy-button.tsx';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/run.ts';
import { isSystem } from '../run-tabs.tsx';
import { KeyTable } from './key-table.tsx';

const { last, min, max, step, line } = text.column;
const columns = [last, min, max, step, line] as const;
const noText = (): string => '';
const valueOf = (metric: LastMetric): number => metric.value;

export function MetricsTable({ run, words, nested }: { run: RunDetail; words: string; nested: boolean }) {
  return (
    <KeyTable
      title={text.metrics}
      items={run.metrics}
      words={words}
      nested={nested}
      columns={columns}
      className="metrics"
      cells={(metric) => <MetricCells key={metric.key} run={run} metric={metric} />}
      textOf={noText}
      valueOf={valueOf}
      empty={text.noMetrics}
    />
  );
}

/** The last value is known with the run; the rest is asked for when the row comes into view. */
function MetricCells({ run, metric }: { run: RunDetail; metric: LastMetric }) {
  const { data } = useQuery(metricSummaryQuery(run.id, metric.key));
  return (
    <>
      <span role="cell" className="number value" title={String(metric.value)}>
        <CopyButton value={String(metric.value)} label={text.copyValue(metric.key)} />
        {shortNumber(metric.value)}
      </span>
      <Extreme value={data?.min} />
      <Extreme value={data?.max} />
      <span role="cell" className="number dim">
        {count(metric.step)}
      </span>
      <span role="cell">
        {data && (
          <Link
            to="/experiments/$experimentId/runs/$runId/$tab"
            params={{ experimentId: run.experimentId, runId: run.id, tab: isSystem(metric.key) ? 'system' : 'metrics' }}
            search={{ metric: metric.key } as never}
            aria-label={text.charts.only(metric.key)}
            className="spark-link"
          >
            <Sparkline values={data.spark} />
          </Link>
        )}
      </span>
    </>
  );
}

function Extreme({ value }: { value: number | undefined }) {
  const known = value !== undefined && !Number.isNaN(value);
  return (
    <span role="cell" className="number" title={known ? String(value) : undefined}>
      {known ? shortNumber(value) : '–'}
    </span>
  );
}
