import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { IconButton } from '../../../components/button.tsx';
import { count } from '../../../components/format.ts';
import { text } from '../../../text/run.ts';
import { useUrlSet } from '../use-url-set.ts';
import { ChartCard } from './chart-card.tsx';
import { chartLayout, rowsBetween, sectionHeight } from './chart-rows.ts';
import type { ChangeSettings, ChartSettings } from './chart-settings.ts';

interface ChartGridProps {
  readonly run: RunDetail;
  readonly metrics: readonly LastMetric[];
  readonly settings: ChartSettings;
  readonly onChange: ChangeSettings;
}

/** Beyond the view, so that a scroll finds charts that are drawn. */
const margin = 300;

/** Thousands of charts, of which those near the view are there and drawn. */
export function ChartGrid({ run, metrics, settings, onChange }: ChartGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<{ top: number; width: number; height: number }>();
  const [folded, toggle] = useUrlSet('fold');
  const [tables, toggleTable] = useUrlSet('table');

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
    () => (width === undefined || height === undefined ? undefined : chartLayout(metrics, folded, { width, height })),
    [metrics, folded, width, height],
  );
  const shown =
    layout && view && rowsBetween(layout.rows, view.top - margin, view.top + view.height + margin, layout.chartHeight);
  const widthOf = (columns: number): number => ((view?.width ?? 0) - (columns - 1) * 12) / columns;
  return (
    <div ref={scroller} className="run-body chart-scroller" data-scroll-restoration-id="run-charts" onScroll={look}>
      <div className="chart-sheet" style={{ height: layout?.height ?? 0 }}>
        {shown?.map((row) =>
          row.kind === 'section' ? (
            <div key={`section ${row.name}`} className="chart-section" style={{ top: row.top, height: sectionHeight }}>
              <IconButton
                icon={row.folded ? 'right' : 'down'}
                aria-expanded={!row.folded}
                label={
                  row.folded ? text.unfold(row.name || text.charts.other) : text.fold(row.name || text.charts.other)
                }
                onClick={() => {
                  toggle(row.name);
                }}
              />
              <h2 className="ellipsis">{row.name || text.charts.other}</h2>
              <span className="dim">{count(row.size)}</span>
            </div>
          ) : (
            <div
              key={row.metrics[0]?.key}
              className="chart-row"
              style={{
                top: row.top,
                height: layout?.chartHeight,
                gridTemplateColumns: `repeat(${row.columns}, minmax(0, 1fr))`,
              }}
            >
              {row.metrics.map((metric) => (
                <ChartCard
                  key={metric.key}
                  run={run}
                  metric={metric}
                  settings={settings}
                  onChange={onChange}
                  width={widthOf(row.columns)}
                  asTable={tables.has(metric.key)}
                  onTable={toggleTable}
                  alone={metrics.length === 1}
                />
              ))}
            </div>
          ),
        )}
      </div>
    </div>
  );
}
