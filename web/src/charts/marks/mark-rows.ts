/**
 * A row for each run or group: its name at the left, its marks along one axis, or along several side by side. The axes
 * stay where they are while the rows scroll.
 */
import { alongScales, paintAlongAxis } from './mark-axes.ts';
import type { RowsInView, SheetWindow } from './mark-plot.ts';
import type { Pen } from '../pen.ts';
import type { Range } from '../line/line-data.ts';
import type { Scales } from '../scales.ts';
import { measured, shortened } from '../text-width.ts';
import type { ChartTheme } from '../theme.ts';

export interface RowAxis {
  /** Shown above where there are several. */
  readonly title: string;
  readonly range: Range;
  readonly log: boolean;
}

export interface RowsWish {
  readonly names: readonly string[];
  readonly axes: readonly RowAxis[];
  /** Pixels. */
  readonly leastHeight: number;
  readonly mostHeight: number;
}

export interface Rows {
  /** Of the sheet. */
  readonly height: number;
  readonly rowHeight: number;
  readonly width: number;
  readonly topOf: (row: number) => number;
  /** One for each axis; along the sheet. */
  readonly scales: readonly Scales[];
  readonly inView: (window: SheetWindow) => RowsInView;
  /** Paints what is in view: `paintRow` gets the pen moved so that the sheet's pixels are its own. */
  readonly paint: (pen: Pen, window: SheetWindow, paintRow: (pen: Pen, row: number) => void) => void;
}

const foot = 24;
const gap = 24;
const edge = 18;

export function rowsOf(wish: RowsWish, size: { width: number; height: number }, theme: ChartTheme): Rows {
  const { names, axes } = wish;
  const head = axes.length > 1 ? 22 : 8;
  const room = size.height - head - foot;
  const rowHeight = Math.floor(Math.max(wish.leastHeight, Math.min(wish.mostHeight, room / Math.max(1, names.length))));
  const bodyHeight = rowHeight * names.length;
  const longest = names.reduce((most, name) => Math.max(most, measured(name, theme.font).width), 0);
  const nameWidth = Math.ceil(Math.min(longest, size.width * 0.35, 240));
  const left = nameWidth + 12;
  const width = Math.max(20, (size.width - left - edge - gap * (axes.length - 1)) / axes.length);
  const placed = axes.map(({ range, log }, i) => {
    const box = { left: left + i * (width + gap), top: head, width, height: bodyHeight };
    return alongScales(box, range, log);
  });
  const topOf = (row: number): number => head + row * rowHeight;

  const paint: Rows['paint'] = (pen, { top, height }, paintRow) => {
    const inView = Math.max(0, Math.min(height - head - foot, bodyHeight - top));
    for (const [i, scales] of placed.entries()) {
      paintAlongAxis(pen, { ...scales, box: { ...scales.box, height: inView } }, theme);
      if (axes.length > 1) paintTitle(pen, axes[i]?.title ?? '', scales, theme);
    }
    pen.save();
    pen.beginPath();
    pen.rect(0, head, size.width, inView);
    pen.clip();
    pen.translate(0, -top);
    const last = Math.min(names.length, Math.ceil((top + inView) / rowHeight));
    for (let row = Math.max(0, Math.floor(top / rowHeight)); row < last; row++) {
      pen.font = theme.font;
      pen.fillStyle = theme.text;
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      pen.fillText(shortened(pen, names[row] ?? '', nameWidth), 2, topOf(row) + rowHeight / 2);
      paintRow(pen, row);
    }
    pen.restore();
  };
  const inView: Rows['inView'] = ({ top, height }) => {
    const from = Math.min(names.length - 1, Math.ceil(top / rowHeight));
    const to = Math.min(names.length, Math.floor((top + height - head - foot) / rowHeight));
    // Of a row that is higher than its card a part is in view.
    return { from, to: Math.max(from + 1, to), of: names.length };
  };
  return { height: head + bodyHeight + foot, rowHeight, width: size.width, topOf, scales: placed, inView, paint };
}

function paintTitle(pen: Pen, title: string, { box }: Scales, theme: ChartTheme): void {
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(shortened(pen, title, box.width), box.left, 10);
}
