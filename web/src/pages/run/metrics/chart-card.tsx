import { useEffect, useRef } from 'react';
import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { ChartTable } from '../../../charts/chart-table.tsx';
import { xFullText } from '../../../charts/axis-text.ts';
import { LineChart } from '../../../charts/line-chart.tsx';
import { emptyReason, notesOf } from '../../../charts/line-notes.ts';
import type { ChartLine } from '../../../charts/line-data.ts';
import { count, shortNumber } from '../../../components/format.ts';
import { Button } from '../../../components/button.tsx';
import { Loading } from '../../../components/page.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/run.ts';
import { ChartMenu } from './chart-menu.tsx';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';
import { useLines } from './use-lines.ts';

interface ChartCardProps {
  readonly run: RunDetail;
  readonly metric: LastMetric;
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
  readonly width: number;
  readonly asTable: boolean;
  readonly onTable: (key: string) => void;
  readonly alone: boolean;
}

export function ChartCard({ run, metric, settings, onChange, width, asTable, onTable, alone }: ChartCardProps) {
  const card = useRef<HTMLElement>(null);
  const { lines, error, retry } = useLines(run, metric.key, settings, width);
  // A single point is told by the card itself.
  const notes = lines && !isSingle(lines, settings) ? notesOf(lines, settings.logY && !asTable) : [];
  return (
    <figure ref={card} className="chart-card" aria-label={metric.key}>
      <figcaption>
        <span className="ellipsis" title={metric.key}>
          {metric.key}
        </span>
        <span className="number dim" title={String(metric.value)}>
          {shortNumber(metric.value)}
        </span>
        <span className="spacer" />
        <ChartMenu run={run} metric={metric} card={card} asTable={asTable} onTable={onTable} alone={alone} />
      </figcaption>
      <div className="chart-body">
        {error && !lines ? (
          <div className="chart-state" role="alert">
            {error.message}
            <Button onClick={retry}>{common.retry}</Button>
          </div>
        ) : lines ? (
          <Picture metric={metric} lines={lines} settings={settings} onChange={onChange} asTable={asTable} />
        ) : (
          <Loading />
        )}
      </div>
      {notes.length > 0 && <p className="chart-notes dim">{notes.join(' · ')}</p>}
    </figure>
  );
}

interface PictureProps extends Pick<ChartCardProps, 'metric' | 'settings' | 'onChange' | 'asTable'> {
  readonly lines: readonly ChartLine[];
}

function Picture({ metric, lines, settings, onChange, asTable }: PictureProps) {
  const { x, logY, fit, zoom, synced } = settings;
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
  const reason = emptyReason(lines, logY, zoom !== undefined);
  if (reason !== undefined) {
    return (
      <div className="chart-state">
        {reason}
        {zoom && (
          <Button
            onClick={() => {
              onChange({ zoom: undefined });
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
      label={metric.key}
      lines={lines}
      x={x}
      logY={logY}
      fit={fit}
      zoom={zoom}
      synced={synced}
      onZoom={(zoom) => {
        onChange({ zoom });
      }}
    />
  );
}

function isSingle([line]: readonly ChartLine[], { zoom }: ChartSettings): boolean {
  return line?.total === 1 && !zoom;
}

/** One value makes no line. */
function SinglePoint({ value, at }: { value: number; at: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (box.current) box.current.dataset['drawn'] = 'true';
  }, []);
  return (
    <div ref={box} className="chart-single" data-chart="">
      <strong title={String(value)}>{shortNumber(value)}</strong>
      <span className="dim">{at}</span>
    </div>
  );
}
