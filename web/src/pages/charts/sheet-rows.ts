/** Charts as rows of a long list: titles of sections, and charts side by side, each over one or more columns. */
/** Of each member of a union. */
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export interface SheetChart {
  readonly key: string;
  /** Columns that it takes; 1 by default. */
  readonly span?: number | undefined;
  /** Pixels; as high as there is room for by default. */
  readonly height?: number | undefined;
  /** It came while the reader was there: it takes no room from the others. */
  readonly late?: boolean;
}

export interface ChartSection<C extends SheetChart> {
  /** What the address calls it when it is folded. */
  readonly id: string;
  readonly charts: readonly C[];
}

interface Placed {
  readonly top: number;
  readonly height: number;
}

export interface SectionRow extends Placed {
  readonly kind: 'section';
  readonly id: string;
  readonly size: number;
  readonly folded: boolean;
}

export interface ChartsRow<C extends SheetChart> extends Placed {
  readonly kind: 'charts';
  readonly section: string;
  /** A row that its section does not fill keeps the width of the rows above it. */
  readonly columns: number;
  readonly charts: readonly { readonly chart: C; readonly column: number; readonly span: number }[];
}

export type SheetRow<C extends SheetChart> = SectionRow | ChartsRow<C>;

export interface SheetOptions {
  /** By the ids of sections. */
  readonly folded: ReadonlySet<string>;
  /** Charts in a row; 0: as many as there is room for. */
  readonly columns: number;
  /** Size of what the reader sees. */
  readonly width: number;
  readonly height: number;
}

export const sectionHeight = 36;
export const gap = 12;
/** A few charts need no sections: side by side they are seen at one look. */
export const fewCharts = 6;
export const leastHeight = 160;

/** @param from where the first row begins */
export function sheetRows<C extends SheetChart>(
  sections: readonly ChartSection<C>[],
  options: SheetOptions,
  from = 0,
): { rows: readonly SheetRow<C>[]; height: number } {
  const rows: SheetRow<C>[] = [];
  let top = from;
  const add = (row: DistributiveOmit<SheetRow<C>, 'top'>, space: number): void => {
    rows.push({ ...row, top });
    top += row.height + space;
  };
  const all = sections.reduce((sum, { charts }) => sum + settled(charts).length, 0);
  const usual = heightFor(all, columnsFor(all, options), options.height);
  const titled = sections.filter(({ charts }) => settled(charts).length > 0).length > 1;
  for (const { id, charts } of sections) {
    const folded = options.folded.has(id);
    const there = settled(charts);
    if (titled || (there.length === 0 && sections.length > 1)) {
      add({ kind: 'section', id, size: charts.length, folded, height: sectionHeight }, 0);
      if (folded) continue;
    }
    const wanted = there.reduce((sum, { span = 1 }) => sum + span, 0);
    // A section that is new may grow yet.
    const columns = columnsFor(there.length === 0 ? Infinity : there.length === 1 ? 1 : wanted, options);
    for (const row of rowsOf(charts, columns)) {
      const heights = row.flatMap(({ chart }) => chart.height ?? []);
      const height = heights.length > 0 ? Math.max(...heights) : usual;
      add({ kind: 'charts', section: id, charts: row, columns, height }, gap);
    }
  }
  return { rows, height: top };
}

function settled<C extends SheetChart>(charts: readonly C[]): readonly C[] {
  return charts.filter(({ late }) => late !== true);
}

function rowsOf<C extends SheetChart>(charts: readonly C[], columns: number): ChartsRow<C>['charts'][] {
  const rows: { chart: C; column: number; span: number }[][] = [];
  let free = 0;
  for (const chart of charts) {
    const span = Math.max(1, Math.min(columns, chart.span ?? 1));
    if (span > free) {
      rows.push([]);
      free = columns;
    }
    rows.at(-1)?.push({ chart, column: columns - free, span });
    free -= span;
  }
  return rows;
}

/** No more than there are charts, so that one alone has the whole width, and none too narrow to read. */
function columnsFor(charts: number, { columns, width }: SheetOptions): number {
  return Math.max(1, Math.min(charts, mostColumnsIn(columns, width)));
}

function mostColumnsIn(columns: number, width: number): number {
  const room = width >= 1000 ? 3 : width >= 620 ? 2 : 1;
  return columns > 0 ? Math.min(columns, Math.floor(width / 180)) : room;
}

/** A chart alone fills the view, and a few share it. */
function heightFor(charts: number, columns: number, height: number): number {
  const share = (height - 36) / Math.ceil(charts / columns) - gap;
  return Math.round(Math.max(264, Math.min(charts === 1 || columns === 1 ? 720 : 400, share)));
}

/** A name such as `train/loss` up to its last slash; empty without one. */
export function prefixOf(key: string): string {
  const at = key.lastIndexOf('/');
  return at <= 0 ? '' : key.slice(0, at);
}

/** The rows between two heights. */
export function rowsBetween<R extends Placed>(rows: readonly R[], from: number, to: number): readonly R[] {
  return rows.filter(({ top, height }) => top + height + gap >= from && top <= to);
}

/** Where a chart of a row stands, in pixels. */
export function placeIn(
  width: number,
  columns: number,
  { column, span }: { readonly column: number; readonly span: number },
): { left: number; width: number } {
  const one = (width - (columns - 1) * gap) / columns;
  return { left: column * (one + gap), width: span * one + (span - 1) * gap };
}
