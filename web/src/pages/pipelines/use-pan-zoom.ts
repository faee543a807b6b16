import { useCallback, useEffect, useLayoutEffect, useRef, useState, type PointerEvent, type RefObject } from 'react';

interface View {
  readonly scale: number;
  /** Pixels that the picture is moved by. */
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const least = 0.1;
/** Below this no name can be read: a larger picture begins at its start instead. */
const legible = 0.75;
const most = 3;
const step = 1.25;
/** Pixels. */
const leastDrag = 4;

interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

interface PanZoom {
  readonly view: View;
  readonly zoom: (by: 'in' | 'out' | 'fit') => void;
  /** Moves no further than needed. */
  readonly reveal: (box: Box) => void;
  readonly dragging: {
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMove: (event: PointerEvent) => void;
    readonly onPointerUp: (event: PointerEvent) => void;
  };
}

/**
 * Moves and scales a picture in its box: dragged, by the wheel (with Ctrl it zooms), and by calls.
 * @param kept stays in view when the box gets another size
 */
export function usePanZoom(
  box: RefObject<HTMLElement | null>,
  { width, height }: Size,
  kept: Box | undefined,
): PanZoom {
  const [view, setView] = useState<View>({ scale: 1, x: 0, y: 0 });
  /** Until the reader moves it, it fits its box. */
  const fitted = useRef(true);
  const latest = useRef(kept);
  useLayoutEffect(() => {
    latest.current = kept;
  });

  const reveal = useCallback(
    (at: Box) => {
      const element = box.current;
      if (!element) return;
      setView((before) => {
        const [x, y] = [before.x + at.x * before.scale, before.y + at.y * before.scale];
        const moveX = nearest(x, at.width * before.scale, element.clientWidth);
        const moveY = nearest(y, at.height * before.scale, element.clientHeight);
        return moveX === 0 && moveY === 0 ? before : { ...before, x: before.x + moveX, y: before.y + moveY };
      });
    },
    [box],
  );

  const fit = useCallback(
    (smallest: number) => {
      const element = box.current;
      if (!element || width === 0) return;
      const { clientWidth, clientHeight } = element;
      const scale = Math.max(smallest, Math.min(1, clientWidth / width, clientHeight / height));
      const middle = (room: number, size: number): number => Math.max(0, (room - size * scale) / 2);
      setView({ scale, x: middle(clientWidth, width), y: middle(clientHeight, height) });
    },
    [box, width, height],
  );

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onResize = (): void => {
      if (fitted.current) fit(legible);
      if (latest.current) reveal(latest.current);
    };
    onResize();
    const observer = new ResizeObserver(onResize);
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [box, fit, reveal]);

  const scaleAt = useCallback((factor: number, atX: number, atY: number) => {
    fitted.current = false;
    setView(({ scale, x, y }) => {
      const next = Math.max(least, Math.min(most, scale * factor));
      return { scale: next, x: atX - ((atX - x) * next) / scale, y: atY - ((atY - y) * next) / scale };
    });
  }, []);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey) {
        scaleAt(Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
      } else {
        fitted.current = false;
        setView(({ scale, x, y }) => ({ scale, x: x - event.deltaX, y: y - event.deltaY }));
      }
    };
    // React's own listener could not keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('wheel', onWheel);
    };
  }, [box, scaleAt]);

  const last = useRef<{ readonly x: number; readonly y: number }>(undefined);
  return {
    view,
    zoom: (by) => {
      const element = box.current;
      if (!element) return;
      if (by === 'fit') {
        fitted.current = true;
        fit(least);
      } else scaleAt(by === 'in' ? step : 1 / step, element.clientWidth / 2, element.clientHeight / 2);
    },
    reveal,
    dragging: {
      onPointerDown: (event) => {
        if (event.button !== 0) return;
        last.current = { x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event) => {
        const from = last.current;
        if (!from || event.buttons === 0) return;
        const [byX, byY] = [event.clientX - from.x, event.clientY - from.y];
        const { currentTarget: target, pointerId } = event;
        if (!target.hasPointerCapture(pointerId)) {
          // A hand that shakes while it clicks drags nothing.
          if (Math.hypot(byX, byY) < leastDrag) return;
          target.setPointerCapture(pointerId);
        }
        last.current = { x: event.clientX, y: event.clientY };
        fitted.current = false;
        setView(({ scale, x, y }) => ({ scale, x: x + byX, y: y + byY }));
      },
      onPointerUp: () => {
        last.current = undefined;
      },
    },
  };
}

const edge = 12;

/** How far something must move to lie in a box. */
function nearest(start: number, size: number, room: number): number {
  if (start < edge) return edge - start;
  const over = start + size + edge - room;
  return over > 0 ? -Math.min(over, start - edge) : 0;
}
