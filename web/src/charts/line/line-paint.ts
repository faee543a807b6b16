/** Paints lines and axes on a canvas. */
import { xTickText, yTickText, type XKind } from '../axis-text.ts';
import type { DrawnChart } from '../drawn-charts.ts';
import { paintBands } from './band-paint.ts';
import { placeAfter, placeOf, showsRaw, type ChartLine } from './line-data.ts';
import type { Pen } from '../pen.ts';
import type { Scales } from '../scales.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';
import { apart, logTicks, roundTicks, spanTicks, timeTicks } from '../ticks.ts';
import { shortened } from '../text-width.ts';

export function yTicks([from, to]: readonly [number, number], logY: boolean, height: number): number[] {
  return logY ? logTicks(from, to) : roundTicks(from, to, Math.min(8, Math.max(2, Math.floor(height / 34))));
}

/** @param title of x, at the end of the axis */
export function paintAxes(context: Pen, scales: Scales, kind: XKind, theme: ChartTheme, title?: string): void {
  const { box, x, y, px, py, logX, logY } = scales;
  context.font = theme.font;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.fillStyle = theme.text;
  context.strokeStyle = theme.grid;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.beginPath();
  const marks = yTicks(y, logY, box.height);
  for (const tick of marks) {
    const at = Math.round(py(tick)) + 0.5;
    context.moveTo(box.left, at);
    context.lineTo(box.left + box.width, at);
    context.fillText(yTickText(tick, apart(marks, y, logY)), box.left - 6, at);
  }
  context.stroke();
  context.textBaseline = 'top';
  const wanted = Math.max(2, Math.floor(box.width / 84));
  let free = 0;
  const ticks = logX ? logTicks(...x) : xTicks(kind, x, wanted);
  for (const tick of ticks) {
    const at = px(tick);
    const label = xTickText(kind, tick, apart(ticks, x, logX));
    const { width } = context.measureText(label);
    const left = Math.max(0, Math.min(at - width / 2, box.left + box.width - width));
    // Long marks, as those of the greatest steps, leave some out.
    if (left < free) continue;
    free = left + width + 10;
    context.textAlign = 'left';
    context.fillText(label, left, box.top + box.height + 6);
  }
  if (title !== undefined) {
    context.textAlign = 'right';
    context.fillText(shortened(context, title, box.width), box.left + box.width, box.top + box.height + 20);
  }
  context.strokeStyle = theme.axis;
  context.beginPath();
  context.moveTo(box.left, box.top + box.height + 0.5);
  context.lineTo(box.left + box.width, box.top + box.height + 0.5);
  context.stroke();
}

function xTicks(kind: XKind, [from, to]: readonly [number, number], wanted: number): number[] {
  if (kind === 'time') return timeTicks(from, to, wanted);
  if (kind === 'relative') return spanTicks(from * 1000, to * 1000, wanted).map((tick) => tick / 1000);
  return roundTicks(from, to, wanted);
}

/** With more lines each is thinner: between thick ones nothing would be seen. */
const mostThick = 30;

/** @returns what was drawn, for the measuring hook */
export function paintLines(context: Pen, lines: readonly ChartLine[], scales: Scales, theme: ChartTheme): DrawnChart {
  context.save();
  clipToBox(context, scales);
  paintBands(context, lines, scales, theme);
  context.lineJoin = 'round';
  let [points, maxY, drawn] = [0, -Infinity, 0];
  const add = (painted: Painted): void => {
    points += painted.points;
    maxY = Math.max(maxY, painted.maxY);
  };
  const solid = lines.filter((line) => !line.faint);
  for (const line of lines) if (line.faint) add(paintLine(context, line, line.y, scales, theme, 'thin'));
  if (showsRaw(lines)) {
    for (const line of solid) if (line.raw) add(paintLine(context, line, line.raw, scales, theme, 'thin'));
  }
  for (const line of solid) {
    add(paintLine(context, line, line.y, scales, theme, solid.length > mostThick ? 'fine' : 'plain'));
    drawn++;
    paintGaps(context, line, scales, theme);
  }
  context.restore();
  // Over the edge, where the end of a line mostly is.
  for (const line of lines) if (line.live && !line.faint) paintLiveEnd(context, line, scales, theme);
  return { lines: drawn, points, maxY };
}

/** One line over a picture that has stepped back, its raw values behind it. */
export function paintStrong(context: Pen, line: ChartLine, scales: Scales, theme: ChartTheme): void {
  context.save();
  clipToBox(context, scales);
  context.lineJoin = 'round';
  if (line.raw) paintLine(context, line, line.raw, scales, theme, 'thin');
  paintLine(context, line, line.y, scales, theme, 'strong');
  context.restore();
  if (line.live) paintLiveEnd(context, line, scales, theme);
}

