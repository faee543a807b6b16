import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { endpointMetrics, type EndpointMetrics } from '../../../api/endpoints.ts';
import type { Range } from '../../../charts/line/line-data.ts';
import { Button } from '../../../components/button.tsx';
import { Failed, Loading, State } from '../../../components/page.tsx';
import { useUrlState } from '../../../components/url-state.ts';
import { text } from '../../../text/endpoints.ts';
import { shortUri } from '../served.ts';
import { CountChart } from './count-chart.tsx';
import { CountTables } from './count-tables.tsx';
import { lineOf, stepsOf } from './series.ts';
import { Totals } from './totals.tsx';

const ranges = [1, 6, 24, 168] as const;

/** How often the endpoint was asked and how fast it answered. */
export function MetricsTab({ name }: { name: string }) {
  const [url, setUrl] = useUrlState();
  const hours = ranges.find((one) => String(one) === url['hours']) ?? 1;
  const { data, error, refetch } = useQuery({ ...endpointMetrics(name, hours), placeholderData: keepPreviousData });
  return (
    <div className="endpoint-metrics">
      <div className="page-line">
        <div className="segments" role="group" aria-label={text.metrics.range}>
          {ranges.map((one) => (
            <Button
              key={one}
              aria-pressed={one === hours}
              onClick={() => {
                setUrl({ hours: one === 1 ? undefined : String(one), zoom: undefined });
              }}
            >
              {text.metrics.hours(one)}
            </Button>
          ))}
        </div>
        {data && data.points.length > 0 && (
          <span className="dim">{`${text.metrics.perStep(data.step_minutes)}. ${text.metrics.truth}`}</span>
        )}
        {url['zoom'] !== undefined && (
          <Button onClick={() => setUrl({ zoom: undefined }, { replace: true })}>{text.metrics.whole}</Button>
        )}
      </div>
      {!data && (error ? <Failed error={error} onRetry={() => void refetch()} /> : <Loading />)}
      {data?.points.length === 0 && (
        <State title={text.metrics.none(text.metrics.hoursLong(hours))}>
          <p>{text.metrics.noneHelp}</p>
        </State>
      )}
      {data && data.points.length > 0 && <Shown metrics={data} />}
    </div>
  );
}

function rangeOf(zoom: string | undefined): Range | undefined {
  const [from = NaN, to = NaN] = (zoom ?? '').split('~').map(Number);
  return from < to ? [from, to] : undefined;
}

function Shown({ metrics }: { metrics: EndpointMetrics }) {
  const [url, setUrl] = useUrlState();
  const { requests, latency, byModel } = useMemo(() => linesOf(metrics), [metrics]);
  const charts = [
    { key: 'requests', label: text.metrics.requests, lines: requests },
    { key: 'latency', label: text.metrics.latency, lines: latency },
    ...(byModel.length > 1 ? [{ key: 'versions', label: text.metrics.byModel, lines: byModel }] : []),
  ];
  const tables = (url['tables'] ?? '').split(',').filter(Boolean);
  return (
    <>
      <Totals total={metrics.total} />
      <div className="count-charts">
        {charts.map(({ key, label, lines }) => (
          <CountChart
            key={key}
            label={label}
            lines={lines}
            range={rangeOf(url['zoom']) ?? [metrics.from, metrics.to]}
            asTable={tables.includes(key)}
            onTable={() => {
              const next = tables.includes(key) ? tables.filter((one) => one !== key) : [...tables, key];
              setUrl({ tables: next.join() }, { replace: true });
            }}
            onZoom={(zoom) => {
              setUrl({ zoom: zoom && `${Math.round(zoom[0])}~${Math.round(zoom[1])}` }, { replace: true });
            }}
          />
        ))}
      </div>
      <CountTables metrics={metrics} />
    </>
  );
}

const red = 5;

function linesOf(metrics: EndpointMetrics) {
  const steps = stepsOf(metrics);
  const line = (id: 'p50' | 'p95', colour: number) =>
    lineOf(steps, { id, label: text.metrics[id], colour, empty: NaN }, (point) => point[`${id}_ms`]);
  return {
    requests: [
      lineOf(steps, { id: 'all', label: text.metrics.requests, colour: 0, empty: 0 }, ({ requests }) => requests),
      lineOf(steps, { id: 'errors', label: text.metrics.errors, colour: red, empty: 0 }, ({ errors }) => errors),
    ],
    latency: [line('p50', 0), line('p95', 1)],
    byModel: metrics.by_model.map(({ model_uri: uri }, i) => {
      const label = uri === '' ? text.metrics.unanswered : shortUri(uri);
      return lineOf(steps, { id: uri, label, colour: i, empty: 0 }, (point) => point.by_model?.[uri] ?? 0);
    }),
  };
}
