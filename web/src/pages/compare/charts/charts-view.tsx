import { useMemo } from 'react';
import type { Comparison } from '../../../api/comparison.ts';
import { text } from '../../../text/compare.ts';
import { entryOf } from '../../charts/card-kinds.ts';
import type { CardKind, CardSpec } from '../../charts/card-spec.ts';
import { CompareCharts } from './compare-charts.tsx';
import { knownColumns, valuesOf } from './compared-values.ts';
import type { ViewProps } from '../table/table-view.tsx';

/** What tells how params and metrics go together. */
const kinds: readonly CardKind[] = ['parallel', 'scatter', 'bar', 'box', 'contour'];
/** Axes of these are numbers: a param of words would leave them blank. */
const numeric: readonly CardKind[] = ['scatter', 'contour'];

/** A surface through fewer places is none. */
const leastPlaces = 4;

/** Params that vary against the first metric that does. */
export function ChartsView(props: ViewProps) {
  const { comparison } = props;
  const made = useMemo(() => {
    const known = knownColumns(comparison);
    const numbers = { ...known, params: known.numbers };
    return kinds.flatMap((kind) => {
      const spec = entryOf(kind)?.begin(numeric.includes(kind) ? numbers : known, `compare:${kind}`);
      return spec && (kind !== 'contour' || placesOf(comparison, spec) >= leastPlaces) ? [spec] : [];
    });
  }, [comparison]);
  return <CompareCharts {...props} made={made} none={text.charts.none} />;
}

function placesOf(comparison: Comparison, { columns: [x = '', y = ''] }: CardSpec): number {
  const { at } = valuesOf(comparison);
  return new Set(comparison.runs.map(({ id }) => `${at(id, x)} ${at(id, y)}`)).size;
}
