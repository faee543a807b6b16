/** Paints what follows the pointer. */
import type { ChartLine } from './line-data.ts';
import type { LineIndex } from './line-index.ts';
import { paintStrong } from './line-paint.ts';
import type { Scales } from '../scales.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';

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

/** More dots than these on one crosshair are in each other's way. */
const mostDots = 12;

/** Everything but these lines steps back; the picture below is not drawn again. */
export function paintEmphasis(
  context: CanvasRenderingContext2D,
  strong: readonly ChartLine[],
  scales: Scales,
  theme: ChartTheme,
): void {
  const { box } = scales;
  context.fillStyle = theme.ground;
  context.globalAlpha = 0.75;
  context.fillRect(box.left + 1, box.top - 2, box.width + 8, box.height + 2);
  context.globalAlpha = 1;
  for (const line of strong) paintStrong(context, line, scales, theme);
}

/** @param strong lines that are emphasised: among many, only these have a dot */
export function paintCrosshair(
  context: CanvasRenderingContext2D,
  at: number,
  index: LineIndex,
  strong: readonly ChartLine[],
  scales: Scales,
  theme: ChartTheme,
): void {
  const { box, px, py, x, y } = scales;
  if (at < x[0] || at > x[1]) return;
  context.lineWidth = 1;
  context.strokeStyle = theme.axis;
  context.setLineDash([3, 3]);
  context.beginPath();
  context.moveTo(Math.round(px(at)) + 0.5, box.top);
  context.lineTo(Math.round(px(at)) + 0.5, box.top + box.height);
  context.stroke();
  context.setLineDash([]);
  const all = index.at(px(at));
  const dotted = all.length <= mostDots ? all : all.filter(({ line }) => strong.includes(line));
  for (const { line, place } of dotted) {
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
