/** The names of a few lines where these end: nobody has to look them up in a legend. */
import type { ChartLine } from './line-data.ts';
import type { Pen } from '../pen.ts';
import type { Scales } from '../scales.ts';
import { spreadOut } from '../spread-out.ts';
import { measured, shortened } from '../text-width.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';

/** More of them have no room beside each other. */
export const mostEndNames = 5;
const lineHeight = 13;
/** From the end of the axis over a dash in the line's colour to the name. */
const gap = 22;
const widest = 150;

/** Room at the right, for no more than a good quarter of the picture. */
export function endNamesWidth(lines: readonly ChartLine[], theme: ChartTheme, width: number): number {
  const most = Math.min(widest, width * 0.28);
  const widths = named(lines).map(({ label }) => measured(label, theme.font).width);
  return Math.ceil(Math.min(most, Math.max(0, ...widths))) + gap + 4;
}

/** @param width of the whole picture */
export function paintEndNames(
  pen: Pen,
  lines: readonly ChartLine[],
  scales: Scales,
  theme: ChartTheme,
  width: number,
): void {
  const { box, x: shown, px, py } = scales;
  const clamp = (at: number): number => Math.max(box.top + 4, Math.min(box.top + box.height, at));
  const ends = named(lines).flatMap((line) => {
    const last = line.y.findLastIndex((y, i) => Number.isFinite(py(y)) && (line.x[i] ?? NaN) <= shown[1]);
    const x = line.x[last];
    return x === undefined || x < shown[0] ? [] : [{ line, left: px(x), top: clamp(py(line.y[last] ?? NaN)) }];
  });
  pen.font = theme.font;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const places = spreadOut(
    ends.map(({ top }) => top),
    lineHeight,
    box.top + box.height,
  );
  const left = box.left + box.width + gap;
  pen.lineWidth = 2;
  for (const [i, { line }] of ends.entries()) {
    const { colour, dash } = strokeOf(theme, line.colour);
    const at = places[i] ?? 0;
    pen.strokeStyle = colour;
    pen.setLineDash([...dash]);
    pen.beginPath();
    pen.moveTo(left - 14, at);
    pen.lineTo(left - 4, at);
    pen.stroke();
    pen.fillStyle = theme.text;
    pen.fillText(shortened(pen, line.label, width - left), left, at);
  }
  pen.setLineDash([]);
}

function named(lines: readonly ChartLine[]): readonly ChartLine[] {
  return lines.filter((line) => !line.faint && line.x.length > 0);
}
