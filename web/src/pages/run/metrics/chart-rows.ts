/** The charts of a page as rows of a long list: titles of sections, charts side by side, and single values. */
import type { LastMetric } from '../../../api/run.ts';

interface Placed {
  readonly top: number;
  readonly height: number;
}

interface SectionRow extends Placed {
  readonly kind: 'section';
  /** What the address calls it when it is folded. */
  readonly id: string;
  readonly size: number;
  readonly folded: boolean;
}

interface MetricRow extends Placed {
  readonly metrics: readonly LastMetric[];
  /** A row that its section does not fill keeps the width of the rows above it. */
  readonly columns: number;
}

/** Metrics of one point each: figures say it, where a chart would be empty. */
export type ValueRow = MetricRow & { readonly kind: 'values' };

export type ChartRow = SectionRow | ValueRow | (MetricRow & { readonly kind: 'charts' });

export interface ChartLayout {
  readonly rows: readonly ChartRow[];
  readonly height: number;
}

/** Names of sections come before a slash, so this is none. */
export const valuesId = '/';
const sectionHeight = 36;
const valueHeight = 28;
const gap = 12;
const fewCharts = 6;
/** More of them would push the charts out of view. */
const mostAbove = 30;

interface LayoutOptions {
  /** By the ids of sections. */
  readonly folded: ReadonlySet<string>;
  /** Charts in a row; 0: as many as there is room for. */
  readonly columns: number;
  /** Size of what the reader sees. */
  readonly width: number;
  readonly height: number;
}

export function chartLayout(
  charts: readonly LastMetric[],
  values: readonly LastMetric[],
  options: LayoutOptions,
): ChartLayout {
  const rows: ChartRow[] = [];
  let top = 0;
  const add = (row: DistributiveOmit<ChartRow, 'top'>, space = 0): void => {
    rows.push({ ...row, top });
    top += row.height + space;
  };
  const addValues = (): void => {
    if (values.length === 0) return;
    const folded = options.folded.has(valuesId);
    add({ kind: 'section', id: valuesId, size: values.length, folded, height: sectionHeight });
    if (folded) return;
    const columns = Math.max(1, Math.min(4, values.length, Math.floor(options.width / 290)));
    for (let at = 0; at < values.length; at += columns) {
      add({ kind: 'values', metrics: values.slice(at, at + columns), columns, height: valueHeight });
    }
    top += gap;
  };
  const above = values.length <= mostAbove;
  if (above) addValues();
  addCharts(charts, options, add);
  if (!above) addValues();
  return { rows, height: top };
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

function addCharts(
  charts: readonly LastMetric[],
  options: LayoutOptions,
  add: (row: DistributiveOmit<ChartRow, 'top'>, space?: number) => void,
): void {
  // A few charts need no sections: side by side they are seen at one look.
  const sections = Map.groupBy(charts, ({ key }) => (charts.length <= fewCharts ? '' : sectionOf(key)));
  const height = heightFor(charts.length, columnsFor(charts.length, options), options.height);
  for (const [id, members] of sections) {
    const folded = options.folded.has(id);
    if (sections.size > 1) {
      add({ kind: 'section', id, size: members.length, folded, height: sectionHeight });
      if (folded) continue;
    }
    const columns = columnsFor(members.length, options);
    for (let at = 0; at < members.length; at += columns) {
      add({ kind: 'charts', metrics: members.slice(at, at + columns), columns, height }, gap);
    }
  }
}

/** The first part of a name such as `train/loss`; empty without one. */
function sectionOf(key: string): string {
  const at = key.lastIndexOf('/');
  return at <= 0 ? '' : key.slice(0, at);
}

/** No more than there are charts, so that one alone has the whole width, and none too narrow to read. */
function columnsFor(charts: number, { columns, width }: LayoutOptions): number {
  const room = width >= 1000 ? 3 : width >= 620 ? 2 : 1;
  const wanted = columns > 0 ? Math.min(columns, Math.floor(width / 180)) : room;
  return Math.max(1, Math.min(charts, wanted));
}

/** A chart alone fills the view, and a few share it. */
function heightFor(charts: number, columns: number, height: number): number {
  const share = (height - 36) / Math.ceil(charts / columns) - gap;
  return Math.round(Math.max(264, Math.min(charts === 1 || columns === 1 ? 720 : 400, share)));
}

/** The rows between two heights. */
export function rowsBetween(rows: readonly ChartRow[], from: number, to: number): readonly ChartRow[] {
  return rows.filter(({ top, height }) => top + height + gap >= from && top <= to);
}
