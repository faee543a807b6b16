/** How the values of a metric lie in each stretch of steps: a strip of cells, the fuller the stronger. */
import { count, shortNumber } from '../../components/format.ts';
import { text } from '../../text/chart-marks.ts';
import type { Range } from '../line/line-data.ts';
import { paintAxes } from '../line/line-paint.ts';
import { boxBeside } from './mark-axes.ts';
import { heatRows, type Heat } from './mark-heat-cells.ts';
import type { Mark, PlanPlot } from './mark-plot.ts';
import { paintRamp, rampRoom } from './mark-ramp.ts';
import { scaleColour } from '../scale-colour.ts';
import { scalesOf } from '../scales.ts';

export function heatPlot({ cells, columns, steps, values, most }: Heat, log: boolean): PlanPlot {
  return (size, theme) => {
    const box = boxBeside(size, { range: values, log }, theme, { top: 8, right: rampRoom, bottom: 24 });
    const scales = scalesOf(box, steps, values, false, log);
    const [width, height] = [box.width / columns, box.height / heatRows];
    const shown = cells.map((cell) => ({
      cell,
      colour: scaleColour(theme, cell.points / most),
      box: { left: box.left + cell.column * width, top: box.top + cell.row * height, width, height },
    }));
    const marks = shown.map(({ cell, colour, box: place }): Mark => ({
      key: `${cell.column} ${cell.row}`,
      runIds: [...cell.runIds],
      name: text.stepRange(...spoken(cell.steps)),
      colour,
      facts: [
        { label: text.values, value: text.range(...spoken(cell.values)) },
        { label: text.points, value: count(cell.points) },
        { label: text.runs, value: count(cell.runIds.size) },
      ],
      box: place,
    }));
    return {
      height: size.height,
      marks,
      drawn: {
        lines: columns,
        points: cells.reduce((sum, cell) => sum + cell.points, 0),
        maxY: values[1],
      },
      paint: (pen) => {
        paintAxes(pen, scales, 'step', theme);
        for (const { colour, box: place } of shown) {
          pen.fillStyle = colour;
          pen.fillRect(place.left + 0.5, place.top + 0.5, place.width - 1, place.height - 1);
        }
        paintRamp(pen, box, [0, most], theme);
      },
    };
  };
}

function spoken([from, to]: Range): [string, string] {
  return [shortNumber(from), shortNumber(to)];
}
