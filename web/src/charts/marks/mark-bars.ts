/** A bar for each value of a run; of a group its mean, with whiskers. */
import { rangeOfValues } from './mark-range.ts';
import type { Mark, MarkFact, PlanPlot } from './mark-plot.ts';
import { rowsOf } from './mark-rows.ts';
import type { Pen } from '../pen.ts';
import type { RunColour } from '../run-colour.ts';
import type { Box, Scales } from '../scales.ts';
import { strokeOf, type ChartTheme } from '../theme.ts';

export interface BarValue {
  readonly value: number;
  /** How far the members of a group spread. */
  readonly whiskers?: readonly [low: number, high: number] | undefined;
}

export interface BarRow {
  readonly key: string;
  readonly name: string;
  readonly colour: RunColour;
  readonly runIds: readonly string[];
  /** One for each metric; undefined where there is no finite one. */
  readonly bars: readonly (BarValue | undefined)[];
  readonly facts: readonly MarkFact[];
}

export function barPlot(rows: readonly BarRow[], titles: readonly string[], log: boolean): PlanPlot {
  return (size, theme) => {
    const axes = titles.map((title, i) => ({ title, range: rangeOfValues(endsOf(rows, i), log, !log), log }));
    const names = rows.map(({ name }) => name);
    const laid = rowsOf({ names, axes, leastHeight: 16, mostHeight: 96 }, size, theme);
    const marks = rows.map(({ key, name, runIds, colour, facts }, i): Mark => ({
      key,
      name,
      runIds,
      facts,
      colour: strokeOf(theme, colour).colour,
      box: { left: 0, top: laid.topOf(i), width: laid.width, height: laid.rowHeight },
    }));
    const thickness = Math.max(6, Math.round(laid.rowHeight * 0.66));
    const values = rows.flatMap(({ bars }) => bars.flatMap((bar) => (bar ? [bar.value] : [])));
    return {
      height: laid.height,
      inView: laid.inView,
      marks,
      drawn: {
        lines: rows.length,
        points: values.length,
        maxY: values.reduce((most, value) => Math.max(most, value), -Infinity),
      },
      paint: (pen, window) => {
        laid.paint(pen, window, (_, row) => {
          const top = laid.topOf(row) + Math.floor((laid.rowHeight - thickness) / 2);
          const { bars = [], colour = 0 } = rows[row] ?? {};
          for (const [i, scales] of laid.scales.entries()) {
            const bar = bars[i];
            if (bar) paintBar(pen, bar, colour, { ...scales.box, top, height: thickness }, scales, theme);
          }
        });
      },
    };
  };
}

function endsOf(rows: readonly BarRow[], place: number): number[] {
  return rows.flatMap(({ bars }) => {
    const bar = bars[place];
    return bar ? [bar.value, ...(bar.whiskers ?? [])] : [];
  });
}

function paintBar(
  pen: Pen,
  { value, whiskers }: BarValue,
  colour: RunColour,
  { left, width, top, height }: Box,
  { px, logX }: Scales,
  theme: ChartTheme,
): void {
  const inside = (at: number): number => Math.max(left, Math.min(left + width, at));
  const from = logX ? left : inside(px(0));
  const to = inside(px(value));
  const look = strokeOf(theme, colour);
  pen.fillStyle = look.colour;
  pen.globalAlpha = 0.85;
  // A value next to zero is to be seen as well.
  pen.fillRect(Math.min(from, to), top, Math.max(1.5, Math.abs(to - from)), height);
  pen.globalAlpha = 1;
  if (!whiskers) return;
  const middle = top + Math.round(height / 2) + 0.5;
  const [low, high] = [inside(logX && whiskers[0] <= 0 ? left : px(whiskers[0])), inside(px(whiskers[1]))];
  pen.strokeStyle = theme.text;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  pen.moveTo(low, middle);
  pen.lineTo(high, middle);
  for (const end of [low, high]) {
    pen.moveTo(end, middle - 4);
    pen.lineTo(end, middle + 4);
  }
  pen.stroke();
}
