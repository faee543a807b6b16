/** What lies over the lines and follows the pointer or the keys: crosshair, dots, the stretch to zoom to, the tooltip. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { text } from '../text/charts.ts';
import type { XKind } from './axis-text.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { currentHover, onHover, setHover } from './hover.ts';
import { nearest, type ChartLine, type Range } from './line-data.ts';
import type { Scales } from './scales.ts';
import { strokeOf, type ChartTheme } from './theme.ts';
import { prepareCanvas, type CanvasSize } from './use-canvas-size.ts';

interface OverlayProps {
  readonly id: string;
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly x: XKind;
  readonly scales: Scales;
  readonly size: CanvasSize;
  readonly theme: ChartTheme;
  readonly zoomed: boolean;
  readonly onZoom: ((range: Range | undefined) => void) | undefined;
  readonly synced: boolean;
}

interface Pointed {
  readonly x: number;
  /** Undefined when the pointer is in another chart, or the keys point. */
  readonly y: number | undefined;
}

/** Shorter drags are clicks. */
const leastDrag = 5;

export function ChartOverlay({ id, label, lines, x, scales, size, theme, zoomed, onZoom, synced }: OverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const [drag, setDrag] = useState<Range>();
  const { box } = scales;

  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size);
    if (!context) return;
    const paint = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      if (drag) paintDrag(context, drag, scales, theme);
      const hover = currentHover();
      if (hover && (synced || hover.chart === id)) paintCrosshair(context, hover.x, lines, scales, theme);
    };
    paint();
    return onHover(paint);
  }, [id, lines, scales, size, theme, drag, synced]);

  useEffect(
    () => () => {
      if (currentHover()?.chart === id) setHover(undefined);
    },
    [id],
  );

  const point = (at: number, y: number | undefined): void => {
    setPointed({ x: at, y });
    setHover({ x: at, chart: id });
  };
  const leave = (): void => {
    setPointed(undefined);
    setHover(undefined);
  };

  const xOf = (event: PointerEvent): number => {
    const px = event.clientX - event.currentTarget.getBoundingClientRect().left;
    return scales.xAt(Math.max(box.left, Math.min(box.left + box.width, px)));
  };
  const onPointerMove = (event: PointerEvent): void => {
    const at = xOf(event);
    point(at, event.clientY - event.currentTarget.getBoundingClientRect().top);
    if (drag) setDrag([drag[0], at]);
  };
  const onPointerUp = (): void => {
    if (drag && Math.abs(scales.px(drag[0]) - scales.px(drag[1])) >= leastDrag) {
      onZoom?.([Math.min(...drag), Math.max(...drag)]);
      leave();
    }
    setDrag(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines.find((one) => !one.faint && one.x.length > 0);
    const act = line && keyAction(event.key, line, pointed?.x, scales.x);
    if (!act) return;
    // Escape belongs to the layer around when there is nothing to reset here.
    if (event.key === 'Escape' && !zoomed) return;
    event.preventDefault();
    if ('point' in act) point(act.point, undefined);
    else onZoom?.(act.zoom);
  };

  return (
    <>
      <canvas
        ref={canvas}
        className="chart-overlay"
        role="application"
        aria-roledescription={text.kind}
        aria-label={`${label}. ${text.keys}`}
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerDown={(event) => {
          if (event.button !== 0 || !onZoom || event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = xOf(event);
          setDrag([at, at]);
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDrag(undefined);
        }}
        onPointerLeave={leave}
        onDoubleClick={() => onZoom?.(undefined)}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {pointed && !drag && <ChartTooltip lines={lines} x={x} at={pointed.x} y={pointed.y} scales={scales} />}
    </>
  );
}

type KeyAction = { readonly point: number } | { readonly zoom: Range | undefined };

function keyAction(key: string, line: ChartLine, at: number | undefined, [from, to]: Range): KeyAction | undefined {
  const middle = at ?? (from + to) / 2;
  const quarter = (to - from) / 4;
  const place = at === undefined ? -1 : nearest(line.x, at);
  const go = (to: number): KeyAction => ({ point: line.x[Math.max(0, Math.min(line.x.length - 1, to))] ?? 0 });
  const leap = Math.max(1, Math.round(line.x.length / 20));
  switch (key) {
    case 'ArrowRight':
      return go(place + 1);
    case 'ArrowLeft':
      return go(at === undefined ? line.x.length - 1 : place - 1);
    case 'PageDown':
      return go(place + leap);
    case 'PageUp':
      return go(place - leap);
    case 'Home':
      return go(0);
    case 'End':
      return go(line.x.length - 1);
    case '+':
    case '=':
      return { zoom: [middle - quarter, middle + quarter] };
    case '-':
      return { zoom: [middle - quarter * 4, middle + quarter * 4] };
    case 'Escape':
      return { zoom: undefined };
    default:
      return undefined;
  }
}

function paintDrag(context: CanvasRenderingContext2D, drag: Range, { box, px }: Scales, theme: ChartTheme): void {
  const [from, to] = [px(Math.min(...drag)), px(Math.max(...drag))];
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.15;
  context.fillRect(from, box.top, to - from, box.height);
  context.globalAlpha = 1;
}

function paintCrosshair(
  context: CanvasRenderingContext2D,
  at: number,
  lines: readonly ChartLine[],
  { box, px, py, x, logY }: Scales,
  theme: ChartTheme,
): void {
  if (at < x[0] || at > x[1]) return;
  context.strokeStyle = theme.axis;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(Math.round(px(at)) + 0.5, box.top);
  context.lineTo(Math.round(px(at)) + 0.5, box.top + box.height);
  context.stroke();
  context.setLineDash([]);
  for (const line of lines) {
    const place = line.faint ? -1 : nearest(line.x, at);
    const [pointX, pointY] = [line.x[place] ?? NaN, line.y[place] ?? NaN];
    if (!Number.isFinite(pointY) || (logY && pointY <= 0) || pointX < x[0] || pointX > x[1]) continue;
    context.fillStyle = strokeOf(theme, line.colour).colour;
    context.strokeStyle = theme.ground;
    context.beginPath();
    context.arc(px(pointX), py(pointY), 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
