/** Lines of runs over steps, time or another metric. */
import { useImperativeHandle, useMemo, useRef } from 'react';
import { ChartLegend } from '../../../charts/chart-legend.tsx';
import { ChartTable } from '../../../charts/chart-table.tsx';
import type { TooltipLook } from '../../../charts/chart-tooltip.tsx';
import { mostEndNames } from '../../../charts/end-names.ts';
import { withLegend } from '../../../charts/legend-paint.ts';
import { LineChart, type ChartHandle } from '../../../charts/line-chart.tsx';
import type { ChartLine } from '../../../charts/line-data.ts';
import { emptyReason, notesOf } from '../../../charts/line-notes.ts';
import { Button } from '../../../components/button.tsx';
import { Loading } from '../../../components/page.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/chart-lines.ts';
import { splitColumn } from '../../runs/run-query.ts';
import type { CardProps } from '../card-kind.ts';
import { cardSettings, lineOptions, type LegendPlace } from './line-options.ts';
import { rowsOf } from './line-rows.ts';
import { PointMoment } from './point-moment.tsx';
import { useCardRanges } from './use-card-ranges.ts';
import { useDetail } from './use-detail.ts';
import { useManyLines } from './use-many-lines.ts';

const noLogs = { logX: false, logY: false };

export function LineBody(props: CardProps) {
  const { spec, runs, values, groups, settings: page, label, width, asTable, onChange, onHide, onOnly, ref } = props;
  const chart = useRef<ChartHandle>(null);
  const settings = useMemo(() => cardSettings(page, spec), [page, spec]);
  const { legend, names, order } = useMemo(() => lineOptions(spec), [spec]);
  const metrics = useMemo(() => spec.columns.map((column) => splitColumn(column)[1]), [spec.columns]);
  const wanted = { runs, groups, values, metrics, names, settings, width };
  const { lines, error, retry } = useManyLines(wanted);
  const detail = useDetail(lines, wanted);
  const [limits, change] = useCardRanges(page, spec, onChange);
  const { x, xMetric, zoom, synced } = settings;
  const [endNames, place] = legendOf(legend, lines?.filter((line) => !line.faint).length ?? 0);

  const tooltip = useMemo<TooltipLook>(
    () => ({
      order,
      xTitle: xMetric,
      moment: (line, at) =>
        line.members || xMetric !== undefined ? null : (
          <PointMoment key={line.id} line={line} place={at} x={x} runs={runs} />
        ),
    }),
    [order, xMetric, x, runs],
  );
  useImperativeHandle(ref, () => ({
    picture: () => {
      const picture = chart.current?.picture();
      return picture && place && lines ? withLegend(picture, lines) : picture;
    },
    ...(lines && { rows: () => rowsOf(lines, runs, xMetric ?? x) }),
  }));

  if (runs.length === 0) return <div className="chart-state">{text.noRuns}</div>;
  if (error && !lines) {
    return (
      <div className="chart-state" role="alert">
        {error.message}
        <Button onClick={retry}>{common.retry}</Button>
      </div>
    );
  }
  if (!lines) return <Loading />;
  const reason = emptyReason(lines, settings, zoom !== undefined);
  if (reason !== undefined) {
    return (
      <div className="chart-state" data-chart="" data-drawn="true">
        {lines.length === 0 && !zoom ? text.none(metrics.join(', ')) : reason}
        {zoom && (
          <Button
            onClick={() => {
              change({ zoom: undefined });
            }}
          >
            {text.showAll}
          </Button>
        )}
      </div>
    );
  }
  const notes = notesOf(lines, asTable ? noLogs : settings);
  const idsOf = ({ run, members }: ChartLine): readonly string[] =>
    members ? [...members] : run === undefined ? [] : [run];
  const legendBox = place && !asTable && (
    <ChartLegend
      label={label}
      lines={lines}
      place={place}
      width={width}
      onToggle={(line) => {
        onHide(idsOf(line));
      }}
      onIsolate={(line) => {
        onOnly(idsOf(line));
      }}
    />
  );
  return (
    <>
      <div className={place === 'beside' ? 'lines-beside' : 'lines-body'}>
        {asTable ? (
          <ChartTable label={label} lines={lines} x={x} xTitle={xMetric} />
        ) : (
          <LineChart
            ref={chart}
            label={label}
            lines={lines}
            detail={detail}
            axes={settings}
            {...(limits && { limits })}
            synced={synced}
            endNames={endNames}
            tooltip={tooltip}
            onRanges={change}
          />
        )}
        {place === 'beside' && legendBox}
      </div>
      {place === 'below' && legendBox}
      {notes.length > 0 && (
        <p className="chart-notes dim" title={notes.join(' · ')}>
          {notes.join(' · ')}
        </p>
      )}
    </>
  );
}

/** Names at the ends of a few lines need no legend; a line alone needs neither. */
function legendOf(legend: LegendPlace, lines: number): [endNames: boolean, place: 'below' | 'beside' | undefined] {
  if (legend !== 'auto') return [false, legend === 'none' ? undefined : legend];
  return lines > mostEndNames ? [false, 'below'] : [lines > 1, undefined];
}
