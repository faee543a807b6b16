/** Paints boxes, violins and the points beside them. */
import { bandwidthOf, densityAt, type BoxFigures } from './mark-statistics.ts';
import type { Pen } from '../pen.ts';
import type { Scales } from '../scales.ts';
import type { ChartTheme } from '../theme.ts';

export interface SpreadPlace {
  /** Pixels: the line around which it lies, and how far to both sides together. */
  readonly middle: number;
  readonly thickness: number;
  readonly colour: string;
}

/** An outline of densities. */
export interface Violin {
  readonly from: number;
  readonly to: number;
  readonly places: readonly number[];
  /** The greatest is 1. */
  readonly widths: readonly number[];
}

const outlinePoints = 64;

/** @param sorted ascending, at least one; above 0 on a logarithmic axis, where the densities are those of the powers */
export function violinOf(sorted: readonly number[], log: boolean): Violin {
  const values = log ? sorted.map(Math.log10) : sorted;
  const bandwidth = bandwidthOf(values);
  const [low, high] = [(values[0] ?? 0) - 2 * bandwidth, (values.at(-1) ?? 0) + 2 * bandwidth];
  const places = Array.from({ length: outlinePoints }, (_, i) => low + ((high - low) * i) / (outlinePoints - 1));
  const densities = densityAt(places, values, bandwidth);
  const most = Math.max(...densities);
  const shown = log ? places.map((place) => 10 ** place) : places;
  return {
    from: shown[0] ?? 0,
    to: shown.at(-1) ?? 0,
    places: shown,
    widths: densities.map((density) => density / most),
  };
}

export function paintBox(
  pen: Pen,
  { low, high, median, whiskers }: BoxFigures,
  { px }: Scales,
  { middle, thickness, colour }: SpreadPlace,
  theme: ChartTheme,
): void {
  const half = thickness / 2;
  pen.setLineDash([]);
  pen.fillStyle = colour;
  pen.globalAlpha = 0.25;
  pen.fillRect(px(low), middle - half, px(high) - px(low), thickness);
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.beginPath();
  pen.rect(px(low), middle - half, px(high) - px(low), thickness);
  for (const [end, edge] of [[whiskers[0], low], [whiskers[1], high]] as const) {
    pen.moveTo(px(edge), middle);
    pen.lineTo(px(end), middle);
    pen.moveTo(px(end), middle - half / 2);
    pen.lineTo(px(end), middle + half / 2);
  } // prettier-ignore
  pen.stroke();
  pen.strokeStyle = theme.text;
  pen.lineWidth = 2.5;
  pen.beginPath();
  pen.moveTo(px(median), middle - half);
  pen.lineTo(px(median), middle + half);
  pen.stroke();
}

export function paintViolin(
  pen: Pen,
  { places, widths }: Violin,
  { low, high, median }: BoxFigures,
  { px }: Scales,
  { middle, thickness, colour }: SpreadPlace,
  theme: ChartTheme,
): void {
  const half = thickness / 2;
  const upper = places.map((place, i) => [px(place), middle - (widths[i] ?? 0) * half] as const);
  const lower = places.map((place, i) => [px(place), middle + (widths[i] ?? 0) * half] as const).reverse();
  pen.setLineDash([]);
  pen.beginPath();
  for (const [i, [x, y]] of [...upper, ...lower, ...upper.slice(0, 1)].entries()) {
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.fillStyle = colour;
  pen.globalAlpha = 0.25;
  pen.fill();
  pen.globalAlpha = 1;
  pen.strokeStyle = colour;
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.fillStyle = theme.text;
  pen.fillRect(px(low), middle - 2, Math.max(1, px(high) - px(low)), 4);
  paintPoints(pen, [{ x: px(median), y: middle }], 4, theme.text, theme);
}

export function paintPoints(
  pen: Pen,
  points: readonly { readonly x: number; readonly y: number }[],
  radius: number,
  colour: string,
  theme: ChartTheme,
): void {
  pen.fillStyle = colour;
  pen.strokeStyle = theme.ground;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  for (const { x, y } of points) {
    pen.beginPath();
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }
}
