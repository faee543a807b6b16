/** A few lines and clouds of points with axes of their own, drawn as one picture whose points can be chosen. */
import { useMemo, useRef, useState } from 'react';
import { xTickText, yTickText, type XKind } from '../axis-text.ts';
import { cssColour } from '../run-colour.ts';
import { xRange, yRange, scalesOf, type Scales } from '../scales.ts';
import { everything, type ChartLine } from './line-data.ts';
import { measured } from '../text-width.ts';
import { useChartTheme } from '../theme.ts';
import { apart, roundTicks, spanTicks, timeTicks } from '../ticks.ts';
import { useCanvasSize } from '../use-canvas-size.ts';

export interface XySeries {
  readonly label: string;
  /** Place in the palette. */
  readonly colour: number;
  readonly look: 'line' | 'dashed' | 'points';
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** What each point is called; those that have a name can be chosen. */
  readonly names?: readonly string[];
  readonly keys?: readonly string[];
}

interface XyChartProps {
  /** What a screen reader says of it. */
  readonly label: string;
  readonly series: readonly XySeries[];
  readonly kind?: XKind;
  readonly xTitle?: string | undefined;
  readonly yTitle?: string | undefined;
  /** Ends of the x axis, where the data does not say. */
  readonly xEnds?: readonly [number, number] | undefined;
  /** What lies beyond stands at the edge. */
  readonly yEnds?: readonly [number, number] | undefined;
  /** Words for a value under the pointer. */
  readonly format: (value: number) => string;
  readonly chosen?: string | undefined;
  readonly onChoose?: ((key: string) => void) | undefined;
}

const titleRoom = 16;

interface Pointed {
  readonly series: XySeries;
  readonly place: number;
}

/** Pixels around the pointer in which a point is found. */
const reach = 14;

export function XyChart(props: XyChartProps) {
  const { label, series, kind = 'step', xTitle, yTitle, xEnds, yEnds, format, chosen, onChoose } = props;
  const frame = useRef<HTMLDivElement>(null);
  const size = useCanvasSize(frame);
  const { font } = useChartTheme();
  const [pointed, setPointed] = useState<Pointed>();
  const laid = useMemo(() => {
    if (!size) return undefined;
    const lines = series.map(asLine);
    const x = xRange(lines, xEnds ?? everything);
    const y = yRange(lines, x, { log: false, fit: 'visible', limits: yEnds ?? everything });
    const [top, bottom] = [yTitle === undefined ? 8 : 8 + titleRoom, xTitle === undefined ? 22 : 22 + titleRoom];
    const height = Math.max(20, size.height - top - bottom);
    const yMarks = roundTicks(...y, Math.min(8, Math.max(2, Math.floor(height / 34))));
    const widths = yMarks.map((tick) => measured(yTickText(tick, apart(yMarks, y, false)), font).width);
    const left = Math.ceil(Math.max(0, ...widths)) + 10;
    const box = { left, top, width: Math.max(20, size.width - left - 12), height };
    const scales = atEdges(scalesOf(box, x, y, false, false));
    const wanted = Math.max(2, Math.floor(box.width / 84));
    const xMarks =
      kind === 'time'
        ? timeTicks(...x, wanted)
        : kind === 'relative'
          ? spanTicks(x[0] * 1000, x[1] * 1000, wanted).map((tick) => tick / 1000)
          : roundTicks(...x, wanted);
    return { scales, xMarks, yMarks };
  }, [series, size, kind, xEnds, yEnds, xTitle, yTitle, font]);

  const find = (clientX: number, clientY: number): Pointed | undefined => {
    const at = frame.current?.getBoundingClientRect();
    if (!laid || !at) return undefined;
    return nearestPoint(series, laid.scales, clientX - at.left, clientY - at.top);
  };

  return (
    <div
      ref={frame}
      className="xy-chart"
      data-drawn={laid !== undefined}
      onPointerMove={({ clientX, clientY }) => {
        setPointed(find(clientX, clientY));
      }}
      onPointerLeave={() => {
        setPointed(undefined);
      }}
      onClick={({ clientX, clientY }) => {
        const hit = find(clientX, clientY);
        const key = hit?.series.keys?.[hit.place];
        if (key !== undefined) onChoose?.(key);
      }}
      style={{ cursor: onChoose && pointed?.series.keys ? 'pointer' : undefined }}
    >
      {laid && size && (
        <svg width={size.width} height={size.height} role="img" aria-label={label}>
          <Axes laid={laid} kind={kind} xTitle={xTitle} yTitle={yTitle} />
          {series.map((one) => (
            <SeriesView key={`${one.label} ${one.look}`} series={one} scales={laid.scales} chosen={chosen} />
          ))}
        </svg>
      )}
      {pointed && laid && <Tip pointed={pointed} scales={laid.scales} kind={kind} format={format} />}
    </div>
  );
}

function atEdges(scales: Scales): Scales {
  const { box, py } = scales;
  return { ...scales, py: (y) => Math.max(box.top, Math.min(box.top + box.height, py(y))) };
}