function clipToBox(context: Pen, { box }: Scales): void {
  context.beginPath();
  context.rect(box.left, box.top - 2, box.width + 2, box.height + 4);
  context.clip();
}

const looks = {
  thin: { opacity: 0.3, width: 1 },
  fine: { opacity: 1, width: 1 },
  plain: { opacity: 1, width: 1.5 },
  strong: { opacity: 1, width: 2.5 },
} as const;

interface Painted {
  readonly points: number;
  readonly maxY: number;
}

function paintLine(
  context: Pen,
  { x, colour: place }: ChartLine,
  y: Float64Array,
  scales: Scales,
  theme: ChartTheme,
  look: keyof typeof looks,
): Painted {
  const { colour, dash } = strokeOf(theme, place);
  context.strokeStyle = colour;
  context.fillStyle = colour;
  context.globalAlpha = looks[look].opacity;
  context.lineWidth = looks[look].width;
  context.setLineDash([...dash]);
  const painted = trace(context, x, y, scales);
  context.globalAlpha = 1;
  return painted;
}

/**
 * One column of pixels takes no more than the first, least, greatest and last of its points: what the others would
 * paint is painted by these. A point alone between gaps is a dot.
 */
function trace(context: Pen, x: Float64Array, y: Float64Array, scales: Scales): Painted {
  const { px, py, logX, logY } = scales;
  const from = Math.max(logX ? placeAfter(x, 0) : 0, placeOf(x, scales.x[0]) - 1);
  const to = Math.min(x.length, placeOf(x, scales.x[1]) + 2);
  let [points, maxY, open, alone, column] = [0, -Infinity, false, false, NaN];
  let [low, high, last, lastX] = [0, 0, 0, 0];
  const flush = (): void => {
    if (!open || Number.isNaN(column)) return;
    if (low !== high) {
      context.lineTo(lastX, low);
      context.lineTo(lastX, high);
    }
    context.lineTo(lastX, last);
  };
  const dots: [number, number][] = [];
  const end = (): void => {
    flush();
    if (alone) dots.push([lastX, last]);
    [open, alone, column] = [false, false, NaN];
  };
  context.beginPath();
  for (let i = from; i < to; i++) {
    const value = y[i] ?? NaN;
    if (!Number.isFinite(value) || (logY && value <= 0)) {
      end();
      continue;
    }
    const [atX, atY] = [px(x[i] ?? 0), py(value)];
    points++;
    if (value > maxY) maxY = value;
    const at = Math.floor(atX * 2);
    if (!open) {
      context.moveTo(atX, atY);
      [open, alone] = [true, true];
    } else {
      alone = false;
      if (at === column) {
        [low, high] = [Math.max(low, atY), Math.min(high, atY)];
        [last, lastX] = [atY, atX];
        continue;
      }
      flush();
    }
    [column, low, high, last, lastX] = [at, atY, atY, atY, atX];
  }
  end();
  context.stroke();
  for (const [atX, atY] of dots) {
    context.beginPath();
    // Few points are looked for, many would hide the line.
    context.arc(atX, atY, points > 20 ? 1.25 : 3, 0, 2 * Math.PI);
    context.fill();
  }
  return { points, maxY };
}

/** A value that is no number has no height: a mark at the lower edge says where; at the upper one for +infinity. */
function paintGaps(context: Pen, { x, y, quiet }: ChartLine, scales: Scales, theme: ChartTheme): void {
  if (quiet) return;
  const { box, px } = scales;
  context.fillStyle = theme.bad;
  for (let i = placeOf(x, scales.x[0]); i < y.length && (x[i] ?? 0) <= scales.x[1]; i++) {
    const value = y[i] ?? NaN;
    if (Number.isFinite(value)) continue;
    const top = value === Infinity ? box.top - 2 : box.top + box.height - 6;
    context.fillRect(px(x[i] ?? 0) - 1, top, 2, 6);
  }
}

/** Where a line grows: its last point in a halo of its colour. */
function paintLiveEnd(
  context: Pen,
  line: ChartLine,
  { px, py, x: [from, to], y: [low, high] }: Scales,
  theme: ChartTheme,
): void {
  const last = line.y.findLastIndex((value) => Number.isFinite(value));
  const [x, y] = [line.x[last] ?? NaN, line.y[last] ?? NaN];
  if (!(x >= from && x <= to && y >= low && y <= high)) return;
  context.fillStyle = strokeOf(theme, line.colour).colour;
  for (const [radius, opacity] of [
    [7, 0.25],
    [3.5, 1],
  ] as const) {
    context.globalAlpha = opacity;
    context.beginPath();
    context.arc(px(x), py(y), radius, 0, 2 * Math.PI);
    context.fill();
  }
  context.globalAlpha = 1;
}
