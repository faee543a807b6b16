import { useRef, type ReactNode, type Ref } from 'react';
import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { ChartTable } from '../../../charts/line/chart-table.tsx';
import { xFullText } from '../../../charts/axis-text.ts';
import { LineChart, type ChartHandle } from '../../../charts/line/line-chart.tsx';
import { emptyReason, notesOf } from '../../../charts/line/line-notes.ts';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { Button } from '../../../components/button.tsx';
import { Loading } from '../../../components/page.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import type { ChartSettings } from '../../charts/chart-settings.ts';
import { useChartRanges } from '../../charts/use-chart-ranges.ts';
import { MetricMenu } from './metric-menu.tsx';
import { useLines } from './use-lines.ts';

interface ChartCardProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  readonly settings: ChartSettings;
  readonly width: number;
  readonly asTable: boolean;
  readonly onTable: (key: string) => void;
  readonly alone: boolean;
  /** In place of the name, where that stands elsewhere. */
  readonly tools?: ReactNode;
}

export function ChartCard({ run, metric, settings, width, asTable, onTable, alone, tools }: ChartCardProps) {
  const chart = useRef<ChartHandle>(null);
  const { lines, error, retry } = useLines(run, metric, settings, width);
  // A single point is told by the card itself.
  const notes = lines && !asTable && !isSingle(lines, settings) ? notesOf(lines, settings) : [];
  return (
    <figure className="chart-card" aria-label={metric.key} data-card={metric.key}>
      <figcaption>
        {tools ?? (
          <span className="ellipsis" title={metric.key}>
            {metric.key}
          </span>
        )}
        <span className="number dim" title={String(metric.value)}>
          {shortNumber(metric.value)}
        </span>
        <span className="spacer" />
        <MetricMenu
          run={run}
          metric={metric}
          settings={settings}
          chart={chart}
          asTable={asTable}
          onTable={onTable}
          alone={alone}
          full={tools !== undefined}
        />
      </figcaption>
      <div className="chart-body">
        {error && !lines ? (
          <div className="chart-state" role="alert">
            {error.message}
            <Button onClick={retry}>{common.retry}</Button>
          </div>
        ) : lines ? (
          <Content metric={metric} lines={lines} settings={settings} asTable={asTable} chart={chart} />
        ) : (
          <Loading />
        )}
      </div>
      {notes.length > 0 && (
        <p className="chart-notes dim" title={notes.join(' · ')}>
          {notes.join(' · ')}
        </p>
      )}
    </figure>
  );
}

interface ContentProps extends Pick<ChartCardProps, 'metric' | 'settings' | 'asTable'> {
  readonly lines: readonly ChartLine[];
  readonly chart: Ref<ChartHandle>;
}

function Content({ metric, lines, settings, asTable, chart }: ContentProps) {
  const { x, zoom, synced } = settings;
  const [limits, change] = useChartRanges(metric.key);
  const [line] = lines;
  if (asTable) return <ChartTable label={metric.key} lines={lines} x={x} />;
  if (line && isSingle(lines, settings)) {
    return (
      <SinglePoint
        value={line.y[0] ?? NaN}
        at={x === 'step' ? text.charts.single(count(line.x[0] ?? 0)) : xFullText(x, line.x[0] ?? 0)}
      />
    );
  }
  const reason = emptyReason(lines, settings, zoom);
  if (reason !== undefined) {
    return (
      <div className="chart-state">
        {reason}
        {zoom && (
          <Button
            onClick={() => {
              change({ zoom: undefined });
            }}
          >
            {text.charts.resetZoom}
          </Button>
        )}
      </div>
    );
  }
  return (
    <LineChart
      ref={chart}
      label={metric.key}
      lines={lines}
      axes={settings}
      {...(limits && { limits })}
      synced={synced}
      onRanges={change}
    />
  );
}

function isSingle([line]: readonly ChartLine[], { zoom }: ChartSettings): boolean {
  return line?.total === 1 && !zoom;
}

/** One value makes no line. */
function SinglePoint({ value, at }: { value: number; at: string }) {
  return (
    <div className="chart-single" data-chart="" data-drawn="true">
      <strong title={String(value)}>{shortNumber(value)}</strong>
      <span className="dim">{at}</span>
    </div>
  );
}
