/** Paints a scatter plot; what is chosen stands out of the others. */
import type { Pen } from '../pen.ts';
import type { Box } from '../scales.ts';
import { pixelOf, type Place, type ScatterData } from './scatter-data.ts';
import { traceShape } from '../shape-paint.ts';
import { measured, shortened } from '../text-width.ts';
import type { ChartTheme } from '../theme.ts';
import { keysHeight, paintKeys } from '../value-key.ts';

export interface ScatterLayout {
  readonly box: Box;
  readonly xTicks: readonly { readonly at: number; readonly text: string }[];
  readonly yTicks: readonly { readonly at: number; readonly text: string }[];
}

const above = 22;
const below = 38;
const widestMark = 110;

interface Size {
  readonly width: number;
  readonly height: number;
}

export function layoutScatter({ x, y, keys }: ScatterData, size: Size, theme: ChartTheme): ScatterLayout {
  const height = Math.max(20, size.height - above - below - keysHeight(keys));
  const yTicks = y.axis.ticks(Math.min(8, Math.floor(height / (y.axis.scale === 'category' ? 18 : 34))));
  const widths = yTicks.map(({ text }) => Math.min(widestMark, measured(text, theme.font).width));
  const left = Math.ceil(Math.max(0, ...widths)) + 10;
  const width = Math.max(20, size.width - left - 14);
  return { box: { left, top: above, width, height }, yTicks, xTicks: x.axis.ticks(Math.floor(width / 84)) };
}

export function paintScatter(
  pen: Pen,
  data: ScatterData,
  layout: ScatterLayout,
  theme: ChartTheme,
  chosen: ReadonlySet<string>,
): void {
  paintAxes(pen, data, layout, theme);
  const { box } = layout;
  pen.save();
  pen.beginPath();
  pen.rect(box.left - 8, box.top - 8, box.width + 16, box.height + 16);
  pen.clip();
  paintPoints(pen, data, box, theme, chosen);
  if (data.trend) {
    pen.save();
    pen.beginPath();
    pen.rect(box.left, box.top, box.width, box.height);
    pen.clip();
    paintTrend(pen, data.trend, box, theme);
    pen.restore();
  }
  pen.restore();
  paintKeys(pen, data.keys, { left: box.left, top: box.top + box.height + below, width: box.width }, theme);
}

function paintAxes(pen: Pen, { x, y }: ScatterData, { box, xTicks, yTicks }: ScatterLayout, theme: ChartTheme): void {
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  pen.font = theme.font;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.fillStyle = theme.text;
  pen.strokeStyle = theme.grid;
  pen.beginPath();
  pen.textAlign = 'right';
  pen.textBaseline = 'middle';
  for (const { at, text } of yTicks) {
    const top = Math.round(bottom - at * box.height) + 0.5;
    pen.moveTo(box.left, top);
    pen.lineTo(right, top);
    pen.fillText(shortened(pen, text, widestMark), box.left - 6, top);
  }
  pen.textAlign = 'left';
  pen.textBaseline = 'top';
  let free = -Infinity;
  const room = x.axis.scale === 'category' ? box.width / Math.max(1, xTicks.length) - 6 : widestMark;
  for (const tick of xTicks) {
    const at = box.left + tick.at * box.width;
    pen.moveTo(Math.round(at) + 0.5, box.top);
    pen.lineTo(Math.round(at) + 0.5, bottom);
    const label = shortened(pen, tick.text, room);
    const { width } = pen.measureText(label);
    const left = Math.max(0, Math.min(at - width / 2, right + 10 - width));
    if (left < free) continue;
    free = left + width + 8;
    pen.fillText(label, left, bottom + 6);
  }
  pen.stroke();
  pen.strokeStyle = theme.axis;
  pen.beginPath();
  pen.moveTo(box.left, bottom + 0.5);
  pen.lineTo(right, bottom + 0.5);
  pen.stroke();
  pen.fillText(shortened(pen, y.title, box.width), 4, 4);
  const title = shortened(pen, x.title, box.width);
  pen.fillText(title, right - pen.measureText(title).width, bottom + 22);
}

function paintTrend(
  pen: Pen,
  { slope, intercept }: { slope: number; intercept: number },
  box: Box,
  theme: ChartTheme,
): void {
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1.5;
  pen.setLineDash([6, 4]);
  pen.beginPath();
  pen.moveTo(...pixelOf({ x: 0, y: intercept }, box));
  pen.lineTo(...pixelOf({ x: 1, y: intercept + slope }, box));
  pen.stroke();
  pen.setLineDash([]);
}

function paintPoints(
  pen: Pen,
  { points }: ScatterData,
  box: Box,
  theme: ChartTheme,
  chosen: ReadonlySet<string>,
): void {
  const many = points.length > 300;
  pen.lineWidth = 1;
  const paint = (point: ScatterData['points'][number], opacity: number): void => {
    const [x, y] = pixelOf(point, box);
    pen.beginPath();
    traceShape(pen, point.shape, x, y, point.radius);
    pen.globalAlpha = opacity;
    pen.fillStyle = point.colour;
    pen.fill();
    pen.strokeStyle = theme.ground;
    pen.stroke();
  };
  const full = many ? 0.75 : 0.9;
  for (const point of points) if (!chosen.has(point.runId)) paint(point, chosen.size > 0 ? 0.2 : full);
  for (const point of points) if (chosen.has(point.runId)) paint(point, 1);
  pen.globalAlpha = 1;
}

/** A ring around the point that is meant. */
export function paintRing(
  pen: Pen,
  { radius, shape }: ScatterData['points'][number],
  [x, y]: Place,
  theme: ChartTheme,
): void {
  pen.strokeStyle = theme.accent;
  pen.lineWidth = 2;
  pen.beginPath();
  traceShape(pen, shape, x, y, radius + 3);
  pen.stroke();
}

export function paintSelection(pen: Pen, line: readonly Place[], theme: ChartTheme): void {
  const [first, ...rest] = line;
  if (!first) return;
  pen.beginPath();
  pen.moveTo(...first);
  for (const place of rest) pen.lineTo(...place);
  pen.lineTo(...first);
  pen.fillStyle = pen.strokeStyle = theme.accent;
  pen.globalAlpha = 0.12;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1;
  pen.setLineDash([4, 3]);
  pen.stroke();
  pen.setLineDash([]);
}
