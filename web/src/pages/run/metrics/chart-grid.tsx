import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/run.ts';
import { useUrlSet } from '../use-url-set.ts';
import { ChartCard } from './chart-card.tsx';
import { chartLayout, rowsBetween, valuesId, type ChartRow } from './chart-rows.ts';
import type { ChartSettings } from './chart-settings.ts';
import { SingleValues } from './single-values.tsx';

interface ChartGridProps {
  readonly run: RunDetail;
  readonly charts: readonly LastMetric[];
  /** Metrics of one point. */
  readonly values: readonly LastMetric[];
  readonly settings: ChartSettings;
}

/** Beyond the view, so that a scroll finds charts that are drawn. */
const margin = 300;

/** Thousands of charts, of which those near the view are there and drawn. */
export function ChartGrid({ run, charts, values, settings }: ChartGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<{ top: number; width: number; height: number }>();
  const [folded, toggle] = useUrlSet('fold');
  const [tables, toggleTable] = useUrlSet('table');
  const { columns } = settings;

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

  const [width, height] = [view?.width, view?.height];
  const layout = useMemo(
    () =>
      width === undefined || height === undefined
        ? undefined
        : chartLayout(charts, values, { folded, columns, width, height }),
    [charts, values, folded, columns, width, height],
  );
  const shown = layout && view ? rowsBetween(layout.rows, view.top - margin, view.top + view.height + margin) : [];
  const valueRows = shown.filter((row) => row.kind === 'values');
  const widthOf = (inRow: number): number => ((view?.width ?? 0) - (inRow - 1) * 12) / inRow;
  return (
    <div ref={scroller} className="run-body chart-scroller" data-scroll-restoration-id="run-charts" onScroll={look}>
      <div className="chart-sheet" style={{ height: layout?.height ?? 0 }}>
        {shown.map((row) => {
          if (row.kind === 'section') return <SectionTitle key={`section ${row.id}`} row={row} onToggle={toggle} />;
          if (row.kind === 'values') return null;
          return (
            <div
              key={row.metrics[0]?.key}
              className="chart-row"
              style={{
                top: row.top,
                height: row.height,
                gridTemplateColumns: `repeat(${row.columns}, minmax(0, 1fr))`,
              }}
            >
              {row.metrics.map((metric) => (
                <ChartCard
                  key={metric.key}
                  run={run}
                  metric={metric}
                  settings={settings}
                  width={widthOf(row.columns)}
                  asTable={tables.has(metric.key)}
                  onTable={toggleTable}
                  alone={charts.length + values.length === 1}
                />
              ))}
            </div>
          );
        })}
        {valueRows.length > 0 && <SingleValues rows={valueRows} total={values.length} />}
      </div>
    </div>
  );
}

interface SectionTitleProps {
  readonly row: Extract<ChartRow, { kind: 'section' }>;
  readonly onToggle: (id: string) => void;
}

function SectionTitle({ row: { id, size, folded, top, height }, onToggle }: SectionTitleProps) {
  const name = id === valuesId ? text.charts.values : id || text.charts.other;
  return (
    <div className="chart-section" style={{ top, height }}>
      <IconButton
        icon={folded ? 'right' : 'down'}
        aria-expanded={!folded}
        label={folded ? text.unfold(name) : text.fold(name)}
        onClick={() => {
          onToggle(id);
        }}
      />
      <h2 className="ellipsis">{name}</h2>
      <span className="dim">{count(size)}</span>
    </div>
  );
}
