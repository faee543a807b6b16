/** The length of an axis, along which a brush is drawn, moved, and taken hold of at its ends, by pointer or keys. */
import { useRef, type CSSProperties, type KeyboardEvent, type PointerEvent } from 'react';
import { text } from '../../text/chart-relations.ts';
import { snapped, stepped, valuesOf, type Brush, type BrushEnd, type ParallelAxis } from './parallel-data.ts';
import { heightOf, placeAt, type ParallelLayout } from './parallel-paint.ts';

interface BrushStripProps {
  readonly of: ParallelAxis;
  readonly layout: ParallelLayout;
  /** Pixels from the left. */
  readonly x: number;
  readonly brush: Brush | undefined;
  /** While the pointer moves; `onBrush` at the end. */
  readonly onDrag: (brush: Brush | undefined) => void;
  readonly onBrush: (brush: Brush | undefined) => void;
}

/** What of the brush is held, and where it was taken. */
interface Hold {
  readonly part: 'new' | 'whole' | BrushEnd;
  readonly at: number;
  readonly y: number;
  readonly was: Brush | undefined;
  moved: boolean;
}

/** Shorter drags are presses. */
const leastDrag = 4;
const stripWidth = 24;
const thumb = 24;

export function BrushStrip({ of, layout, x, brush, onDrag, onBrush }: BrushStripProps) {
  const hold = useRef<Hold>(undefined);
  const lower = of.hasNone ? layout.noneAt + 6 : layout.bottom;
  const height = (place: number): number => heightOf(layout, place) - layout.top;
  const [high, low] = brush ? [height(brush.high), height(brush.low)] : [0, layout.bottom - layout.top];
  const whole: Brush = brush ?? { low: 0, high: 1 };

  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const y = placeInStrip(event);
    const end = (event.target as HTMLElement).dataset['end'];
    const part = brush && (end === 'low' || end === 'high') ? end : brush && y > high && y < low ? 'whole' : 'new';
    hold.current = { part, at: placeAt(layout, y + layout.top, of), y, was: brush, moved: false };
  };
  const brushAt = (event: PointerEvent<HTMLDivElement>): Brush | undefined => {
    const held = hold.current;
    if (!held) return undefined;
    const y = placeInStrip(event);
    held.moved ||= Math.abs(y - held.y) >= leastDrag;
    if (!held.moved) return undefined;
    const to = placeAt(layout, y + layout.top, of);
    if (held.part === 'new' || !held.was) return snapped(of, held.at, to);
    if (held.part === 'low') return snapped(of, to, held.was.high);
    if (held.part === 'high') return snapped(of, held.was.low, to);
    const by = Math.max(-held.was.low, Math.min(1 - held.was.high, to - held.at));
    return held.was.low < 0 ? held.was : snapped(of, held.was.low + by, held.was.high + by);
  };

  return (
    <div
      className="parallel-strip"
      style={{ left: x - stripWidth / 2, top: layout.top, width: stripWidth, height: lower - layout.top }}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        const next = brushAt(event);
        if (next) onDrag(next);
      }}
      onPointerUp={(event) => {
        const next = brushAt(event);
        const held = hold.current;
        hold.current = undefined;
        if (next) onBrush(next);
        // A press beside it takes a brush away.
        else if (held && !held.moved && held.part === 'new' && brush) onBrush(undefined);
      }}
      onPointerCancel={() => {
        hold.current = undefined;
        onBrush(brush);
      }}
    >
      {brush && (
        <div className="parallel-brush" style={{ top: Math.min(high, low), height: Math.max(4, low - high) }} />
      )}
      {(['high', 'low'] as const).map((end) => (
        <Thumb
          key={end}
          of={of}
          end={end}
          brush={whole}
          isSet={brush !== undefined}
          style={{ top: (end === 'high' ? high : low) - thumb / 2, height: thumb }}
          onBrush={onBrush}
        />
      ))}
    </div>
  );
}

function placeInStrip(event: PointerEvent<HTMLDivElement>): number {
  return event.clientY - event.currentTarget.getBoundingClientRect().top;
}

interface ThumbProps {
  readonly of: ParallelAxis;
  readonly end: BrushEnd;
  readonly brush: Brush;
  readonly isSet: boolean;
  readonly style: CSSProperties;
  readonly onBrush: (brush: Brush | undefined) => void;
}

/** An end of a brush; without one it stands at the end of the axis. */
function Thumb({ of, end, brush, isSet, style, onBrush }: ThumbProps) {
  const value = valuesOf(of, brush)[end === 'low' ? 0 : 1];
  return (
    <div
      className={isSet ? 'parallel-thumb set' : 'parallel-thumb'}
      style={style}
      data-end={end}
      role="slider"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={end === 'low' ? text.lowEnd(of.title) : text.highEnd(of.title)}
      aria-valuemin={of.hasNone ? -1 : 0}
      aria-valuemax={1}
      aria-valuenow={brush[end]}
      aria-valuetext={
        value === null ? text.none : of.axis.textOf(typeof value === 'number' ? Number(value.toPrecision(4)) : value)
      }
      onKeyDown={(event: KeyboardEvent) => {
        const clears = isSet && ['Escape', 'Delete', 'Backspace'].includes(event.key);
        const next = stepped(of, brush, end, event.key);
        if (!clears && !next) return;
        event.preventDefault();
        event.stopPropagation();
        onBrush(next && (next.low > 0 || next.high < 1) ? next : undefined);
      }}
    />
  );
}
