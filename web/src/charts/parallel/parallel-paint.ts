/** Paints parallel coordinates: lines, and the axes over them. */
import { none, type ParallelAxis, type ParallelData, type ParallelLine } from './parallel-data.ts';
import type { Pen } from '../pen.ts';
import { measured, shortened } from '../text-width.ts';
import type { ChartTheme } from '../theme.ts';
import { keysHeight, paintKeys } from '../value-key.ts';
import { text } from '../../text/chart-relations.ts';

export interface ParallelLayout {
  /** Of each axis, from the left. */
  readonly xs: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** Where lines without a value go through. */
  readonly noneAt: number;
  readonly width: number;
}

/** The titles stand above. */
const headHeight = 38;
const noneRoom = 26;
const widestMark = 72;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function layoutParallel({ axes, keys }: ParallelData, size: Size, theme: ChartTheme): ParallelLayout {
  const hasNone = axes.some((axis) => axis.hasNone);
  const below = 12 + (hasNone ? noneRoom : 0) + keysHeight(keys) + (keys.length > 0 ? 4 : 0);
  const bottom = Math.max(headHeight + 40, size.height - below);
  const [first] = axes;
  const marks = first ? first.axis.ticks(ticksIn(headHeight, bottom)) : [];
  const left = 16 + Math.max(24, ...marks.map((mark) => Math.min(widestMark, measured(mark.text, theme.font).width)));
  const right = 40;
  const apart = axes.length > 1 ? (size.width - left - right) / (axes.length - 1) : 0;
  return {
    xs: axes.map((_, i) => left + i * apart),
    top: headHeight,
    bottom,
    noneAt: bottom + noneRoom - 4,
    width: size.width,
  };
}

function ticksIn(top: number, bottom: number): number {
  return Math.max(2, Math.min(8, Math.floor((bottom - top) / 34)));
}

export function heightOf({ top, bottom, noneAt }: ParallelLayout, place: number): number {
  return place === none ? noneAt : bottom - place * (bottom - top);
}

/** What a height of the picture means on an axis. */
export function placeAt({ top, bottom, noneAt }: ParallelLayout, y: number, { hasNone }: ParallelAxis): number {
  if (hasNone && y > (bottom + noneAt) / 2) return none;
  return Math.max(0, Math.min(1, (bottom - y) / (bottom - top)));
}

export function paintLines(pen: Pen, lines: readonly ParallelLine[], layout: ParallelLayout): void {
  pen.lineWidth = 1.25;
  pen.lineJoin = 'round';
  pen.setLineDash([]);
  // Where many lie over each other, each lets some of the others through.
  pen.globalAlpha = lines.length > 400 ? 0.4 : lines.length > 60 ? 0.6 : 0.85;
  for (const line of lines) paintLine(pen, line, layout);
  pen.globalAlpha = 1;
}

function paintLine(pen: Pen, { places, colour }: ParallelLine, layout: ParallelLayout): void {
  pen.strokeStyle = colour;
  pen.beginPath();
  for (const [i, x] of layout.xs.entries()) {
    const y = heightOf(layout, places[i] ?? none);
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  }
  pen.stroke();
}

export function paintStrong(pen: Pen, line: ParallelLine, layout: ParallelLayout, theme: ChartTheme): void {
  pen.lineWidth = 5;
  paintLine(pen, { ...line, colour: theme.ground }, layout);
  pen.lineWidth = 2.5;
  paintLine(pen, line, layout);
  pen.fillStyle = line.colour;
  for (const [i, x] of layout.xs.entries()) {
    pen.beginPath();
    pen.arc(x, heightOf(layout, line.places[i] ?? none), 4, 0, 2 * Math.PI);
    pen.fill();
  }
}

/** @param titled where nothing else stands above the axes, as in a file */
export function paintParallelAxes(
  pen: Pen,
  { axes, keys }: ParallelData,
  layout: ParallelLayout,
  theme: ChartTheme,
  titled: boolean,
): void {
  const { xs, top, bottom, noneAt } = layout;
  pen.font = theme.font;
  pen.setLineDash([]);
  pen.textBaseline = 'middle';
  for (const [i, { axis, flipped, hasNone, title }] of axes.entries()) {
    const x = Math.round(xs[i] ?? 0) + 0.5;
    pen.strokeStyle = theme.axis;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.moveTo(x, top);
    pen.lineTo(x, bottom);
    const room = Math.min(widestMark, Math.max(20, (xs[1] ?? layout.width) - (xs[0] ?? 0) - 16));
    for (const tick of axis.ticks(axis.scale === 'category' ? Math.floor((bottom - top) / 16) : ticksIn(top, bottom))) {
      const y = heightOf(layout, flipped ? 1 - tick.at : tick.at);
      pen.moveTo(x - 4, y);
      pen.lineTo(x, y);
      paintMark(pen, tick.text, x - 7, y, room, theme);
    }
    pen.stroke();
    if (hasNone) {
      paintMark(pen, text.none, x - 7, noneAt, room, theme);
      pen.fillStyle = theme.ground;
      pen.beginPath();
      pen.arc(x, noneAt, 3, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
    if (titled) paintTitle(pen, title, i, layout, theme);
  }
  const [first = 0] = xs;
  paintKeys(pen, keys, { left: first, top: (axes.some((axis) => axis.hasNone) ? noneAt : bottom) + 12, width: layout.width - first - 8 }, theme); // prettier-ignore
}

/** Lines go below the words of an axis. */
function paintMark(pen: Pen, content: string, right: number, y: number, room: number, theme: ChartTheme): void {
  const label = shortened(pen, content, room);
  const { width } = pen.measureText(label);
  pen.globalAlpha = 0.8;
  pen.fillStyle = theme.ground;
  pen.fillRect(right - width - 2, y - 7, width + 4, 14);
  pen.globalAlpha = 1;
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.fillText(label, right - width, y);
}

function paintTitle(pen: Pen, title: string, i: number, { xs, width }: ParallelLayout, theme: ChartTheme): void {
  const x = xs[i] ?? 0;
  const apart = (xs[1] ?? width) - (xs[0] ?? 0);
  const label = shortened(pen, title, Math.max(20, apart - 8));
  const half = pen.measureText(label).width / 2;
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.fillText(label, Math.max(2, Math.min(x - half, width - 2 * half - 2)), headHeight / 2 - 4);
}

/** The line nearest to a place between two axes. */
export function lineAt(
  lines: readonly ParallelLine[],
  layout: ParallelLayout,
  x: number,
  y: number,
): ParallelLine | undefined {
  const { xs } = layout;
  const right = xs.findIndex((at) => at >= x);
  const [from, to] = right < 0 ? [xs.length - 1, xs.length - 1] : [Math.max(0, right - 1), right];
  const [left = 0, end = 0] = [xs[from], xs[to]];
  if (x < left - reach || x > end + reach) return undefined;
  const share = end > left ? (x - left) / (end - left) : 0;
  let [found, least]: [ParallelLine | undefined, number] = [undefined, reach];
  for (const line of lines) {
    const [a, b] = [heightOf(layout, line.places[from] ?? none), heightOf(layout, line.places[to] ?? none)];
    const distance = Math.abs(a + (b - a) * share - y);
    if (distance <= least) [found, least] = [line, distance];
  }
  return found;
}

const reach = 7;
