/** An axis that can be taken hold of: its head is a menu and is dragged to another place, along it runs the brush. */
import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';
import { Menu, MenuItem } from '../../components/menu.tsx';
import { text } from '../../text/chart-relations.ts';
import { BrushStrip } from './parallel-brush.tsx';
import type { AxisActions, Brush, ParallelAxis } from './parallel-data.ts';
import type { ParallelLayout } from './parallel-paint.ts';

interface AxisControlProps extends AxisActions {
  readonly of: ParallelAxis;
  readonly place: number;
  readonly layout: ParallelLayout;
  readonly brush: Brush | undefined;
  /** While the pointer moves; `onBrush` at the end. */
  readonly onDrag: (brush: Brush | undefined) => void;
  readonly onBrush: (brush: Brush | undefined) => void;
}

/** Shorter drags are presses. */
const leastDrag = 4;

export function ParallelAxisControl(props: AxisControlProps) {
  const { of, place, layout, brush, onBrush, onScale, onFlip, onMove, onRemove } = props;
  const { column, title, axis, flipped } = of;
  const x = layout.xs[place] ?? 0;
  const apart = (layout.xs[1] ?? layout.width) - (layout.xs[0] ?? 0);
  const last = layout.xs.length - 1;
  const head = headOf(layout, x, apart);
  const drag = useHeadDrag(apart, (places) => {
    const to = Math.max(0, Math.min(last, place + places));
    if (to !== place) onMove(column, to - place);
  });
  return (
    <div role="group" aria-label={title}>
      <div
        className="parallel-head"
        style={{ left: head.middle + drag.by, width: head.width }}
        {...drag.handlers}
        onKeyDown={(event) => {
          const to = event.shiftKey ? { ArrowLeft: -1, ArrowRight: 1 }[event.key] : undefined;
          if (to === undefined || place + to < 0 || place + to > last) return;
          event.preventDefault();
          onMove(column, to);
        }}
      >
        <Menu label={text.axisMenu(title)} text={<span className="ellipsis">{title}</span>} className="quiet">
          {axis.scales.length > 1 &&
            axis.scales.map((scale) => (
              <MenuItem
                key={scale}
                checked={scale === axis.scale}
                onSelect={() => {
                  onScale(column, scale);
                }}
              >
                {text.scales[scale]}
              </MenuItem>
            ))}
          <MenuItem
            checked={flipped}
            onSelect={() => {
              onFlip(column);
            }}
          >
            {text.flipped}
          </MenuItem>
          {place > 0 && (
            <MenuItem
              icon="left"
              onSelect={() => {
                onMove(column, -1);
              }}
            >
              {text.moveLeft}
            </MenuItem>
          )}
          {place < last && (
            <MenuItem
              icon="right"
              onSelect={() => {
                onMove(column, 1);
              }}
            >
              {text.moveRight}
            </MenuItem>
          )}
          {brush && (
            <MenuItem
              icon="close"
              onSelect={() => {
                onBrush(undefined);
              }}
            >
              {text.clearBrush}
            </MenuItem>
          )}
          {last > 1 && (
            <MenuItem
              icon="trash"
              onSelect={() => {
                onRemove(column);
              }}
            >
              {text.removeAxis}
            </MenuItem>
          )}
        </Menu>
      </div>
      <BrushStrip of={of} layout={layout} x={x} brush={brush} onDrag={props.onDrag} onBrush={onBrush} />
    </div>
  );
}

const widestHead = 160;

/** Above its axis, but for one at a side: it stays in the chart, and has the less room for it. */
function headOf({ xs, width: room }: ParallelLayout, x: number, apart: number): { middle: number; width: number } {
  const beside = xs.length > 1 ? Math.min(x, room - x, apart / 2) : room / 2;
  const width = Math.min(apart - 4, widestHead, beside + apart / 2 - 2);
  return { middle: Math.max(width / 2, Math.min(room - width / 2, x)), width };
}

/** A head that is dragged far enough changes places; one that is pressed opens its menu. */
function useHeadDrag(apart: number, onDrop: (places: number) => void) {
  const [by, setBy] = useState(0);
  const dragged = useRef(false);
  // Of the window, not captured: a press must stay one on the button.
  const listening = useRef<AbortController>(undefined);
  useEffect(() => () => listening.current?.abort(), []);
  const begin = (from: number): void => {
    const { signal } = (listening.current = new AbortController());
    const end = (): void => {
      listening.current?.abort();
      setBy(0);
    };
    const move = ({ clientX }: { clientX: number }): void => {
      dragged.current ||= Math.abs(clientX - from) >= leastDrag;
      if (dragged.current) setBy(clientX - from);
    };
    const drop = ({ clientX }: { clientX: number }): void => {
      end();
      if (dragged.current) onDrop(Math.round((clientX - from) / Math.max(1, apart)));
    };
    addEventListener('pointermove', move, { signal });
    addEventListener('pointerup', drop, { signal });
    addEventListener('pointercancel', end, { signal });
  };
  return {
    by,
    handlers: {
      onPointerDown: ({ button, target, clientX }: PointerEvent<HTMLDivElement>) => {
        dragged.current = false;
        // Items of the open menu lie inside as well.
        if (button === 0 && !(target as Element).closest('[role=menu]')) begin(clientX);
      },
      onClickCapture: (event: MouseEvent) => {
        if (!dragged.current) return;
        dragged.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}
