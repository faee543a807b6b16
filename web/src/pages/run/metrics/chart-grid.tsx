import { useCallback } from 'react';
import type { LastMetric, RunDetail } from '../../../api/run.ts';
import { useUrlSet } from '../../../components/use-url-set.ts';
import { text } from '../../../text/run.ts';
import { ChartSheet } from '../../charts/chart-sheet.tsx';
import type { ChartSettings } from '../../charts/chart-settings.ts';
import { SectionTitle } from '../../charts/section-title.tsx';
import { placeIn } from '../../charts/sheet-rows.ts';
import { ChartCard } from './chart-card.tsx';
import { chartLayout, valuesId } from './chart-rows.ts';
import { SingleValues } from './single-values.tsx';

interface ChartGridProps {
  readonly run: RunDetail;
  readonly charts: readonly LastMetric[];
  /** Metrics of one point. */
  readonly values: readonly LastMetric[];
  readonly settings: ChartSettings;
}

export function ChartGrid({ run, charts, values, settings }: ChartGridProps) {
  const [folded, toggle] = useUrlSet('fold');
  const [tables, toggleTable] = useUrlSet('table');
  const { columns } = settings;
  const layout = useCallback(
    (width: number, height: number) => chartLayout(charts, values, { folded, columns, width, height }),
    [charts, values, folded, columns],
  );
  return (
    <ChartSheet layout={layout} id="run-charts" className="run-body">
      {(rows, width) => {
        const valueRows = rows.filter((row) => row.kind === 'values');
        return (
          <>
            {rows.map((row) => {
              if (row.kind === 'values') return null;
              if (row.kind === 'section') {
                const name = row.id === valuesId ? text.charts.values : row.id || text.charts.other;
                return <SectionTitle key={`section ${row.id}`} row={row} name={name} onToggle={toggle} />;
              }
              return row.charts.map((placed) => {
                const place = placeIn(width, row.columns, placed);
                const { chart: metric } = placed;
                return (
                  <div key={metric.key} className="chart-place" style={{ top: row.top, height: row.height, ...place }}>
                    <ChartCard
                      run={run}
                      metric={metric}
                      settings={settings}
                      width={place.width}
                      asTable={tables.has(metric.key)}
                      onTable={toggleTable}
                      alone={charts.length + values.length === 1}
                    />
                  </div>
                );
              });
            })}
            {valueRows.length > 0 && <SingleValues rows={valueRows} total={values.length} />}
          </>
        );
      }}
    </ChartSheet>
  );
}
