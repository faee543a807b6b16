/** One metric over two others: a surface through the runs, the lines of one height, and the runs themselves. */
import { shortNumber } from '../../components/format.ts';
import { paintAxes } from '../line/line-paint.ts';
import type { Range } from '../line/line-data.ts';
import { boxBeside, paintAxisTitles } from './mark-axes.ts';
import { rangeOfValues } from './mark-range.ts';
import type { Mark, PlanPlot } from './mark-plot.ts';
import { paintRamp, placeIn, rampRoom } from './mark-ramp.ts';
import { paintPoints } from './mark-spread-paint.ts';
import { contourAt, distinctPoints, surfaceOf, type Surface } from './mark-surface.ts';
import type { Pen } from '../pen.ts';
import { scaleColour } from '../scale-colour.ts';
import { scalesOf, type Box } from '../scales.ts';
import type { ChartTheme } from '../theme.ts';
import { roundTicks } from '../ticks.ts';

export interface ContourPoint {
  readonly runId: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

export interface ContourAxis {
  readonly title: string;
  readonly log: boolean;
}

export interface ContourWish {
  readonly points: readonly ContourPoint[];
  readonly x: ContourAxis;
  readonly y: ContourAxis;
  readonly z: string;
}

const [columns, rows] = [56, 40];
const levels = 8;
/** Many points would hide the surface. */
const [radiusOfFew, radiusOfMany, many] = [4, 2.5, 200];

export function contourPlot({ points, x, y, z }: ContourWish): PlanPlot {
  const ranges = {
    x: rangeOfValues(points.map((point) => point.x), x.log),
    y: rangeOfValues(points.map((point) => point.y), y.log),
  }; // prettier-ignore
  const radius = points.length > many ? radiusOfMany : radiusOfFew;
  const heights = points.map((point) => point.z);
  const range: Range = [Math.min(...heights), Math.max(...heights)];
  const unit = scalesOf({ left: 0, top: 0, width: 1, height: 1 }, ranges.x, ranges.y, x.log, y.log);
  // From the bottom up, as the rows of the surface.
  const places = points.map((point) => ({ x: unit.px(point.x), y: 1 - unit.py(point.y), z: point.z }));
  const surface = surfaceOf(distinctPoints(places), columns, rows);

  return (size, theme) => {
    const box = boxBeside(size, { range: ranges.y, log: y.log }, theme, { top: 20, right: rampRoom, bottom: 40 });
    const scales = scalesOf(box, ranges.x, ranges.y, x.log, y.log);
    const dots = points.map((point) => ({ x: scales.px(point.x), y: scales.py(point.y) }));
    const marks = points.map(
      (point, i): Mark => ({
        key: point.runId,
        runIds: [point.runId],
        name: point.name,
        colour: scaleColour(theme, placeIn(range, point.z)),
        facts: [
          { label: z, value: shortNumber(point.z) },
          { label: x.title, value: shortNumber(point.x) },
          { label: y.title, value: shortNumber(point.y) },
        ],
        box: { left: (dots[i]?.x ?? 0) - radius, top: (dots[i]?.y ?? 0) - radius, width: 2 * radius, height: 2 * radius },
      }),
    ); // prettier-ignore
    return {
      height: size.height,
      marks,
      drawn: { lines: 1, points: points.length, maxY: range[1] },
      paint: (pen) => {
        paintAxes(pen, scales, 'step', theme);
        paintSurface(pen, surface, box, range, theme);
        paintLevels(pen, surface, box, range, theme);
        paintAxisTitles(pen, scales, { x: x.title, y: y.title }, theme);
        paintRamp(pen, box, range, theme);
        for (const [i, dot] of dots.entries()) paintPoints(pen, [dot], radius, marks[i]?.colour ?? '', theme);
      },
    };
  };
}

function paintSurface(pen: Pen, { heights }: Surface, box: Box, range: Range, theme: ChartTheme): void {
  const [width, height] = [box.width / (columns - 1), box.height / (rows - 1)];
  const colours = Array.from({ length: 33 }, (_, i) => scaleColour(theme, i / 32));
  pen.save();
  pen.beginPath();
  pen.rect(box.left, box.top, box.width, box.height);
  pen.clip();
  // Over the grid, which is of no use here.
  pen.fillStyle = theme.ground;
  pen.fillRect(box.left, box.top, box.width, box.height);
  pen.globalAlpha = 0.8;
  for (let row = 0; row < rows; row++) {
    const bottom = box.top + box.height - (row - 0.5) * height;
    // Cells of one colour beside each other are one rectangle.
    for (let from = 0, to = 0; from < columns; from = to) {
      const band = (column: number): number => Math.round(placeIn(range, heights[row * columns + column] ?? 0) * 32);
      const colour = band(from);
      for (to = from + 1; to < columns && band(to) === colour; to++);
      pen.fillStyle = colours[colour] ?? theme.ground;
      const left = Math.round(box.left + (from - 0.5) * width);
      const top = Math.round(bottom - height);
      pen.fillRect(left, top, Math.round(box.left + (to - 0.5) * width) - left, Math.round(bottom) - top);
    }
  }
  pen.globalAlpha = 1;
  pen.restore();
}

function paintLevels(pen: Pen, surface: Surface, box: Box, range: Range, theme: ChartTheme): void {
  const px = (column: number): number => box.left + (column / (columns - 1)) * box.width;
  const py = (row: number): number => box.top + box.height - (row / (rows - 1)) * box.height;
  pen.strokeStyle = theme.ground;
  pen.lineWidth = 1;
  pen.setLineDash([]);
  pen.beginPath();
  for (const level of roundTicks(...range, levels)) {
    for (const [x0, y0, x1, y1] of contourAt(surface, level)) {
      pen.moveTo(px(x0), py(y0));
      pen.lineTo(px(x1), py(y1));
    }
  }
  pen.stroke();
}
