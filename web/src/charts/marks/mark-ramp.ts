/** What the colours of a surface stand for: a ramp at the right edge, the greatest at the top. */
import { yTickText } from '../axis-text.ts';
import { yTicks } from '../line/line-paint.ts';
import type { Range } from '../line/line-data.ts';
import type { Pen } from '../pen.ts';
import type { Box } from '../scales.ts';
import { scaleColour } from '../scale-colour.ts';
import type { ChartTheme } from '../theme.ts';
import { apart } from '../ticks.ts';

/** Pixels that it takes at the right of a box. */
export const rampRoom = 70;
const pieces = 40;

/** @param box of the chart beside it */
export function paintRamp(pen: Pen, box: Box, range: Range, theme: ChartTheme): void {
  const left = box.left + box.width + 12;
  for (let i = 0; i < pieces; i++) {
    const [from, to] = [box.top + (box.height * i) / pieces, box.top + (box.height * (i + 1)) / pieces];
    pen.fillStyle = scaleColour(theme, 1 - (i + 0.5) / pieces);
    // Over the edge of the next one: between two pieces nothing shines through.
    pen.fillRect(left, from, 10, Math.min(to + 0.5, box.top + box.height) - from);
  }
  pen.font = theme.font;
  pen.fillStyle = theme.text;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  const ticks = yTicks(range, false, box.height);
  for (const tick of ticks) {
    pen.fillText(
      yTickText(tick, apart(ticks, range, false)),
      left + 14,
      box.top + box.height * (1 - placeIn(range, tick)),
    );
  }
}

/** From 0 to 1; a range of no width is all at its end. */
export function placeIn([from, to]: Range, value: number): number {
  return to > from ? value / (to - from) - from / (to - from) : 1;
}
