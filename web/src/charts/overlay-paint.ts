/** Paints what follows the pointer. */
import { nearest, type ChartLine } from './line-data.ts';
import type { Scales } from './scales.ts';
import { strokeOf, type ChartTheme } from './theme.ts';

/** A stretch of an axis, in pixels. */
export interface Drag {
  readonly axis: 'x' | 'y';
  readonly from: number;
  readonly to: number;
}

export function paintDrag(
  context: CanvasRenderingContext2D,
  { axis, from, to }: Drag,
  { box }: Scales,
  theme: ChartTheme,
): void {
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.15;
  if (axis === 'x') context.fillRect(from, box.top, to - from, box.height);
  else context.fillRect(box.left, from, box.width, to - from);
  context.globalAlpha = 1;
}

export function paintCrosshair(
  context: CanvasRenderingContext2D,
  at: number,
  lines: readonly ChartLine[],
  { box, px, py, x, y }: Scales,
  theme: ChartTheme,
): void {
  if (at < x[0] || at > x[1]) return;
  context.strokeStyle = theme.axis;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(Math.round(px(at)) + 0.5, box.top);
  context.lineTo(Math.round(px(at)) + 0.5, box.top + box.height);
  context.stroke();
  context.setLineDash([]);
  for (const line of lines) {
    const place = line.faint ? -1 : nearest(line.x, at);
    const [pointX, pointY] = [line.x[place] ?? NaN, line.y[place] ?? NaN];
    if (!(pointY >= y[0] && pointY <= y[1] && pointX >= x[0] && pointX <= x[1])) continue;
    context.fillStyle = strokeOf(theme, line.colour).colour;
    context.strokeStyle = theme.ground;
    context.beginPath();
    context.arc(px(pointX), py(pointY), 3.5, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}
