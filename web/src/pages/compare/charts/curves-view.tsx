import { useMemo } from 'react';
import { byKey } from '../../../api/run.ts';
import { text } from '../../../text/compare.ts';
import { CompareCharts } from './compare-charts.tsx';
import type { ViewProps } from '../table/table-view.tsx';

/** The curves of all runs over each other, one chart for each metric. */
export function CurvesView(props: ViewProps) {
  const { lines } = props.comparison;
  const made = useMemo(
    () =>
      byKey(lines.map((key) => ({ key }))).map(({ key }) => ({
        id: `line:${key}`,
        kind: 'line' as const,
        columns: [`metrics.${key}`],
        options: {},
      })),
    [lines],
  );
  return <CompareCharts {...props} made={made} none={text.curves.none} />;
}
