import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { blockStart, rowBlock } from './row-blocks.ts';

interface VirtualRows {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Rows to draw: from `first` up to `last`, which is not among them. */
  readonly first: number;
  readonly last: number;
  readonly onScroll: () => void;
  /** Scrolls no further than needed. */
  readonly reveal: (index: number) => void;
}

const margin = 4;

/** Which of many rows of one height are in view. */
export function useVirtualRows(count: number, height: number): VirtualRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ first: 0, last: 40 });

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.max(0, blockStart(element.scrollTop / height) - margin);
    const last = blockStart((element.scrollTop + element.clientHeight) / height) + rowBlock + margin;
    setView((before) => (before.first === first && before.last === last ? before : { first, last }));
  }, [height]);

  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => {
      observer.disconnect();
    };
  }, [look, count]);

  const reveal = useCallback(
    (index: number) => {
      const element = scroller.current;
      if (!element || index < 0) return;
      const top = index * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + height - element.clientHeight;
      }
    },
    [height],
  );

  const last = Math.min(count, view.last);
  return { scroller, first: Math.min(view.first, last), last, onScroll: look, reveal };
}
