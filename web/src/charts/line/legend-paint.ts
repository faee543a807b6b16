/** A legend below the picture of a chart, for a file: there it cannot be pointed at. */
import { count } from '../../components/format.ts';
import { text } from '../../text/charts.ts';
import type { ChartLine } from './line-data.ts';
import type { Pen } from '../pen.ts';
import type { Picture } from '../picture.ts';
import { strokeOf } from '../theme.ts';
import { shortened } from '../text-width.ts';

const lineHeight = 16;
const columnWidth = 190;
/** More would be longer than the chart is high. */
const mostNames = 100;
const dashWidth = 18;

export function withLegend(picture: Picture, lines: readonly ChartLine[]): Picture {
  const { theme, width, height } = picture;
  const all = lines.filter((line) => !line.faint);
  const named = all.slice(0, mostNames);
  const inRow = Math.max(1, Math.floor((width - 10) / columnWidth));
  const rows = Math.ceil((named.length + (all.length > mostNames ? 1 : 0)) / inRow);
  const placeOf = (i: number): readonly [left: number, middle: number] => [
    10 + (i % inRow) * columnWidth,
    height + 6 + (Math.floor(i / inRow) + 0.5) * lineHeight,
  ];
  const paint = (pen: Pen): void => {
    picture.paint(pen);
    pen.font = theme.font;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.lineWidth = 2;
    pen.globalAlpha = 1;
    for (const [i, line] of named.entries()) {
      const [left, middle] = placeOf(i);
      const { colour, dash } = strokeOf(theme, line.colour);
      pen.strokeStyle = colour;
      pen.setLineDash([...dash]);
      pen.beginPath();
      pen.moveTo(left, middle);
      pen.lineTo(left + dashWidth - 4, middle);
      pen.stroke();
      pen.fillStyle = theme.text;
      pen.fillText(shortened(pen, line.label, columnWidth - dashWidth - 8), left + dashWidth, middle);
    }
    pen.setLineDash([]);
    if (all.length > mostNames) pen.fillText(text.more(count(all.length - mostNames)), ...placeOf(mostNames));
  };
  return { ...picture, height: height + rows * lineHeight + 12, paint };
}
