import { useCallback, useLayoutEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useEmphasisEnd } from '../../charts/emphasis.ts';
import { rowsBetween } from './sheet-rows.ts';

interface PlacedRow {
  readonly top: number;
  readonly height: number;
}

interface ChartSheetProps<Row extends PlacedRow> {
  /** The same while nothing changed, or the rows are laid out at each render. */
  readonly layout: (width: number, height: number) => { readonly rows: readonly Row[]; readonly height: number };
  /** Names the place of the scroll for Back and Forward. */
  readonly id: string;
  readonly className?: string;
  /** @param width pixels that there are for a row */
  readonly children: (rows: readonly Row[], width: number) => ReactNode;
}

/** Beyond the view, so that a scroll finds charts that are drawn. */
const margin = 300;

/** Thousands of charts, of which those near the view are there and drawn. */
export function ChartSheet<Row extends PlacedRow>({ layout, id, className = '', children }: ChartSheetProps<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<{ top: number; width: number; height: number }>();
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    // In leaps, so that not every pixel of a scroll renders.
    const top = Math.floor(element.scrollTop / 100) * 100;
    const [width, height] = [element.clientWidth - 24, element.clientHeight];
    setView((before) =>
      before?.top === top && before.width === width && before.height === height ? before : { top, width, height },
    );
  }, []);
  useLayoutEffect(() => {
    look();
    const observer = new ResizeObserver(look);
    if (scroller.current) observer.observe(scroller.current);
    return () => {
      observer.disconnect();
    };
  }, [look]);

  // Legends and images of a page that is left.
  useEmphasisEnd(true);

  const [width, height] = [view?.width, view?.height];
  const laid = useMemo(
    () => (width === undefined || height === undefined ? undefined : layout(width, height)),
    [layout, width, height],
  );
  const shown = laid && view ? rowsBetween(laid.rows, view.top - margin, view.top + view.height + margin) : [];
  return (
    <div ref={scroller} className={`chart-scroller ${className}`} data-scroll-restoration-id={id} onScroll={look}>
      <div className="chart-sheet" style={{ height: laid?.height ?? 0 }}>
        {children(shown, width ?? 0)}
      </div>
    </div>
  );
}
