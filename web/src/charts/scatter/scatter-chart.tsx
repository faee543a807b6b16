/** Runs as points over two columns. A box or a lasso chooses some of them, a press opens one; keys do the same. */
import { useImperativeHandle, useLayoutEffect, useMemo, useRef, type Ref } from 'react';
import { reportDrawn, useDrawnEnd } from '../drawn-charts.ts';
import type { ChartHandle } from '../line/line-chart.tsx';
import type { PickTool, ScatterData } from './scatter-data.ts';
import { ScatterOverlay } from './scatter-overlay.tsx';
import { layoutScatter, paintScatter } from './scatter-paint.ts';
import { useChartTheme } from '../theme.ts';
import { prepareCanvas, useCanvasSize } from '../use-canvas-size.ts';

interface ScatterChartProps {
  /** What a screen reader calls the chart, and what it says of it. */
  readonly label: string;
  readonly summary: string;
  readonly data: ScatterData;
  readonly tool: PickTool;
  /** Run ids. */
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onOpen: (runId: string) => void;
  readonly ref?: Ref<ChartHandle> | undefined;
}

export function ScatterChart({ label, summary, data, tool, chosen, onChoose, onOpen, ref }: ScatterChartProps) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useCanvasSize(frame);
  const theme = useChartTheme();
  const layout = useMemo(() => size && layoutScatter(data, size, theme), [data, size, theme]);
  useImperativeHandle(ref, () => ({
    picture: () =>
      size &&
      layout && {
        theme,
        width: size.width,
        height: size.height,
        paint: (pen) => {
          paintScatter(pen, data, layout, theme, chosen);
        },
      },
  }));

  useLayoutEffect(() => {
    const context = canvas.current && size && prepareCanvas(canvas.current, size);
    if (!context || !layout || !frame.current) return;
    paintScatter(context, data, layout, theme, chosen);
    reportDrawn(frame.current, { lines: data.points.length, points: data.points.length, maxY: NaN });
    frame.current.dataset['drawn'] = 'true';
  }, [size, layout, data, theme, chosen]);

  useDrawnEnd(frame);

  return (
    <div ref={frame} className="relation-chart" data-chart="">
      <canvas ref={canvas} role="img" aria-label={`${label}. ${summary}`} />
      {layout && size && (
        <ScatterOverlay
          label={label}
          data={data}
          box={layout.box}
          size={size}
          theme={theme}
          tool={tool}
          chosen={chosen}
          onChoose={onChoose}
          onOpen={onOpen}
        />
      )}
    </div>
  );
}
