/** What lies over the marks and follows the pointer or the keys: outlines, the tooltip. What is higher than the frame scrolls. */
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { text } from '../../text/chart-marks.ts';
import { emphasise, emphasisedRun, onEmphasis, useEmphasisEnd } from '../emphasis.ts';
import { markAfter, markAt, type Mark, type MarkPlot } from './mark-plot.ts';
import { MarkTooltip } from './mark-tooltip.tsx';
import type { ChartTheme } from '../theme.ts';
import { prepareCanvas, type CanvasSize } from '../use-canvas-size.ts';

interface OverlayProps {
  readonly label: string;
  readonly plot: MarkPlot;
  readonly size: CanvasSize;
  readonly theme: ChartTheme;
  /** How far the sheet is scrolled. */
  readonly top: number;
  readonly onTop: (top: number) => void;
  readonly onPress: (mark: Mark) => void;
}

interface Pointed {
  readonly place: number;
  /** Of the sheet: the pointer, or the middle of what the keys came to. */
  readonly x: number;
  readonly y: number;
}

export function MarkOverlay({ label, plot, size, theme, top, onTop, onPress }: OverlayProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<Pointed>();
  const { marks } = plot;
  const mark = pointed && marks[pointed.place];

  useEffect(() => {
    const context = canvas.current && prepareCanvas(canvas.current, size);
    if (!context) return;
    const paint = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      context.lineWidth = 1.5;
      context.strokeStyle = theme.accent;
      const run = emphasisedRun();
      for (const one of marks) {
        const meant = one === mark || (run !== undefined && one.runIds.length === 1 && one.runIds[0] === run);
        if (meant) outline(context, one, top);
      }
    };
    paint();
    return onEmphasis(paint);
  }, [size, theme, marks, mark, top]);

  useEmphasisEnd(pointed !== undefined);

  const point = (next: Pointed | undefined): void => {
    setPointed(next);
    const runIds = (next && marks[next.place]?.runIds) ?? [];
    emphasise(runIds.length === 1 ? runIds[0] : undefined);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const { x, y, place } = underPointer(event, marks);
    event.currentTarget.style.cursor = (marks[place]?.runIds.length ?? 0) > 0 ? 'pointer' : '';
    point(place < 0 ? undefined : { place, x, y });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (mark && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      onPress(mark);
      return;
    }
    // Escape belongs to the layer around when nothing is pointed at.
    if (event.key === 'Escape' && pointed) {
      event.preventDefault();
      event.stopPropagation();
      point(undefined);
      return;
    }
    const place = markAfter(event.key, pointed?.place ?? -1, marks.length);
    const next = place === undefined ? undefined : marks[place];
    if (place === undefined || !next) return;
    event.preventDefault();
    reveal(scroller.current, next);
    point({ place, x: next.box.left + next.box.width / 2, y: next.box.top + next.box.height / 2 });
  };

  return (
    <>
      <canvas ref={canvas} className="mark-outlines" aria-hidden="true" />
      <div
        ref={scroller}
        className="mark-scroller"
        onScroll={(event) => {
          onTop(event.currentTarget.scrollTop);
        }}
      >
        <div
          className="mark-sheet"
          style={{ height: Math.max(size.height, plot.height) }}
          role="application"
          aria-roledescription={text.chart}
          aria-label={`${label}. ${text.keys}`}
          tabIndex={0}
          onPointerMove={onPointerMove}
          onPointerLeave={() => {
            point(undefined);
          }}
          onBlur={() => {
            point(undefined);
          }}
          onClick={(event) => {
            // A finger taps without having moved before.
            const under = marks[underPointer(event, marks).place];
            if (under) onPress(under);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {pointed && mark && <MarkTooltip mark={mark} x={pointed.x} y={pointed.y - top} size={size} />}
    </>
  );
}

function underPointer(event: MouseEvent<HTMLElement>, marks: readonly Mark[]): Pointed {
  const at = event.currentTarget.getBoundingClientRect();
  const [x, y] = [event.clientX - at.left, event.clientY - at.top];
  return { x, y, place: markAt(marks, x, y) };
}

function outline(context: CanvasRenderingContext2D, { box }: Mark, top: number): void {
  context.strokeRect(box.left - 1, box.top - top - 1, box.width + 2, box.height + 2);
}

function reveal(scroller: HTMLElement | null, { box }: Mark): void {
  if (!scroller) return;
  // The axes above and below do not scroll.
  const [above, below] = [24, 32];
  if (box.top - above < scroller.scrollTop) scroller.scrollTop = box.top - above;
  const bottom = box.top + box.height + below;
  if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
}
