/** What lies over the lines and follows the pointer or the keys: crosshair, dots, the stretch to zoom to, the tooltip. */
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { text } from '../../text/charts.ts';
import type { XKind } from '../axis-text.ts';
import type { RangeChange } from './chart-axes.ts';
import { keyAction } from './chart-keys.ts';
import { ChartTooltip, type TooltipLook } from './chart-tooltip.tsx';
import { emphasise, emphasisedRun, onEmphasis, useEmphasisEnd } from '../emphasis.ts';
import { currentHover, onHover, setHover } from './hover.ts';
import { linesOfRun, type ChartLine } from './line-data.ts';
import { LineIndex } from './line-index.ts';
import { paintCrosshair, paintDrag, paintEmphasis, type Drag } from './overlay-paint.ts';
import { wholeX, type Scales } from '../scales.ts';
import type { ChartTheme } from '../theme.ts';
import { prepareCanvas, type CanvasSize } from '../use-canvas-size.ts';

interface OverlayProps {
  readonly id: string;
  readonly label: string;
  readonly lines: readonly ChartLine[];
  readonly detail: readonly ChartLine[];
  readonly x: XKind;
  readonly scales: Scales;
  readonly size: CanvasSize;
  readonly theme: ChartTheme;
  readonly zoomed: boolean;
  readonly onRanges: ((change: RangeChange) => void) | undefined;
  readonly synced: boolean;
  readonly tooltip: TooltipLook;
}

interface Pointed {
  readonly x: number;
  /** Undefined when the pointer is in another chart, or the keys point. */
  readonly y: number | undefined;
  /** The greater part of the window lies to the left. */
  readonly atRight: boolean;
}

/** Shorter drags are clicks. */
const leastDrag = 5;
/** Pixels to the nearest line within which the pointer means it. */
const lineReach = 16;

export function ChartOverlay(props: OverlayProps) {
  const { id, label, lines, detail, x, scales, size, theme, zoomed, onRanges, synced, tooltip } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const [pinned, setPinned] = useState<Pointed>();
  const pressed = useRef<readonly [px: number, py: number]>(undefined);
  const [drag, setDrag] = useState<Drag>();
  const { box } = scales;

  const index = useMemo(() => new LineIndex(lines, scales), [lines, scales]);

  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size);
    if (!context) return;
    const paint = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      if (drag) paintDrag(context, drag, scales, theme);
      const strong = index.size > 1 ? linesOfRun(lines, emphasisedRun()) : [];
      const whole = strong.map((line) => detail.find(({ id }) => id === line.id) ?? line);
      if (strong.length > 0) paintEmphasis(context, whole, scales, theme);
      const hover = currentHover();
      const at = hover && (synced || hover.chart === id) ? hover.x : pinned?.x;
      if (at !== undefined) paintCrosshair(context, at, index, strong, scales, theme);
    };
    paint();
    // A move of the pointer may change both: painted once, before the next frame.
    let frame = 0;
    const soon = (): void => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(paint);
    };
    const ends = [onHover(soon), onEmphasis(soon)];
    return () => {
      cancelAnimationFrame(frame);
      for (const end of ends) end();
    };
  }, [id, lines, detail, index, scales, size, theme, drag, synced, pinned]);

  useEffect(
    () => () => {
      if (currentHover()?.chart === id) setHover(undefined);
    },
    [id],
  );

  useEmphasisEnd(pointed !== undefined);

  const placed = (x: number, y: number | undefined): Pointed => ({
    x,
    y,
    atRight: (canvas.current?.getBoundingClientRect().left ?? 0) + scales.px(x) > innerWidth / 2,
  });
  const point = (at: number, y: number | undefined): void => {
    setPointed(placed(at, y));
    setHover({ x: at, chart: id });
  };
  const leave = (): void => {
    setPointed(undefined);
    setHover(undefined);
    if (lines.some(({ run }) => run !== undefined)) emphasise(undefined);
  };
  const meanLine = (px: number, py: number): void => {
    const run = index.nearest(px, py, lineReach)?.line.run;
    if (run !== undefined || emphasisedRun() !== undefined) emphasise(run);
  };

  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const [px, py] = placeIn(event);
    event.currentTarget.style.cursor = px < box.left && onRanges ? 'ns-resize' : '';
    // On the y axis there is nothing to read.
    if (drag?.axis === 'y' || (!drag && px < box.left)) leave();
    else {
      point(scales.xAt(within(px, box.left, box.width)), py);
      meanLine(px, py);
    }
    if (drag)
      setDrag({ ...drag, to: drag.axis === 'x' ? within(px, box.left, box.width) : within(py, box.top, box.height) });
  };
  const onPointerUp = (event: PointerEvent): void => {
    setDrag(undefined);
    const [fromX, fromY] = pressed.current ?? [NaN, NaN];
    pressed.current = undefined;
    const [px, py] = placeIn(event);
    if (Math.hypot(px - fromX, py - fromY) < leastDrag && px >= box.left) {
      setPinned(pinned ? undefined : placed(scales.xAt(within(px, box.left, box.width)), py));
    }
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
    if (pinned && event.key === 'Escape') {
      event.preventDefault();
      setPinned(undefined);
      return;
    }
    if (pointed && event.key === 'Enter') {
      event.preventDefault();
      setPinned(pointed);
      return;
    }
    const line = lines.find((one) => !one.faint && one.x.length > 0);
    const act = line && keyAction(event.key, line, pointed?.x, scales, wholeX(lines, scales.logX));
    if (!act) return;
    // Escape belongs to the layer around when there is nothing to reset here.
    if (act === 'reset' && !zoomed) return;
    event.preventDefault();
    if (act === 'reset') reset();
    else if ('point' in act) point(act.point, undefined);
    else onRanges?.(act);
  };

  // What is pinned stays while the pointer goes on, as long as it is in view.
  const inView = pinned && pinned.x >= scales.x[0] && pinned.x <= scales.x[1];
  const shown = inView ? pinned : pointed;
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
          if (event.button === 0) pressed.current = [px, py];
          if (event.button !== 0 || !onRanges || event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          const at = axis === 'x' ? within(px, box.left, box.width) : within(py, box.top, box.height);
          setDrag({ axis, from: at, to: at });
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          pressed.current = undefined;
          setDrag(undefined);
        }}
        onPointerLeave={leave}
        onDoubleClick={reset}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {shown && !drag && (
        <ChartTooltip
          lines={lines}
          index={index}
          x={x}
          at={shown.x}
          y={shown.y}
          scales={scales}
          look={tooltip}
          atLeft={shown.atRight}
          pinned={shown === pinned}
        />
      )}
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
