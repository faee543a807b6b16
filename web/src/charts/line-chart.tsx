/** Lines over steps or time. Dragging zooms, a double click or Escape shows the whole again. */
import { useEffect, useId, useLayoutEffect, useMemo, useRef } from 'react';
import { reportDrawn } from './drawn-charts.ts';
import { paintAxes, paintLines, yTicks } from './line-paint.ts';
import { yTickText, type XKind } from './axis-text.ts';
import type { ChartLine, Range } from './line-data.ts';
import { scalesOf, xRange, yRange, type Scales, type YFit } from './scales.ts';
import { useChartTheme, type ChartTheme } from './theme.ts';
import { prepareCanvas, useCanvasSize, type CanvasSize } from './use-canvas-size.ts';
import { ChartOverlay } from './chart-overlay.tsx';
import { summaryOf } from './line-notes.ts';

interface LineChartProps {
  /** What a screen reader calls the chart. */
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly x: XKind;
  readonly logY?: boolean;
  readonly fit?: YFit;
  readonly zoom?: Range | undefined;
  /** Undefined: the whole. */
  readonly onZoom?: (range: Range | undefined) => void;
  /** Show the crosshair of the other charts of the page. */
  readonly synced?: boolean;
}

export function LineChart({
  label,
  lines,
  x,
  logY = false,
  fit = 'visible',
  zoom,
  onZoom,
  synced = true,
}: LineChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = useId();
  const size = useCanvasSize(frame);
  const theme = useChartTheme();
  const scales = useMemo(
    () => size && layout(size, theme, lines, zoom, logY, fit),
    [size, theme, lines, zoom, logY, fit],
  );
  const summary = useMemo(() => summaryOf(lines), [lines]);

  useLayoutEffect(() => {
    const context = canvas.current && size && prepareCanvas(canvas.current, size);
    if (!context || !scales || !frame.current) return;
    paintAxes(context, scales, x, theme);
    reportDrawn(frame.current, paintLines(context, lines, scales, theme));
    frame.current.dataset['drawn'] = 'true';
  }, [size, scales, lines, x, theme]);

  useEffect(() => {
    const element = frame.current;
    return () => {
      if (element) reportDrawn(element, undefined);
    };
  }, []);

  return (
    <div ref={frame} className="line-chart" data-chart="">
      <canvas ref={canvas} role="img" aria-label={`${label}. ${summary}`} />
      {scales && size && (
        <ChartOverlay
          id={id}
          label={label}
          lines={lines}
          x={x}
          scales={scales}
          size={size}
          theme={theme}
          zoomed={zoom !== undefined}
          onZoom={onZoom}
          synced={synced}
        />
      )}
    </div>
  );
}

const above = 8;
const below = 24;

/** The left margin is as wide as the longest mark of the y axis. */
function layout(
  size: CanvasSize,
  theme: ChartTheme,
  lines: readonly ChartLine[],
  zoom: Range | undefined,
  logY: boolean,
  fit: YFit,
): Scales {
  const x = xRange(lines, zoom);
  const y = yRange(lines, x, logY, fit);
  const height = Math.max(20, size.height - above - below);
  const widest = yTicks(y, logY, height).reduce(
    (most, tick) => Math.max(most, textWidth(yTickText(tick), theme.font)),
    0,
  );
  const left = Math.ceil(widest) + 10;
  return scalesOf({ left, top: above, width: Math.max(20, size.width - left - 10), height }, x, y, logY);
}

let measuring: CanvasRenderingContext2D | null | undefined;

function textWidth(content: string, font: string): number {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) return content.length * 7;
  measuring.font = font;
  return measuring.measureText(content).width;
}
