/** What gives runs their colours when they are coloured by a column: a few values, or a scale from least to greatest. */
import type { ColumnValues } from '../../api/run-columns.ts';
import type { Cell } from '../../api/run-table.ts';
import { cssColour, paletteSize } from '../../charts/run-colour.ts';
import { byValue, isWide } from '../../components/value-order.ts';

export interface Category {
  readonly value: string;
  readonly count: number;
  readonly colour: string;
}

export type ColourScale =
  | { readonly kind: 'categories'; readonly categories: readonly Category[]; readonly others: number }
  | { readonly kind: 'numbers'; readonly min: number; readonly max: number; readonly logarithmic: boolean };

export const otherColour = 'var(--line-strong)';

export function colourScale({ kind, values = [], distinct = 0, min, max, count = 0 }: ColumnValues): ColourScale {
  // Params such as 0.1, 0.01, 0.001 are told apart best as values of their own.
  const few = values.length > 0 && distinct <= paletteSize && values.length <= paletteSize;
  if (kind === 'number' && !few && min !== undefined && max !== undefined) {
    return { kind: 'numbers', min, max, logarithmic: isWide(min, max) };
  }
  const frequent = values.slice(0, paletteSize).map(({ value = '', count: runs = 0 }) => ({ value, count: runs }));
  const categories = frequent
    .toSorted((a, b) => byValue(a.value, b.value))
    .map((one, place) => ({ ...one, colour: cssColour(place) }));
  return { kind: 'categories', categories, others: count - frequent.reduce((sum, one) => sum + one.count, 0) };
}

/** The colour of a value; undefined where there is none, or one that is on no scale. */
export function colourOfValue(scale: ColourScale, cell: Cell | undefined): string | undefined {
  if (cell === null || cell === undefined) return undefined;
  if (scale.kind === 'categories') {
    return scale.categories.find(({ value }) => value === String(cell))?.colour ?? otherColour;
  }
  const value = Number(cell);
  return cell === '' || !Number.isFinite(value) ? undefined : colourAt(placeOn(scale, value));
}

/** 0 for the least, 1 for the greatest. */
export function placeOn({ min, max, logarithmic }: ColourScale & { kind: 'numbers' }, value: number): number {
  if (max === min) return 1;
  const place = logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.min(1, Math.max(0, place));
}

/** Light to dark, or dark to light on a dark ground: told apart without hue. */
function colourAt(place: number): string {
  const [from, to, share] = place < 0.5 ? [0, 1, place * 2] : [1, 2, place * 2 - 1];
  return `color-mix(in oklab, var(--scale-${to}) ${Math.round(share * 100)}%, var(--scale-${from}))`;
}
