/** What lies over the lines and follows the pointer or the keys: crosshair, dots, the stretch to zoom to, the tooltip. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { text } from '../text/charts.ts';
import type { XKind } from './axis-text.ts';
import type { RangeChange } from './chart-axes.ts';
import { keyAction } from './chart-keys.ts';
import { ChartTooltip } from './chart-tooltip.tsx';
import { currentHover, onHover, setHover } from './hover.ts';
import type { ChartLine } from './line-data.ts';
import { paintCrosshair, paintDrag, type Drag } from './overlay-paint.ts';
import type { Scales } from './scales.ts';
import type { ChartTheme } from './theme.ts';
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
  readonly onRanges: ((change: RangeChange) => void) | undefined;
  readonly synced: boolean;
}

interface Pointed {
  readonly x: number;
  /** Undefined when the pointer is in another chart, or the keys point. */
  readonly y: number | undefined;
}

/** Shorter drags are clicks. */
const leastDrag = 5;

export function ChartOverlay(props: OverlayProps) {
  const { id, label, lines, x, scales, size, theme, zoomed, onRanges, synced } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const [drag, setDrag] = useState<Drag>();
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

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const [px, py] = placeIn(event);
    event.currentTarget.style.cursor = px < box.left && onRanges ? 'ns-resize' : '';
    // On the y axis there is nothing to read.
    if (drag?.axis === 'y' || (!drag && px < box.left)) leave();
    else point(scales.xAt(within(px, box.left, box.width)), py);
    if (drag)
      setDrag({ ...drag, to: drag.axis === 'x' ? within(px, box.left, box.width) : within(py, box.top, box.height) });
  };
  const onPointerUp = (): void => {
    setDrag(undefined);
    if (!drag || Math.abs(drag.from - drag.to) < leastDrag) return;
    const [low, high] = [Math.min(drag.from, drag.to), Math.max(drag.from, drag.to)];
    if (drag.axis === 'x') onRanges?.({ zoom: [scales.xAt(low), scales.xAt(high)] });
    else onRanges?.({ limits: [scales.yAt(high), scales.yAt(low)] });
    leave();
  };
  const reset = (): void => {
    onRanges?.({ zoom: undefined, limits: undefined });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines.find((one) => !one.faint && one.x.length > 0);
    const act = line && keyAction(event.key, line, pointed?.x, scales);
    if (!act) return;
    // Escape belongs to the layer around when there is nothing to reset here.
    if (act === 'reset' && !zoomed) return;
    event.preventDefault();
    if (act === 'reset') reset();
    else if ('point' in act) point(act.point, undefined);
    else onRanges?.(act);
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
          const [px, py] = placeIn(event);
          const axis = px < box.left ? 'y' : 'x';
          if (event.button !== 0 || !onRanges || event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = axis === 'x' ? within(px, box.left, box.width) : within(py, box.top, box.height);
          setDrag({ axis, from: at, to: at });
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDrag(undefined);
        }}
        onPointerLeave={leave}
        onDoubleClick={reset}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {pointed && !drag && <ChartTooltip lines={lines} x={x} at={pointed.x} y={pointed.y} scales={scales} />}
    </>
  );
}

function placeIn(event: PointerEvent): readonly [px: number, py: number] {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

function within(at: number, from: number, length: number): number {
  return Math.max(from, Math.min(from + length, at));
}
