import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { blockStart } from '../row-blocks.ts';
import { scrollBy } from './scroll-room.ts';

/** What of the sheet is in view, as coarse as the drawing needs to know. */
export interface View {
  /** The row that begins the first block. */
  readonly first: number;
  /** Pixels scrolled sideways, in steps. */
  readonly left: number;
  /** Scrolled sideways at all. Only then do pinned cells stick: each costs the browser a layer. */
  readonly aside: boolean;
  readonly width: number;
  readonly height: number;
}

/** The view is drawn anew each time it went so many pixels sideways; the margin of the columns is wider. */
const step = 60;

/** Follows the scrolling and the size of a box; `look` belongs to its scroll event. */
export function useView(box: RefObject<HTMLElement | null>, rowHeight: number): [View, () => void] {
  const [view, setView] = useState<View>({
    first: 0,
    left: 0,
    aside: false,
    width: innerWidth,
    height: innerHeight,
  });
  const before = useRef({ top: 0, height: 0 });
  const look = useCallback(() => {
    const element = box.current;
    if (!element) return;
    const { top, height } = before.current;
    // A box that grows at the end of its rows pulls them down: those under the pointer keep their place.
    if (element.clientHeight > height && element.scrollTop < top && element.matches(':hover'))
      scrollBy(element, top - element.scrollTop);
    before.current = { top: element.scrollTop, height: element.clientHeight };
    const now: View = {
      first: blockStart(element.scrollTop / rowHeight),
      left: Math.floor(element.scrollLeft / step) * step,
      aside: element.scrollLeft > 0,
      width: element.clientWidth,
      height: element.clientHeight,
    };
    setView((before) => ((Object.keys(now) as (keyof View)[]).every((key) => before[key] === now[key]) ? before : now));
  }, [box, rowHeight]);
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (box.current) observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, [box, look]);
  return [view, look];
}
