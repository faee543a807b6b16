/** Bars, boxes, bins and points on a canvas. Pointing at one says what it is, a press opens it; keys do the same. */
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, type Ref } from 'react';
import { reportDrawn, useDrawnEnd } from '../drawn-charts.ts';
import type { ChartHandle } from '../line/line-chart.tsx';
import { MarkOverlay } from './mark-overlay.tsx';
import type { Mark, PlanPlot, RowsInView } from './mark-plot.ts';
import { useChartTheme } from '../theme.ts';
import { prepareCanvas, useCanvasSize } from '../use-canvas-size.ts';

interface MarkChartProps {
  /** What a screen reader calls the chart, and what it says of it. */
  readonly label: string;
  readonly summary: string;
  /** Kept between renders: a new one is a new picture. */
  readonly plan: PlanPlot;
  readonly onPress: (mark: Mark) => void;
  /** Told the rows that are in view where not all are; undefined: all are, or it has no rows. */
  readonly onInView: (rows: RowsInView | undefined) => void;
  readonly ref?: Ref<ChartHandle>;
}

export function MarkChart({ label, summary, plan, onPress, onInView, ref }: MarkChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useCanvasSize(frame);
  const theme = useChartTheme();
  const plot = useMemo(() => size && plan(size, theme), [plan, size, theme]);
  const [top, setTop] = useState(0);

  useImperativeHandle(ref, () => ({
    picture: () => {
      if (!size || !plot) return undefined;
      // The whole of it, also what is scrolled away.
      const height = Math.max(size.height, plot.height);
      return {
        theme,
        width: size.width,
        height,
        paint: (pen) => {
          plot.paint(pen, { top: 0, height });
        },
      };
    },
  }));

  useLayoutEffect(() => {
    const context = canvas.current && size && prepareCanvas(canvas.current, size);
    if (!context || !plot || !frame.current) return;
    plot.paint(context, { top, height: size.height });
    reportDrawn(frame.current, plot.drawn);
    frame.current.dataset['drawn'] = 'true';
  }, [size, plot, top]);

  useLayoutEffect(() => {
    const rows = size && plot?.inView?.({ top, height: size.height });
    onInView(rows && rows.to - rows.from < rows.of ? rows : undefined);
  }, [size, plot, top, onInView]);

  useDrawnEnd(frame);

  return (
    <div ref={frame} className="mark-chart" data-chart="">
      <canvas ref={canvas} role="img" aria-label={`${label}. ${summary}`} />
      {plot && size && (
        <MarkOverlay label={label} plot={plot} size={size} theme={theme} top={top} onTop={setTop} onPress={onPress} />
      )}
    </div>
  );
}
