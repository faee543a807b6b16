/** What lies over the points and follows the pointer or the keys: the ring, the tooltip, the box or lasso. */
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { text } from '../../text/chart-relations.ts';
import { emphasise, emphasisedRun, onEmphasis, useEmphasisEnd } from '../emphasis.ts';
import { MarkTooltip } from '../marks/mark-tooltip.tsx';
import type { Box } from '../scales.ts';
import { pixelOf, pointAfter, pointAt, pointsInside, type PickTool, type Place, type ScatterData, type ScatterPoint } from './scatter-data.ts'; // prettier-ignore
import { paintRing, paintSelection } from './scatter-paint.ts';
import type { ChartTheme } from '../theme.ts';
import { prepareCanvas, type CanvasSize } from '../use-canvas-size.ts';

interface OverlayProps {
  readonly label: string;
  readonly data: ScatterData;
  readonly box: Box;
  readonly size: CanvasSize;
  readonly theme: ChartTheme;
  readonly tool: PickTool;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onOpen: (runId: string) => void;
}

/** Shorter drags are presses. */
const leastDrag = 5;
/** A lasso needs no more places than this many pixels apart. */
const stride = 3;

export function ScatterOverlay({ label, data, box, size, theme, tool, chosen, onChoose, onOpen }: OverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<string>();
  const [drag, showDrag] = useState<readonly Place[]>();
  /** The way so far; what is shown of it may be a few moves behind. */
  const way = useRef<readonly Place[]>(undefined);
  const setDrag = (next: readonly Place[] | undefined): void => {
    way.current = next;
    showDrag(next);
  };
  const { points } = data;
  // By its run: new values may have moved the point.
  const point = pointed === undefined ? undefined : points.find(({ runId }) => runId === pointed);

  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size);
    if (!context) return;
    const paint = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      if (drag) paintSelection(context, outlineOf(tool, drag), theme);
      const run = pointed ?? emphasisedRun();
      const strong = points.find(({ runId }) => runId === run);
      if (strong) paintRing(context, strong, pixelOf(strong, box), theme);
    };
    paint();
    return onEmphasis(paint);
  }, [size, theme, points, box, drag, tool, pointed]);

  useEmphasisEnd(pointed !== undefined);

  const pointAtRun = (next: ScatterPoint | undefined): void => {
    if (next?.runId === pointed) return;
    setPointed(next?.runId);
    emphasise(next?.runId);
  };
  const choose = (ids: readonly string[], add: boolean): void => {
    onChoose(new Set(add ? [...chosen, ...ids] : ids));
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const at = placeIn(event);
    if (way.current) {
      const [lastX, lastY] = way.current.at(-1) ?? at;
      if (Math.hypot(at[0] - lastX, at[1] - lastY) >= stride) setDrag([...way.current, at]);
      return;
    }
    const found = pointAt(points, box, at);
    event.currentTarget.style.cursor = found ? 'pointer' : '';
    pointAtRun(found);
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>): void => {
    const gone = way.current;
    setDrag(undefined);
    if (!gone) return;
    const outline = outlineOf(tool, [...gone, placeIn(event)]);
    if (extentOf(outline) >= leastDrag) {
      choose(pointsInside(points, box, outline).map(({ runId }) => runId), event.shiftKey); // prettier-ignore
      return;
    }
    const found = pointAt(points, box, placeIn(event));
    if (found && event.shiftKey) toggle(found);
    else if (found) onOpen(found.runId);
    else if (chosen.size > 0 && !event.shiftKey) choose([], false);
  };
  const toggle = ({ runId }: ScatterPoint): void => {
    const next = new Set(chosen);
    if (!next.delete(runId)) next.add(runId);
    onChoose(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = pointAfter(points, point, event.key);
    if (next) pointAtRun(next);
    else if (point && event.key === ' ') toggle(point);
    else if (point && event.key === 'Enter') onOpen(point.runId);
    // Escape belongs to the layer around when there is nothing to take back here.
    else if (event.key === 'Escape' && (drag || chosen.size > 0)) {
      setDrag(undefined);
      choose([], false);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const [x, y] = point ? pixelOf(point, box) : [0, 0];
  return (
    <>
      <canvas
        ref={canvas}
        className="relation-overlay"
        role="application"
        aria-roledescription={text.scatter}
        aria-label={`${label}. ${text.scatterKeys}`}
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.pointerType === 'touch') return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag([placeIn(event)]);
        }}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDrag(undefined);
        }}
        onPointerLeave={() => {
          pointAtRun(undefined);
        }}
        onBlur={() => {
          pointAtRun(undefined);
        }}
        onKeyDown={onKeyDown}
      />
      {point && !drag && (
        <MarkTooltip
          mark={{
            key: point.runId,
            runIds: [point.runId],
            name: point.name,
            colour: point.colour,
            facts: [
              ...data.factsOf(point.runId),
              ...(chosen.has(point.runId) ? [{ label: text.selected, value: text.yes }] : []),
            ],
            box,
          }}
          x={x}
          y={y}
          size={size}
        />
      )}
    </>
  );
}

function placeIn(event: PointerEvent): Place {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return [event.clientX - left, event.clientY - top];
}

/** The corners of the box between the first and the last place, or the way itself. */
function outlineOf(tool: PickTool, way: readonly Place[]): readonly Place[] {
  const [from, to] = [way[0], way.at(-1)];
  if (tool === 'lasso' || !from || !to) return way;
  return [from, [to[0], from[1]], to, [from[0], to[1]]];
}

function extentOf(line: readonly Place[]): number {
  const [xs, ys] = [line.map(([x]) => x), line.map(([, y]) => y)];
  return Math.max(Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys));
}
