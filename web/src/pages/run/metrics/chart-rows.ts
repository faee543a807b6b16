/** The charts of a page as rows of a long list: titles of sections, and charts side by side. */
import type { LastMetric } from '../../../api/run.ts';

export type ChartRow =
  | {
      readonly kind: 'section';
      readonly name: string;
      readonly size: number;
      readonly folded: boolean;
      readonly top: number;
    }
  | {
      readonly kind: 'charts';
      readonly metrics: readonly LastMetric[];
      /** A row that its section does not fill keeps the width of the rows above it. */
      readonly columns: number;
      readonly top: number;
    };

export interface ChartLayout {
  readonly rows: readonly ChartRow[];
  readonly chartHeight: number;
  readonly height: number;
}

export const sectionHeight = 36;
const gap = 12;
const fewCharts = 6;

/** The first part of a name such as `train/loss`; empty without one. */
function sectionOf(key: string): string {
  const at = key.lastIndexOf('/');
  return at <= 0 ? '' : key.slice(0, at);
}

function columnsFor(charts: number, width: number): number {
  return Math.max(1, Math.min(charts, width >= 1000 ? 3 : width >= 620 ? 2 : 1));
}

/** A chart alone fills the view, and a few share it. */
function heightFor(charts: number, columns: number, height: number): number {
  const share = (height - 36) / Math.ceil(charts / columns) - gap;
  return Math.round(Math.max(264, Math.min(charts === 1 ? 720 : 400, share)));
}

/** @param view size of what the reader sees */
export function chartLayout(
  metrics: readonly LastMetric[],
  folded: ReadonlySet<string>,
  view: { readonly width: number; readonly height: number },
): ChartLayout {
  // A few charts need no sections: side by side they are seen at one look.
  const few = metrics.length <= fewCharts;
  const chartHeight = heightFor(metrics.length, columnsFor(metrics.length, view.width), view.height);
  const sections = new Map<string, LastMetric[]>();
  for (const metric of metrics) {
    const name = few ? '' : sectionOf(metric.key);
    const section = sections.get(name);
    if (section) section.push(metric);
    else sections.set(name, [metric]);
  }
  const rows: ChartRow[] = [];
  let top = 0;
  for (const [name, charts] of sections) {
    const closed = folded.has(name);
    if (sections.size > 1) {
      rows.push({ kind: 'section', name, size: charts.length, folded: closed, top });
      top += sectionHeight;
      if (closed) continue;
    }
    const columns = columnsFor(charts.length, view.width);
    for (let at = 0; at < charts.length; at += columns) {
      rows.push({ kind: 'charts', metrics: charts.slice(at, at + columns), columns, top });
      top += chartHeight + gap;
    }
  }
  return { rows, chartHeight, height: top };
}

/** The rows between two heights. */
export function rowsBetween(
  rows: readonly ChartRow[],
  from: number,
  to: number,
  rowHeight: number,
): readonly ChartRow[] {
  return rows.filter(({ top }) => top + rowHeight + gap >= from && top <= to);
}
