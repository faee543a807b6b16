/** What moves a card and what changes its size: dragged by a pointer, or pressed with arrow keys. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { Icon } from '../../../components/icon.tsx';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/charts-page.ts';
import type { CardSpec } from '../card-spec.ts';
import { cardTitle } from '../card-title.ts';
import type { CardSize } from '../layout/card-layout.ts';
import { leastHeight } from '../sheet-rows.ts';

interface MoveHandleProps {
  readonly spec: CardSpec;
  readonly onMove: (by: number) => void;
  readonly onMoveBeside: (target: string, after: boolean) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };
/** Near the edge of the sheet a drag scrolls it. */
const edge = 48;

interface Drop {
  readonly card: HTMLElement;
  readonly after: boolean;
}

export function MoveHandle({ spec, onMove, onMoveBeside }: MoveHandleProps) {
  const drop = useRef<Drop>(undefined);
  const mark = (next: Drop | undefined): void => {
    if (drop.current) delete drop.current.card.dataset['drop'];
    drop.current = next;
    if (next) next.card.dataset['drop'] = next.after ? 'after' : 'before';
  };
  const follow = (event: PointerEvent<HTMLButtonElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const sheet = event.currentTarget.closest('.chart-scroller');
    const box = sheet?.getBoundingClientRect();
    if (sheet && box && event.clientY < box.top + edge) sheet.scrollTop -= 24;
    if (sheet && box && event.clientY > box.bottom - edge) sheet.scrollTop += 24;
    const under = document.elementsFromPoint(event.clientX, event.clientY);
    const card = under.map((one) => one.closest<HTMLElement>('[data-card]')).find((one) => one !== null);
    if (!card || card.dataset['card'] === spec.id) {
      mark(undefined);
      return;
    }
    const { left, width } = card.getBoundingClientRect();
    mark({ card, after: event.clientX > left + width / 2 });
  };
  const end = (take: boolean): void => {
    const at = drop.current;
    mark(undefined);
    if (take && at) onMoveBeside(at.card.dataset['card'] ?? '', at.after);
  };
  return (
    <button
      type="button"
      className="card-handle"
      aria-label={text.move(cardTitle(spec))}
      title={text.move(cardTitle(spec))}
      onKeyDown={(event: KeyboardEvent) => {
        const by = steps[event.key];
        if (event.key === 'Escape') end(false);
        if (by === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        onMove(by);
      }}
      onPointerDown={(event) => {
        if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={follow}
      onPointerUp={() => {
        end(true);
      }}
      onPointerCancel={() => {
        end(false);
      }}
    >
      <Icon name="move" />
    </button>
  );
}

interface ResizeHandleProps {
  readonly spec: CardSpec;
  readonly size: CardSize;
  /** As it is shown now, in pixels. */
  readonly height: number;
  readonly columnWidth: number;
  /** Columns that a card may take. */
  readonly most: number;
  readonly onResize: (size: CardSize) => void;
}

const heightStep = 40;
const mostHeight = 2000;

export function ResizeHandle({ spec, size, height, columnWidth, most, onResize }: ResizeHandleProps) {
  const from = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const [said, setSaid] = useState('');
  const set = (columns: number, pixels: number | undefined): void => {
    const next = {
      span: Math.max(1, Math.min(most, columns)),
      height: pixels && Math.max(leastHeight, Math.min(mostHeight, Math.round(pixels / 10) * 10)),
    };
    const high = next.height === undefined ? text.usualHeight : text.pixels(count(next.height));
    setSaid(text.resized(text.columnsWide(count(next.span)), high));
    onResize(next);
  };
  const { span } = size;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => { set(span - 1, size.height); },
    ArrowRight: () => { set(span + 1, size.height); },
    ArrowUp: () => { set(span, height - heightStep); },
    ArrowDown: () => { set(span, height + heightStep); },
    Delete: () => { set(1, undefined); },
  }; // prettier-ignore
  return (
    <>
      <button
        type="button"
        className="card-size"
        aria-label={text.resize(cardTitle(spec))}
        title={text.resize(cardTitle(spec))}
        onKeyDown={(event) => {
          const act = keys[event.key];
          if (!act) return;
          event.preventDefault();
          event.stopPropagation();
          act();
        }}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={(event) => {
          const card = event.currentTarget.closest<HTMLElement>('.chart-place');
          if (!from.current || !card) return;
          // The size to come is shown as an outline: the charts draw once, at the end.
          card.style.setProperty('--more-width', `${event.clientX - from.current.x}px`);
          card.style.setProperty('--more-height', `${event.clientY - from.current.y}px`);
          card.dataset['sizing'] = '';
        }}
        onPointerUp={(event) => {
          const start = from.current;
          from.current = undefined;
          const card = event.currentTarget.closest<HTMLElement>('.chart-place');
          if (card) delete card.dataset['sizing'];
          if (!start) return;
          const [dx, dy] = [event.clientX - start.x, event.clientY - start.y];
          if (Math.abs(dx) + Math.abs(dy) < 4) return;
          const columns = Math.round(dx / columnWidth);
          // A drag along one way leaves the other as it is.
          set(span + columns, Math.abs(dy) < 10 ? size.height : height + dy);
        }}
        onDoubleClick={() => {
          set(1, undefined);
        }}
      />
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </>
  );
}
