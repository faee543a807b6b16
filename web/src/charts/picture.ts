/** A chart as it stands on the screen, once more under its title: as vectors or as a picture of twice the density. */
import { text } from '../text/charts.ts';
import type { XKind } from './axis-text.ts';
import type { ChartLine } from './line-data.ts';
import { paintAxes, paintLines } from './line-paint.ts';
import { SvgPen, type Pen } from './pen.ts';
import type { Scales } from './scales.ts';
import { measured } from './text-width.ts';
import type { ChartTheme } from './theme.ts';

export interface Picture {
  readonly lines: readonly ChartLine[];
  readonly x: XKind;
  readonly scales: Scales;
  readonly theme: ChartTheme;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

const head = 28;
const density = 2;

function paint(pen: Pen, { lines, x, scales, theme, width, height }: Picture, title: string): void {
  pen.fillStyle = theme.ground;
  pen.fillRect(0, 0, width, height + head);
  pen.fillStyle = theme.text;
  pen.font = theme.font.replace(/^11px/, '600 13px');
  pen.textBaseline = 'middle';
  pen.fillText(title, 10, head / 2);
  pen.translate(0, head);
  paintAxes(pen, scales, x, theme);
  paintLines(pen, lines, scales, theme);
}

export function svgOf(picture: Picture, title: string): Blob {
  const pen = new SvgPen(measured);
  paint(pen, picture, title);
  return new Blob([pen.document(picture.width, picture.height + head)], { type: 'image/svg+xml' });
}

export function pngOf(picture: Picture, title: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * density);
  canvas.height = Math.round((picture.height + head) * density);
  const context = canvas.getContext('2d');
  context?.scale(density, density);
  if (context) paint(context, picture, title);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(text.noPicture));
    }, 'image/png');
  });
}
