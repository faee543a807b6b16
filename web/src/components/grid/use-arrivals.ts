import { useRef, useState, type RefObject } from 'react';

interface Arrivals {
  /** Rows that came in above those in view and were not scrolled to since. */
  readonly count: number;
  readonly add: (rows: number) => void;
  /** Belongs to the scroll event. */
  readonly look: () => void;
}

export function useArrivals(scroller: RefObject<HTMLElement | null>, rowHeight: number): Arrivals {
  const [count, setCount] = useState(0);
  const latest = useRef(0);
  const set = (rows: number): void => {
    latest.current = rows;
    setCount(rows);
  };
  return {
    count,
    add: (rows) => {
      set(latest.current + rows);
    },
    look: () => {
      // Where nothing came, scrolling costs nothing.
      if (latest.current === 0) return;
      const above = Math.ceil((scroller.current?.scrollTop ?? 0) / rowHeight);
      if (above < latest.current) set(above);
    },
  };
}
