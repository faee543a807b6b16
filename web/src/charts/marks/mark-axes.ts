/** Axes of charts whose marks are not lines. */
import { yTickText } from '../axis-text.ts';
import type { Range } from '../line/line-data.ts';
import { yTicks } from '../line/line-paint.ts';
import type { Pen } from '../pen.ts';
import { scalesOf, type Box, type Scales } from '../scales.ts';
import { measured, shortened } from '../text-width.ts';
import type { ChartTheme } from '../theme.ts';
import { apart, logTicks, roundTicks } from '../ticks.ts';

/** What is left of a frame beside the marks of a y axis. @param room pixels for what stands around it */
export function boxBeside(
  size: { readonly width: number; readonly height: number },
  { range, log }: { readonly range: Range; readonly log: boolean },
  theme: ChartTheme,
  room: { readonly top: number; readonly right: number; readonly bottom: number },
): Box {
  const height = Math.max(20, size.height - room.top - room.bottom);
  const ticks = yTicks(range, log, height);
  const widths = ticks.map((tick) => measured(yTickText(tick, apart(ticks, range, log)), theme.font).width);
  const left = Math.ceil(Math.max(0, ...widths)) + 10;
  return { left, top: room.top, width: Math.max(20, size.width - left - room.right), height };
}

/** What the axes stand for: y above its marks, x below the end of its own. */
export function paintAxisTitles(pen: Pen, { box }: Scales, titles: { x: string; y: string }, theme: ChartTheme): void {
  pen.font = theme.font;
  pen.fillStyle = theme.text;
  pen.textBaseline = 'top';
  pen.textAlign = 'left';
  pen.fillText(shortened(pen, titles.y, box.left + box.width), 2, 2);
  pen.textAlign = 'right';
  pen.fillText(shortened(pen, titles.x, box.width), box.left + box.width, box.top + box.height + 22);
}

/** A scale that goes along a box only. */
export function alongScales(box: Box, range: Range, log: boolean): Scales {
  return scalesOf(box, range, [0, 1], log, false);
}

/** Lines of the grid over the box, and below it what they stand for. */
export function paintAlongAxis(pen: Pen, { box, x, px, logX }: Scales, theme: ChartTheme): void {
  const ticks = logX ? logTicks(...x) : roundTicks(...x, Math.max(2, Math.floor(box.width / 55)));
  const bottom = box.top + box.height;
  pen.font = theme.font;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.strokeStyle = theme.grid;
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  pen.beginPath();
  let free = -Infinity;
  for (const tick of ticks) {
    const at = Math.round(px(tick)) + 0.5;
    pen.moveTo(at, box.top);
    pen.lineTo(at, bottom);
    const label = yTickText(tick, apart(ticks, x, logX));
    const { width } = pen.measureText(label);
    const left = Math.max(box.left - 8, Math.min(at - width / 2, box.left + box.width + 8 - width));
    if (left < free) continue;
    free = left + width + 10;
    pen.fillText(label, left, bottom + 6);
  }
  pen.stroke();
  pen.strokeStyle = theme.axis;
  pen.beginPath();
  pen.moveTo(box.left, bottom + 0.5);
  pen.lineTo(box.left + box.width, bottom + 0.5);
  pen.stroke();
}
