/** Parallel coordinates: an axis for each column, a line for each run, brushes that leave some of the runs. */
import type { Cell } from '../../api/run-table.ts';
import type { AxisScale, ValueAxis } from '../value-axis.ts';
import type { ValueKey } from '../value-key.ts';
import type { MarkFact } from '../marks/mark-plot.ts';

export interface ParallelAxis {
  readonly column: string;
  readonly title: string;
  readonly axis: ValueAxis;
  /** The least at the top. */
  readonly flipped: boolean;
  /** Some runs have nothing here: their lines go through a place of its own, below the axis. */
  readonly hasNone: boolean;
}

export interface ParallelLine {
  readonly runId: string;
  readonly name: string;
  readonly colour: string;
  /** Of each axis: 0 at the bottom to 1 at the top, `none` below. */
  readonly places: readonly number[];
}

export interface ParallelData {
  readonly axes: readonly ParallelAxis[];
  readonly lines: readonly ParallelLine[];
  readonly keys: readonly ValueKey[];
  readonly factsOf: (runId: string) => readonly MarkFact[];
}

/** What a reader may do to an axis. */
export interface AxisActions {
  readonly onScale: (column: string, scale: AxisScale) => void;
  readonly onFlip: (column: string) => void;
  /** `places` to the right, to the left below 0. */
  readonly onMove: (column: string, places: number) => void;
  readonly onRemove: (column: string) => void;
}

export const none = -1;

/** A stretch of an axis, from low to high; from `none` on it holds runs without a value too. */
export interface Brush {
  readonly low: number;
  readonly high: number;
}

export type Brushes = ReadonlyMap<string, Brush>;

export function placeOn({ axis, flipped }: ParallelAxis, cell: Cell | undefined): number {
  const place = axis.placeOf(cell);
  if (Number.isNaN(place)) return none;
  return flipped ? 1 - place : place;
}

/** The lines that go through every brush; all of them when there is none. */
export function passing<Line extends Pick<ParallelLine, 'places'>>(
  { axes, lines }: { readonly axes: readonly ParallelAxis[]; readonly lines: readonly Line[] },
  brushes: Brushes,
): readonly Line[] {
  const held = axes.flatMap(({ column }, i) => {
    const brush = brushes.get(column);
    return brush ? [{ ...brush, i }] : [];
  });
  if (held.length === 0) return lines;
  return lines.filter(({ places }) =>
    held.every(({ low, high, i }) => {
      const place = places[i] ?? none;
      // What is read from an address has lost its last digits.
      return place >= low - 1e-9 && place <= high + 1e-9;
    }),
  );
}

/** A brush in values, which stay when the axis turns around or grows; null stands for runs without one. */
export type BrushValues = readonly [from: Cell, to: Cell];

export function valuesOf({ axis, flipped }: ParallelAxis, { low, high }: Brush): BrushValues {
  if (axis.scale === 'category') {
    const [first, last] = bandsOf(axis, low, high);
    const text = (i: number): Cell =>
      i < 0 ? null : (axis.categories[flipped ? axis.categories.length - 1 - i : i] ?? null);
    return [text(first), text(last)];
  }
  const number = (place: number): Cell => (place < 0 ? null : axis.numberAt(flipped ? 1 - place : place));
  return [number(low), number(high)];
}

/** Undefined where the axis has no such value any more. */
export function brushOf(of: ParallelAxis, [from, to]: BrushValues): Brush | undefined {
  const { scale, categories } = of.axis;
  const isGone = (cell: Cell): boolean => cell !== null && scale === 'category' && placeOn(of, cell) === none;
  if (isGone(from) || isGone(to)) return undefined;
  // Values beyond the ends of an axis hold all there is up to its end.
  const inside = (cell: Cell): number => (cell === null ? none : Math.max(0, Math.min(1, placeOn(of, cell))));
  const [start, end] = [inside(from), inside(to)];
  // The axis was turned around since.
  const [low, high] = start <= end || end === none ? [start, end] : [end, start];
  const half = scale === 'category' ? 0.5 / categories.length : 0;
  return { low: low === none ? none : low - half, high: high === none ? none : high + half };
}

/** The first and the last category that a stretch touches, from the bottom; -1: none. */
function bandsOf({ categories }: ValueAxis, low: number, high: number): readonly [first: number, last: number] {
  const count = categories.length;
  const band = (place: number): number => Math.max(0, Math.min(count - 1, Math.floor(place * count)));
  return [low < 0 ? -1 : band(low + 1e-9), high < 0 ? -1 : band(high - 1e-9)];
}

/** A brush holds whole categories, and never ends before it begins. */
export function snapped({ axis }: ParallelAxis, a: number, b: number): Brush {
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  if (axis.scale !== 'category') return { low, high };
  const [first, last] = bandsOf(axis, low, high);
  const count = axis.categories.length;
  return { low: first < 0 ? none : first / count, high: last < 0 ? none : (last + 1) / count };
}

export type BrushEnd = 'low' | 'high';

/** An end moved by a key; undefined where the key means nothing. */
export function stepped(of: ParallelAxis, { low, high }: Brush, end: BrushEnd, key: string): Brush | undefined {
  const { axis, hasNone } = of;
  const step = axis.scale === 'category' ? 1 / axis.categories.length : 0.02;
  const least = hasNone ? none : 0;
  const at = end === 'low' ? low : high;
  const by: Readonly<Record<string, number>> = { ArrowUp: step, ArrowRight: step, ArrowDown: -step, ArrowLeft: -step, PageUp: 5 * step, PageDown: -5 * step, Home: -3, End: 3 }; // prettier-ignore
  const move = by[key];
  if (move === undefined) return undefined;
  // From the place of those without a value the next step is the bottom of the axis, and back.
  const to =
    at < 0 ? (move > 0 ? 0 : none) : at + move < -1e-9 ? (at > 1e-9 && move > -3 ? 0 : least) : Math.min(1, at + move);
  if (end === 'low') return { low: Math.min(to, high), high };
  return { low, high: Math.max(to, low) };
}
