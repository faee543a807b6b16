/** What colours, shapes and sizes of marks stand for, a line for each below a chart. */
import type { Pen } from './pen.ts';
import { scaleColour } from './scale-colour.ts';
import { paintShape, type Shape } from './shape-paint.ts';
import type { ChartTheme } from './theme.ts';
import { shortened } from './text-width.ts';

export interface KeyEntry {
  readonly label: string;
  readonly colour: string;
  readonly shape: Shape;
  /** Pixels. */
  readonly radius: number;
}

export interface ValueKey {
  readonly title: string;
  /** Values of their own, or a scale between the two of them. */
  readonly entries: readonly KeyEntry[];
  readonly ramp?: { readonly from: string; readonly to: string } | undefined;
}

const lineHeight = 20;

const rampWidth = 64;
const longestLabel = 120;

export function keysHeight(keys: readonly ValueKey[]): number {
  return keys.length * lineHeight;
}

export function paintKeys(
  pen: Pen,
  keys: readonly ValueKey[],
  place: { readonly left: number; readonly top: number; readonly width: number },
  theme: ChartTheme,
): void {
  pen.font = theme.font;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  for (const [i, key] of keys.entries()) {
    paintKey(
      pen,
      key,
      { left: place.left, middle: place.top + (i + 0.5) * lineHeight, end: place.left + place.width },
      theme,
    );
  }
}

interface KeyLine {
  readonly left: number;
  readonly middle: number;
  readonly end: number;
}

function paintKey(pen: Pen, { title, entries, ramp }: ValueKey, line: KeyLine, theme: ChartTheme): void {
  const { middle, end } = line;
  let { left } = line;
  const write = (content: string, gap: number): void => {
    const label = shortened(pen, content, Math.min(longestLabel, end - left));
    pen.fillStyle = theme.text;
    if (left < end) pen.fillText(label, left, middle);
    left += pen.measureText(label).width + gap;
  };
  write(title, 8);
  if (ramp) {
    write(ramp.from, 4);
    for (let x = 0; x < rampWidth && left + x < end; x += 2) {
      pen.fillStyle = scaleColour(theme, x / rampWidth);
      pen.fillRect(left + x, middle - 4, 2, 8);
    }
    left += rampWidth + 4;
    write(ramp.to, 14);
  }
  for (const { label, colour, shape, radius } of entries) {
    if (left + 2 * radius + 24 > end) {
      write('…', 4);
      return;
    }
    pen.fillStyle = colour;
    paintShape(pen, shape, left + radius, middle, radius);
    left += 2 * radius + 4;
    write(label, 10);
  }
}