function asLine({ label, x, y }: XySeries): ChartLine {
  // The ends of x are read from the first and the last point.
  const sorted = x.every((value, i) => i === 0 || value >= (x[i - 1] ?? 0))
    ? { x, y }
    : (() => {
        const order = x.map((_, i) => i).toSorted((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
        return { x: order.map((i) => x[i] ?? NaN), y: order.map((i) => y[i] ?? NaN) };
      })();
  return {
    id: label,
    label,
    colour: 0,
    x: Float64Array.from(sorted.x),
    y: Float64Array.from(sorted.y),
    total: x.length,
  };
}

interface Laid {
  readonly scales: Scales;
  readonly xMarks: readonly number[];
  readonly yMarks: readonly number[];
}

interface AxesProps {
  readonly laid: Laid;
  readonly kind: XKind;
  readonly xTitle: string | undefined;
  readonly yTitle: string | undefined;
}

function Axes({ laid: { scales, xMarks, yMarks }, kind, xTitle, yTitle }: AxesProps) {
  const { box, px, py, x, y } = scales;
  const bottom = box.top + box.height;
  return (
    <g aria-hidden="true">
      {yMarks.map((tick) => {
        const at = Math.round(py(tick)) + 0.5;
        return (
          <g key={tick}>
            <line className="xy-grid" x1={box.left} x2={box.left + box.width} y1={at} y2={at} />
            <text x={box.left - 6} y={at} dy="0.35em" textAnchor="end">
              {yTickText(tick, apart([...yMarks], y, false))}
            </text>
          </g>
        );
      })}
      <line className="xy-axis" x1={box.left} x2={box.left + box.width} y1={bottom + 0.5} y2={bottom + 0.5} />
      {xMarks.map((tick) => {
        const at = px(tick);
        const right = box.left + box.width;
        return (
          <text
            key={tick}
            x={at}
            y={bottom + 16}
            textAnchor={at > right - 16 ? 'end' : at < box.left + 12 ? 'start' : 'middle'}
          >
            {xTickText(kind, tick, apart([...xMarks], x, false))}
          </text>
        );
      })}
      {yTitle !== undefined && (
        <text x={0} y={12} textAnchor="start">
          {yTitle}
        </text>
      )}
      {xTitle !== undefined && (
        <text x={box.left + box.width} y={bottom + 16 + titleRoom} textAnchor="end">
          {xTitle}
        </text>
      )}
    </g>
  );
}

interface SeriesViewProps {
  readonly series: XySeries;
  readonly scales: Scales;
  readonly chosen: string | undefined;
}

function SeriesView({ series: { look, x: all, y, colour, keys }, scales, chosen }: SeriesViewProps) {
  const { px, py } = scales;
  const [from, to] = scales.x;
  // What lies beyond the ends of the axis is not drawn.
  const x = all.map((at) => (at >= from && at <= to ? at : NaN));
  const stroke = cssColour(colour);
  if (look === 'points') {
    const radius = x.length > 300 ? 2 : 3.5;
    return (
      <g>
        {x.map((at, i) => {
          const value = y[i] ?? NaN;
          const isChosen = chosen !== undefined && keys?.[i] === chosen;
          return Number.isFinite(at) && Number.isFinite(value) ? (
            <circle
              key={i}
              cx={px(at)}
              cy={py(value)}
              r={isChosen ? radius + 2.5 : radius}
              className={isChosen ? 'xy-point chosen' : 'xy-point'}
              style={{ fill: stroke }}
              fillOpacity={x.length > 300 ? 0.5 : 0.85}
            />
          ) : null;
        })}
      </g>
    );
  }
  const path = x
    .map((at, i) => [px(at), py(y[i] ?? NaN)] as const)
    .map(([left, top], i, all) => {
      if (!Number.isFinite(left) || !Number.isFinite(top)) return '';
      const before = all[i - 1];
      const open = before !== undefined && Number.isFinite(before[0]) && Number.isFinite(before[1]);
      return `${open ? 'L' : 'M'}${left.toFixed(1)} ${top.toFixed(1)}`;
    })
    .join('');
  return (
    <path className="xy-line" d={path} style={{ stroke }} strokeDasharray={look === 'dashed' ? '5 4' : undefined} />
  );
}

interface TipProps {
  readonly pointed: Pointed;
  readonly scales: Scales;
  readonly kind: XKind;
  readonly format: (value: number) => string;
}

function Tip({ pointed: { series, place }, scales: { px, py, box }, kind, format }: TipProps) {
  const [x, y] = [series.x[place] ?? NaN, series.y[place] ?? NaN];
  const left = px(x);
  const atLeft = left > box.left + box.width / 2;
  return (
    <div
      className={atLeft ? 'chart-tooltip at-left' : 'chart-tooltip'}
      style={{ left: left + (atLeft ? -10 : 10), top: Math.max(0, py(y) - 20) }}
      aria-hidden="true"
    >
      <div className="dim">{xTickText(kind, x, NaN)}</div>
      <div className="chart-tooltip-row">
        <i style={{ background: cssColour(series.colour) }} />
        <span>{series.names?.[place] ?? series.label}</span>
        <b className="number">{format(y)}</b>
      </div>
    </div>
  );
}

/** Points before lines: who points at one on a line means it. */
function nearestPoint(all: readonly XySeries[], { px, py }: Scales, left: number, top: number): Pointed | undefined {
  let found: Pointed | undefined;
  let least = reach;
  for (const series of all.toSorted((a, b) => Number(b.look === 'points') - Number(a.look === 'points'))) {
    for (const [place, x] of series.x.entries()) {
      const distance = Math.hypot(px(x) - left, py(series.y[place] ?? NaN) - top);
      if (distance < least) [least, found] = [distance, { series, place }];
    }
    if (found && series.look === 'points') return found;
  }
  return found;
}
