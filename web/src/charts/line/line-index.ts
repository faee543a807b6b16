/**
 * What lies in each column of pixels, found out when the pointer first comes there: of each line the heights that it
 * takes in the column and its nearest point. Moving within a column then looks at no point again.
 */
import { nearest, placeAfter, placeOf, type ChartLine } from './line-data.ts';
import type { Scales } from '../scales.ts';

export interface Crossing {
  readonly line: ChartLine;
  /** Of the point nearest to the column. */
  readonly place: number;
  /** Pixels from the top; NaN where the line does not pass, as beyond its last point. */
  readonly top: number;
  readonly bottom: number;
}

/** A point so near to the pointer counts although its line does not pass. */
const near = 12;

export class LineIndex {
  readonly #columns = new Map<number, readonly Crossing[]>();
  readonly #lines: readonly ChartLine[];
  readonly #scales: Scales;

  constructor(lines: readonly ChartLine[], scales: Scales) {
    this.#lines = lines.filter((line) => !line.faint && line.x.length > 0);
    this.#scales = scales;
  }

  /** Lines that can be read at all. */
  get size(): number {
    return this.#lines.length;
  }

  /** Those with something to say there. @param px from the left of the picture */
  at(px: number): readonly Crossing[] {
    const column = Math.round(px);
    let found = this.#columns.get(column);
    if (!found) {
      found = this.#lines.flatMap((line) => crossing(line, column, this.#scales, this.#lines.length === 1) ?? []);
      this.#columns.set(column, found);
    }
    return found;
  }

  /** The line nearest to a place, no farther than `reach`. */
  nearest(px: number, py: number, reach: number): Crossing | undefined {
    let found: Crossing | undefined;
    let least = reach;
    for (const one of this.at(px)) {
      const away = distance(one, py);
      if (away <= least) [least, found] = [away, one];
    }
    return found;
  }
}

/** Pixels between a height and a line; infinite where the line has none. */
export function distance({ top, bottom }: Crossing, py: number): number {
  const away = Math.max(0, top - py, py - bottom);
  // Of several that pass right there, as steep ones do, the one whose middle is nearest.
  return Number.isNaN(away) ? Infinity : away + Math.abs(py - (top + bottom) / 2) / 1000;
}

function crossing(line: ChartLine, column: number, scales: Scales, alone: boolean): Crossing | undefined {
  const { x, y, quiet } = line;
  const { px, xAt } = scales;
  const [left, right] = [xAt(column - 0.5), xAt(column + 0.5)];
  const place = nearest(x, xAt(column));
  const [from, to] = [placeOf(x, left), placeAfter(x, right)];
  let [top, bottom] = [Infinity, -Infinity];
  const take = (py: number): void => {
    if (!Number.isFinite(py)) return;
    top = Math.min(top, py);
    bottom = Math.max(bottom, py);
  };
  for (let i = from; i < to; i++) take(scales.py(y[i] ?? NaN));
  // Where it comes in from the point before, and goes out to the one behind.
  if (from > 0 && from < x.length) take(between(line, from - 1, left, scales));
  if (to > 0 && to < x.length) take(between(line, to - 1, right, scales));
  const passes = top <= bottom;
  const close = alone || Math.abs(px(x[place] ?? NaN) - column) <= near;
  if (!passes && (!close || (quiet && Number.isNaN(y[place])))) return undefined;
  return passes ? { line, place, top, bottom } : { line, place, top: NaN, bottom: NaN };
}

/** The height at an x between a point and the next one, along the straight line that is drawn. */
function between({ x, y }: ChartLine, i: number, at: number, { px, py }: Scales): number {
  const [x0, x1] = [px(x[i] ?? NaN), px(x[i + 1] ?? NaN)];
  const [y0, y1] = [py(y[i] ?? NaN), py(y[i + 1] ?? NaN)];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (px(at) - x0)) / (x1 - x0);
}
