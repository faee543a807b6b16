/**
 * `window.__charts()`: what each chart of the page has drawn, the one with most points first. A hook for measuring and
 * tests: `points` are those that went into the picture, `maxY` the greatest value among them.
 */
import { useEffect, type RefObject } from 'react';

export interface DrawnChart {
  readonly lines: number;
  readonly points: number;
  readonly maxY: number;
}

declare global {
  interface Window {
    __charts?: () => DrawnChart[];
  }
}

const drawn = new Map<Element, DrawnChart>();

export function reportDrawn(element: Element, chart: DrawnChart | undefined): void {
  if (chart) drawn.set(element, chart);
  else drawn.delete(element);
}

/** A chart that is gone has drawn nothing. */
export function useDrawnEnd(frame: RefObject<Element | null>): void {
  useEffect(() => {
    const element = frame.current;
    return () => {
      if (element) reportDrawn(element, undefined);
    };
  }, [frame]);
}

window.__charts = () => [...drawn.values()].sort((a, b) => b.points - a.points);
