/** Lines over steps or time. Dragging zooms, a double click or Escape shows the whole again. */
import { useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, type Ref } from 'react';
import { reportDrawn, useDrawnEnd } from '../drawn-charts.ts';
import { paintAxes, paintLines, yTicks } from './line-paint.ts';
import { xTitleText, yTickText } from '../axis-text.ts';
import { everything, type ChartLine, type Range } from './line-data.ts';
import { scalesOf, xRange, yRange, type Scales } from '../scales.ts';
import { measured } from '../text-width.ts';
import { apart } from '../ticks.ts';
import { useChartTheme, type ChartTheme } from '../theme.ts';
import { prepareCanvas, useCanvasSize, type CanvasSize } from '../use-canvas-size.ts';
import { ChartOverlay } from './chart-overlay.tsx';
import type { TooltipLook } from './chart-tooltip.tsx';
import { endNamesWidth, paintEndNames } from './end-names.ts';
import { summaryOf } from './line-notes.ts';
import type { Pen } from '../pen.ts';
import type { Picture } from '../picture.ts';
import type { ChartAxes, RangeChange } from './chart-axes.ts';

/** What a menu beside the chart may ask of it. */
export interface ChartHandle {
  readonly picture: () => Picture | undefined;
}

interface LineChartProps {
  /** What a screen reader calls the chart. */
  readonly label: string;
  readonly lines: readonly ChartLine[];
  /** Lines of the emphasised run with more of their points, drawn in place of those among `lines`. */
  readonly detail?: readonly ChartLine[];
  readonly axes: ChartAxes;
  /** Set by the reader; an open end is fitted. */
  readonly limits?: Range;
  readonly onRanges?: (change: RangeChange) => void;
  /** Show the crosshair of the other charts of the page. */
  readonly synced?: boolean;
  /** Names at the ends of the lines, for a few of them. */
  readonly endNames?: boolean;
  readonly tooltip?: TooltipLook;
  readonly ref?: Ref<ChartHandle>;
}

const none: readonly ChartLine[] = [];
const plainTooltip: TooltipLook = { order: 'value', xTitle: undefined, moment: undefined };

export function LineChart(props: LineChartProps) {
  const { label, lines, detail = none, axes, limits, onRanges, ref } = props;
  const { synced = true, endNames = false, tooltip = plainTooltip } = props;
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = useId();
  const size = useCanvasSize(frame);
  const theme = useChartTheme();
  const { x, xMetric } = axes;
  const titled = x !== 'step' || xMetric !== undefined || (size?.height ?? 0) >= titledFrom;
  const scales = useMemo(
    () => size && layout(size, theme, lines, axes, limits ?? everything, endNames, titled),
    [size, theme, lines, axes, limits, endNames, titled],
  );
  const summary = useMemo(() => summaryOf(lines), [lines]);
  useImperativeHandle(ref, () => ({
    picture: () => {
      if (!size) return undefined;
      // Taken out of its page, it says what its axis is.
      const own = layout(size, theme, lines, axes, limits ?? everything, endNames, true);
      const paint = (pen: Pen): void => {
        paintAxes(pen, own, x, theme, xTitleText(x, own.x, xMetric));
        paintLines(pen, lines, own, theme);
        if (endNames) paintEndNames(pen, lines, own, theme, size.width);
      };
      return { theme, ...size, paint };
    },
  }));

  useLayoutEffect(() => {
    const context = canvas.current && size && prepareCanvas(canvas.current, size);
    if (!context || !scales || !frame.current) return;
    paintAxes(context, scales, x, theme, titled ? xTitleText(x, scales.x, xMetric) : undefined);
    reportDrawn(frame.current, paintLines(context, lines, scales, theme));
    if (endNames) paintEndNames(context, lines, scales, theme, size.width);
    frame.current.dataset['drawn'] = 'true';
  }, [size, scales, lines, x, xMetric, titled, theme, endNames]);

  useDrawnEnd(frame);

  return (
    <div ref={frame} className="line-chart" data-chart="">
      <canvas ref={canvas} role="img" aria-label={`${label}. ${summary}`} />
      {scales && size && (
        <ChartOverlay
          id={id}
          label={label}
          lines={lines}
          detail={detail}
          x={x}
          scales={scales}
          size={size}
          theme={theme}
          zoomed={axes.zoom !== undefined || limits !== undefined}
          onRanges={onRanges}
          synced={synced}
          tooltip={tooltip}
        />
      )}
    </div>
  );
}

const above = 8;
const below = 24;
const titleBelow = 14;
/** Steps are what everybody expects along x: smaller charts leave their name out. */
const titledFrom = 400;

/** The left margin is as wide as the longest mark of the y axis. */
function layout(
  size: CanvasSize,
  theme: ChartTheme,
  lines: readonly ChartLine[],
  { zoom, logX, logY, fit }: ChartAxes,
  limits: Range,
  endNames: boolean,
  titled: boolean,
): Scales {
  const x = xRange(lines, zoom, logX);
  const y = yRange(lines, x, { log: logY, fit, limits });
  const height = Math.max(20, size.height - above - below - (titled ? titleBelow : 0));
  const ticks = yTicks(y, logY, height);
  const widths = ticks.map((tick) => measured(yTickText(tick, apart(ticks, y, logY)), theme.font).width);
  const left = Math.ceil(Math.max(0, ...widths)) + 10;
  const right = endNames ? endNamesWidth(lines, theme, size.width) : 10;
  const box = { left, top: above, width: Math.max(20, size.width - left - right), height };
  return scalesOf(box, x, y, logX, logY);
}
