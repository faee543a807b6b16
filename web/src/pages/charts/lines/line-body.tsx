/** Lines of runs over steps, time or another metric. */
import { useImperativeHandle, useMemo, useRef } from 'react';
import { ChartLegend, type LegendEntry } from '../../../charts/line/chart-legend.tsx';
import { ChartTable } from '../../../charts/line/chart-table.tsx';
import type { TooltipLook } from '../../../charts/line/chart-tooltip.tsx';
import { mostEndNames } from '../../../charts/line/end-names.ts';
import { withLegend } from '../../../charts/line/legend-paint.ts';
import { LineChart, type ChartHandle } from '../../../charts/line/line-chart.tsx';
import type { ChartLine } from '../../../charts/line/line-data.ts';
import { emptyReason, notesOf } from '../../../charts/line/line-notes.ts';
import { Button } from '../../../components/button.tsx';
import { Loading } from '../../../components/page.tsx';
import { text as common } from '../../../text/common.ts';
import { text } from '../../../text/chart-lines.ts';
import { splitColumn } from '../../runs/run-query.ts';
import type { CardProps } from '../card-kind.ts';
import { everyLine } from './every-line.ts';
import type { ChartSettings } from '../chart-settings.ts';
import { useLegendEntries } from './legend-entries.ts';
import { cardSettings, lineOptions, type LegendPlace } from './line-options.ts';
import { rowsOf } from './line-rows.ts';
import { PointMoment } from './point-moment.tsx';
import { useCardRanges } from './use-card-ranges.ts';
import { useDetail } from './use-detail.ts';
import { useManyLines } from './use-many-lines.ts';

export function LineBody(props: CardProps) {
  const { spec, runs, named, values, groups, settings: page, label, width, asTable, onChange, ref } = props;
  const chart = useRef<ChartHandle>(null);
  const settings = useMemo(() => cardSettings(page, spec), [page, spec]);
  const { legend, names, order } = useMemo(() => lineOptions(spec), [spec]);
  const metrics = useMemo(() => spec.columns.map((column) => splitColumn(column)[1]), [spec.columns]);
  const wanted = { runs, groups, values, metrics, names, settings, width };
  const { lines, error, retry } = useManyLines(wanted);
  const detail = useDetail(lines, wanted);
  const [limits, change] = useCardRanges(page, spec, onChange);
  const { x, xMetric, zoom, synced } = settings;
  const entries = useLegendEntries(lines, named, groups, metrics, names, values);
  const [endNames, place] = legendOf(legend, entries, named.length);

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
    rows: async (say) =>
      rowsOf(await everyLine(wanted, say), runs, {
        x: xMetric ?? x,
        smoothing: settings.smoothing,
        spread: groups.length > 0 && settings.band !== 'none' && settings.band !== 'members',
      }),
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
  const reason = emptyReason(lines, settings, zoom);
  const idsOf = ({ run, members }: LegendEntry): readonly string[] =>
    members ? [...members] : run === undefined ? [] : [run];
  const legendBox = place && !asTable && (
    <ChartLegend
      label={label}
      entries={entries}
      place={place}
      width={width}
      onToggle={(entry) => {
        props.onEye(idsOf(entry), entry.putAway === true);
      }}
      onSingle={(entry) => {
        props.onSingle(idsOf(entry));
      }}
      onAllBack={props.onAllBack}
    />
  );
  if (reason !== undefined) {
    return (
      <>
        <div className="chart-state" data-chart="" data-drawn="true">
          {whyEmpty(lines, reason, metrics, settings)}
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
        {legendBox}
      </>
    );
  }
  // A table says for itself that it is a sample.
  const notes = asTable ? [] : notesOf(lines, settings);
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

function whyEmpty(
  lines: readonly ChartLine[],
  reason: string,
  metrics: readonly string[],
  { zoom, xMetric }: ChartSettings,
): string {
  if (zoom) return reason;
  if (lines.length === 0) return text.none(metrics.join(', '));
  const nowhere = lines.every(({ x }) => x.length === 0);
  return nowhere && xMetric !== undefined ? text.noneTogether(metrics.join(', '), xMetric) : reason;
}

/**
 * Names at the ends of a few lines need no legend, unless others were put away; the line of the only run of a page needs
 * neither.
 */
function legendOf(
  legend: LegendPlace,
  entries: readonly LegendEntry[],
  runs: number,
): [endNames: boolean, place: 'below' | 'beside' | undefined] {
  if (legend !== 'auto') return [false, legend === 'none' ? undefined : legend];
  const drawn = entries.filter(({ putAway }) => !putAway).length;
  return [drawn <= mostEndNames && runs > 1, entries.length > mostEndNames ? 'below' : undefined];
}
