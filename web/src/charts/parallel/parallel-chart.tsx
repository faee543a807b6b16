/** Runs as lines through an axis for each column. Brushes on the axes leave some of them, the others step back. */
import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type PointerEvent,
  type Ref,
} from 'react';
import { text } from '../../text/chart-relations.ts';
import { reportDrawn, useDrawnEnd } from '../drawn-charts.ts';
import { emphasise, emphasisedRun, onEmphasis, useEmphasisEnd } from '../emphasis.ts';
import type { ChartHandle } from '../line/line-chart.tsx';
import { MarkTooltip } from '../marks/mark-tooltip.tsx';
import { ParallelAxisControl } from './parallel-axis.tsx';
import { passing, type AxisActions, type Brush, type Brushes, type ParallelData } from './parallel-data.ts';
import { heightOf, layoutParallel, lineAt, paintLines, paintParallelAxes, paintStrong } from './parallel-paint.ts';
import { useChartTheme } from '../theme.ts';
import { prepareCanvas, useCanvasSize } from '../use-canvas-size.ts';

interface ParallelChartProps extends AxisActions {
  /** What a screen reader calls the chart, and what it says of it. */
  readonly label: string;
  readonly summary: string;
  readonly data: ParallelData;
  readonly brushes: Brushes;
  readonly onBrushes: (brushes: Brushes) => void;
  readonly onOpen: (runId: string) => void;
  readonly ref?: Ref<ChartHandle> | undefined;
}

export function ParallelChart(props: ParallelChartProps) {
  const { label, summary, data, brushes, onBrushes, onOpen, ref } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [allCanvas, canvas, overlay] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)]; // prettier-ignore
  const size = useCanvasSize(frame);
  const theme = useChartTheme();
  const [pointed, setPointed] = useState<{ runId: string; x: number; y: number }>();
  /** While one is dragged; the page hears of it at the end. */
  const [drag, setDrag] = useState<Brushes>();
  const held = drag ?? brushes;
  const layout = useMemo(() => size && layoutParallel(data, size, theme), [data, size, theme]);
  const left = useMemo(() => passing(data, held), [data, held]);
  const point = data.lines.find(({ runId }) => runId === pointed?.runId);

  useImperativeHandle(ref, () => ({
    picture: () =>
      size &&
      layout && {
        theme,
        width: size.width,
        height: size.height,
        paint: (pen) => {
          paintLines(pen, left, layout);
          paintParallelAxes(pen, data, layout, theme, true);
        },
      },
  }));

  // All lines are painted once; brushing only lets them step back, and paints the others over them.
  useLayoutEffect(() => {
    const context = allCanvas.current && size && prepareCanvas(allCanvas.current, size);
    if (context && layout) paintLines(context, data.lines, layout);
  }, [size, layout, data]);

  useLayoutEffect(() => {
    const context = canvas.current && size && prepareCanvas(canvas.current, size);
    if (!context || !layout || !frame.current) return;
    if (held.size > 0) paintLines(context, left, layout);
    paintParallelAxes(context, data, layout, theme, false);
    reportDrawn(frame.current, { lines: left.length, points: left.length * data.axes.length, maxY: NaN });
    frame.current.dataset['drawn'] = 'true';
  }, [size, layout, data, theme, left, held.size]);

  useEffect(() => {
    const context = overlay.current && size && prepareCanvas(overlay.current, size);
    if (!context || !layout) return;
    const paint = (): void => {
      context.clearRect(0, 0, size.width, size.height);
      const run = pointed?.runId ?? emphasisedRun();
      const strong = data.lines.find(({ runId }) => runId === run);
      if (strong) paintStrong(context, strong, layout, theme);
    };
    paint();
    return onEmphasis(paint);
  }, [size, layout, data, theme, pointed]);

  useDrawnEnd(frame);
  useEmphasisEnd(pointed !== undefined);

  const pointAt = (found: typeof pointed): void => {
    setPointed(found);
    emphasise(found?.runId);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    // Over an axis its brush is meant, not a line.
    if (!layout || event.buttons > 0 || event.target !== overlay.current) {
      if (pointed) pointAt(undefined);
      return;
    }
    const at = event.currentTarget.getBoundingClientRect();
    const [x, y] = [event.clientX - at.left, event.clientY - at.top];
    const found = lineAt(left, layout, x, y);
    pointAt(found && { runId: found.runId, x, y });
  };
  const withBrush = (column: string, brush: Brush | undefined): Brushes => {
    const next = new Map(brushes);
    if (brush) next.set(column, brush);
    else next.delete(column);
    return next;
  };

  return (
    <div
      ref={frame}
      className="relation-chart"
      data-chart=""
      data-passing={left.length}
      onPointerMove={onPointerMove}
      onPointerLeave={() => {
        pointAt(undefined);
      }}
      onClick={(event) => {
        if (pointed && event.target === overlay.current) onOpen(pointed.runId);
      }}
    >
      <canvas
        ref={allCanvas}
        role="img"
        aria-label={`${label}. ${summary}`}
        className={held.size > 0 ? 'stepped-back' : ''}
      />
      <canvas ref={canvas} aria-hidden="true" />
      <canvas ref={overlay} aria-hidden="true" style={{ cursor: pointed ? 'pointer' : undefined }} />
      {layout && (
        <div role="group" aria-label={text.axes}>
          {data.axes.map((axis, i) => (
            <ParallelAxisControl
              key={axis.column}
              of={axis}
              place={i}
              layout={layout}
              brush={held.get(axis.column)}
              onDrag={(brush) => {
                setDrag(withBrush(axis.column, brush));
              }}
              onBrush={(brush) => {
                setDrag(undefined);
                onBrushes(withBrush(axis.column, brush));
              }}
              onScale={props.onScale}
              onFlip={props.onFlip}
              onMove={props.onMove}
              onRemove={props.onRemove}
            />
          ))}
        </div>
      )}
      {point && pointed && layout && size && (
        <MarkTooltip
          mark={{
            key: point.runId,
            runIds: [point.runId],
            name: point.name,
            colour: point.colour,
            facts: data.factsOf(point.runId),
            box: { left: 0, top: 0, width: 0, height: heightOf(layout, 0) },
          }}
          x={pointed.x}
          y={pointed.y}
          size={size}
        />
      )}
    </div>
  );
}
