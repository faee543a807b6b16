import { useMemo } from 'react';
import type { Plot, ShownPlot } from '../../../api/automl-plots.ts';
import { cssColour } from '../../../charts/run-colour.ts';
import { XyChart, type XySeries } from '../../../charts/line/xy-chart.tsx';
import { count, shortNumber } from '../../../components/format.ts';
import { text } from '../../../text/automl-trial.ts';
import { PlotBars } from './plot-bars.tsx';
import { PlotMatrix } from './plot-matrix.tsx';

function titleOfPlot(name: string): string {
  const words = name.replaceAll('_', ' ');
  return text.plotTitles[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** A plot of a trial, drawn from its numbers; without them its picture. */
export function PlotView({ shown: { name, plot, picture } }: { shown: ShownPlot }) {
  const title = titleOfPlot(name);
  return (
    <figure className="automl-plot" aria-label={title}>
      <figcaption>{title}</figcaption>
      {plot === undefined ? (
        picture !== undefined && <img src={picture} alt={text.picture(title)} loading="lazy" />
      ) : (
        <Drawn name={name} title={title} plot={plot} />
      )}
    </figure>
  );
}

function Drawn({ name, title, plot }: { name: string; title: string; plot: Plot }) {
  switch (plot.kind) {
    case 'bars':
      return <PlotBars title={title} plot={plot} />;
    case 'matrix':
      return <PlotMatrix title={title} plot={plot} />;
    case 'lines':
    case 'points':
      return <Xy name={name} title={title} plot={plot} />;
  }
}

type LinesOrPoints = Extract<Plot, { kind: 'lines' | 'points' }>;

function Xy({ name, title, plot }: { name: string; title: string; plot: LinesOrPoints }) {
  const { series, time } = useMemo(() => withHelp(name, seriesOf(plot)), [name, plot]);
  const what =
    plot.kind === 'points'
      ? text.figure.points(count(plot.points.x.length))
      : text.figure.lines(series.map(({ label }) => label).join(', '));
  return (
    <>
      {series.length > 1 && (
        <p className="automl-legend">
          {series.map(({ label, colour, look }) => (
            <span key={label} className="count-legend">
              <i className={look} style={{ background: cssColour(colour) }} />
              {label}
            </span>
          ))}
        </p>
      )}
      <div className="automl-xy">
        <XyChart
          label={`${title}. ${what}`}
          series={series}
          kind={time ? 'time' : 'step'}
          xEnds={endsOf(series)}
          xTitle={plot.x || undefined}
          yTitle={plot.y || undefined}
          format={shortNumber}
        />
      </div>
    </>
  );
}

/** Lines that only help the eye, such as the diagonal of chance. */
const helping = /^(chance|ideal|perfect|perfectly calibrated|actual = predicted|zero|baseline|lower|upper)\b/i;

interface Seen {
  readonly series: readonly XySeries[];
  readonly time: boolean;
}

function seriesOf(plot: LinesOrPoints): Seen {
  if (plot.kind === 'points') {
    const { x, y } = plot.points;
    return { series: [{ label: plot.y, colour: 0, look: 'points', x: [...x], y: [...y] }], time: false };
  }
  const lines = Object.entries(plot.lines);
  const time = lines.some(([, { x }]) => typeof x[0] === 'string');
  return {
    time,
    series: lines.map(([label, { x, y }], i) => ({
      label,
      colour: i,
      look: helping.test(label) ? 'dashed' : 'line',
      x: x.map((at) => (typeof at === 'string' ? Date.parse(at) : at)),
      y: y.map((value: number | null) => value ?? NaN),
    })),
  };
}

/** A long history would press its forecast into a few pixels: of the history as much as four forecasts is shown. */
function endsOf(series: readonly XySeries[]): readonly [number, number] | undefined {
  const ahead = series.filter(({ label }) => /^forecast\b/i.test(label)).flatMap(({ x }) => x);
  if (ahead.length < 2) return undefined;
  const [first, last] = [Math.min(...ahead), Math.max(...ahead)];
  return [Math.max(Math.min(...series.map(({ x }) => x[0] ?? first)), first - 4 * (last - first)), Infinity];
}

/** What a good model would show, where the plot itself does not. */
function withHelp(name: string, seen: Seen): Seen {
  const label = text.figure.helps[name];
  const xs = seen.series.flatMap(({ x }) => x).filter((x) => Number.isFinite(x));
  if (label === undefined || xs.length === 0 || seen.series.some(({ look }) => look === 'dashed')) return seen;
  const ends = [Math.min(...xs), Math.max(...xs)];
  const help: XySeries = { label, colour: 6, look: 'dashed', x: ends, y: name === 'residuals' ? [0, 0] : ends };
  return { ...seen, series: [...seen.series, help] };
}
