import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { layoutPipeline } from '../../api/pipeline-layout.ts';
import type { PipelineRecord, TaskRecord } from '../../api/pipeline-record.ts';
import { IconButton } from '../../components/button.tsx';
import { text } from '../../text/pipelines.ts';
import { GraphNode } from './graph-node.tsx';
import { isMove, moveFrom } from './graph-moves.ts';
import { usePanZoom } from './use-pan-zoom.ts';

interface PipelineGraphProps {
  readonly record: PipelineRecord;
  readonly chosen: string | undefined;
  readonly onChoose: (task: string) => void;
}

/** The tasks as boxes, with lines to those that take their products. One stop of the Tab key. */
export function PipelineGraph({ record, chosen, onChoose }: PipelineGraphProps) {
  const box = useRef<HTMLDivElement>(null);
  const { tasks } = record;
  // Where they stand changes with the graph, not with the states.
  const shape = JSON.stringify(tasks.map(({ name, upstream }) => [name, upstream]));
  // oxlint-disable-next-line react/exhaustive-deps
  const layout = useMemo(() => layoutPipeline(tasks), [shape]);
  const places = new Map(layout.nodes.map(({ name, x, y }) => [name, { ...layout.size, x, y }]));
  const { view, zoom, reveal, dragging } = usePanZoom(box, layout, places.get(chosen ?? ''));
  const [cursor, setCursor] = useState<string>();
  const at = [cursor, chosen].find((name) => tasks.some((task) => task.name === name)) ?? tasks[0]?.name;

  const focus = (name: string): void => {
    const place = places.get(name);
    if (!place) return;
    setCursor(name);
    reveal(place);
    box.current?.querySelector<SVGElement>(`[data-task="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const zooms: Record<string, 'in' | 'out' | 'fit'> = { '+': 'in', '=': 'in', '-': 'out', 0: 'fit' };
    const by = zooms[event.key];
    if (by) zoom(by);
    else if (isMove(event.key) && at !== undefined) {
      const to = moveFrom(layout, at, event.key);
      if (to !== undefined) focus(to);
    } else return;
    event.preventDefault();
  };

  return (
    <div className="pipeline-graph">
      <div
        ref={box}
        className="pipeline-canvas"
        role="group"
        aria-label={text.graph.label(record.name)}
        aria-description={text.graph.hint}
        onKeyDown={onKeyDown}
        {...dragging}
      >
        <svg role="presentation">
          <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
            {layout.edges.map(({ from, to, path }) => (
              <path
                key={`${from} ${to}`}
                className={from === chosen || to === chosen ? 'pipeline-edge near' : 'pipeline-edge'}
                d={path}
                markerEnd="url(#pipeline-arrow)"
              />
            ))}
            {tasks.map((task) => {
              const { x = 0, y = 0 } = places.get(task.name) ?? {};
              return (
                <GraphNode
                  key={task.name}
                  task={task}
                  x={x}
                  y={y}
                  width={layout.size.width}
                  height={layout.size.height}
                  about={aboutOf(task, tasks)}
                  chosen={task.name === chosen}
                  reachable={task.name === at}
                  onChoose={() => {
                    setCursor(task.name);
                    onChoose(task.name);
                  }}
                />
              );
            })}
          </g>
          <defs>
            <marker
              id="pipeline-arrow"
              viewBox="0 0 8 8"
              refX="7"
              refY="4"
              markerWidth="7"
              markerHeight="7"
              orient="auto"
            >
              <path d="M1 1l6 3-6 3" />
            </marker>
            <clipPath id="pipeline-words">
              <rect y="-8" width={layout.size.width - 6} height={layout.size.height + 8} />
            </clipPath>
          </defs>
        </svg>
      </div>
      <div className="pipeline-zoom" role="group" aria-label={text.graph.tools}>
        <IconButton icon="plus" label={text.graph.zoomIn} onClick={() => zoom('in')} />
        <IconButton icon="minus" label={text.graph.zoomOut} onClick={() => zoom('out')} />
        <IconButton icon="expand" label={text.graph.fit} onClick={() => zoom('fit')} />
      </div>
    </div>
  );
}

/** Why a task is in its state, and what stands around it. */
function aboutOf({ name, reason, upstream }: TaskRecord, tasks: readonly TaskRecord[]): string {
  const after = tasks.filter((other) => other.upstream.includes(name)).map((other) => other.name);
  return text.graph.about([
    ...(reason === '' ? [] : [reason]),
    ...(upstream.length === 0 ? [] : [text.graph.after(upstream.join(', '))]),
    ...(after.length === 0 ? [] : [text.graph.before(after.join(', '))]),
  ]);
}
