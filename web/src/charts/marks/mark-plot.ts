/** What a chart of marks is once its place is known: something that paints itself, and marks that can be pointed at. */
import type { DrawnChart } from '../drawn-charts.ts';
import type { Pen } from '../pen.ts';
import type { Box } from '../scales.ts';
import type { ChartTheme } from '../theme.ts';
import type { CanvasSize } from '../use-canvas-size.ts';

export interface MarkFact {
  readonly label: string;
  readonly value: string;
}

/** A bar, a box, a point, a bin: what stands for one run, or for several. */
export interface Mark {
  readonly key: string;
  readonly runIds: readonly string[];
  /** Whole, however short it is drawn. */
  readonly name: string;
  readonly colour: string;
  readonly facts: readonly MarkFact[];
  /** Pixels of the sheet. */
  readonly box: Box;
}

/** The part of the sheet that is in view. */
export interface SheetWindow {
  readonly top: number;
  readonly height: number;
}

/** The rows that are whole in view, the first counted as 0 and `to` not among them. */
export interface RowsInView {
  readonly from: number;
  readonly to: number;
  readonly of: number;
}

export interface MarkPlot {
  /** Of the whole sheet; what is higher than the frame scrolls. */
  readonly height: number;
  /** In the order in which keys walk; a later one lies above. */
  readonly marks: readonly Mark[];
  readonly paint: (pen: Pen, window: SheetWindow) => void;
  /** Where it is made of rows. */
  readonly inView?: (window: SheetWindow) => RowsInView;
  readonly drawn: DrawnChart;
}

export type PlanPlot = (size: CanvasSize, theme: ChartTheme) => MarkPlot;

/** Pixels around a mark in which it is meant all the same. */
const reach = 4;

/** The place of the mark at a point of the sheet, the smallest where several lie; -1: none. */
export function markAt(marks: readonly Mark[], x: number, y: number): number {
  let [found, least] = [-1, Infinity];
  for (const [i, { box }] of marks.entries()) {
    const inX = x >= box.left - reach && x <= box.left + box.width + reach;
    const inY = y >= box.top - reach && y <= box.top + box.height + reach;
    if (!inX || !inY) continue;
    // Of two neighbours whose reaches overlap, the nearer; of one inside the other, the inner.
    const off = Math.hypot(beyond(x, box.left, box.width), beyond(y, box.top, box.height));
    const score = off * 1e6 + box.width * box.height;
    if (score <= least) [found, least] = [i, score];
  }
  return found;
}

function beyond(at: number, from: number, length: number): number {
  return Math.max(0, from - at, at - from - length);
}

/** Where a key leads from the place of a mark; undefined where the key means nothing. */
export function markAfter(key: string, at: number, marks: number): number | undefined {
  const inside = (to: number): number => Math.max(0, Math.min(marks - 1, to));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return inside(at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return inside(at < 0 ? marks - 1 : at - 1);
    case 'PageDown':
      return inside(at + 10);
    case 'PageUp':
      return inside(at - 10);
    case 'Home':
      return 0;
    case 'End':
      return marks - 1;
    default:
      return undefined;
  }
}
