/** The charts of a run by the prefixes of their metrics, and its single values: as figures, where a chart would be empty. */
import type { LastMetric } from '../../../api/run.ts';
import {
  fewCharts,
  gap,
  prefixOf,
  sectionHeight,
  sheetRows,
  type SheetOptions,
  type SheetRow,
} from '../../charts/sheet-rows.ts';

/** Metrics of one point each, side by side. */
export interface ValueRow {
  readonly kind: 'values';
  readonly top: number;
  readonly height: number;
  readonly columns: number;
  readonly metrics: readonly LastMetric[];
}

export type ChartRow = SheetRow<LastMetric> | ValueRow;

export interface ChartLayout {
  readonly rows: readonly ChartRow[];
  readonly height: number;
}

/** Names of sections come before a slash, so this is none. */
export const valuesId = '/';
const valueHeight = 28;
/** More of them would push the charts out of view. */
const mostAbove = 30;

export function chartLayout(
  charts: readonly LastMetric[],
  values: readonly LastMetric[],
  options: SheetOptions,
): ChartLayout {
  const above = values.length <= mostAbove;
  const before = above ? valueRows(values, options, 0) : { rows: [], height: 0 };
  const sheet = sheetRows(sectionsOf(charts), options, before.height);
  const after = above ? { rows: [], height: sheet.height } : valueRows(values, options, sheet.height);
  return { rows: [...before.rows, ...sheet.rows, ...after.rows], height: after.height };
}

function sectionsOf(charts: readonly LastMetric[]): { id: string; charts: readonly LastMetric[] }[] {
  if (charts.length === 0) return [];
  if (charts.length <= fewCharts) return [{ id: '', charts }];
  return [...Map.groupBy(charts, ({ key }) => prefixOf(key))].map(([id, members]) => ({ id, charts: members }));
}

function valueRows(values: readonly LastMetric[], { folded, width }: SheetOptions, from: number): ChartLayout {
  if (values.length === 0) return { rows: [], height: from };
  const isFolded = folded.has(valuesId);
  const rows: ChartRow[] = [
    { kind: 'section', id: valuesId, size: values.length, folded: isFolded, top: from, height: sectionHeight },
  ];
  let top = from + sectionHeight;
  if (isFolded) return { rows, height: top };
  const columns = Math.max(1, Math.min(4, values.length, Math.floor(width / 290)));
  for (let at = 0; at < values.length; at += columns) {
    rows.push({ kind: 'values', metrics: values.slice(at, at + columns), columns, top, height: valueHeight });
    top += valueHeight;
  }
  return { rows, height: top + gap };
}
