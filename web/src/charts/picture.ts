/** A chart as it stands on the screen, once more under its title: as vectors or as a picture of twice the density. */
import { text } from '../text/charts.ts';
import { SvgPen, type Pen } from './pen.ts';
import { measured } from './text-width.ts';
import type { ChartTheme } from './theme.ts';

export interface Picture {
  readonly theme: ChartTheme;
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly paint: (pen: Pen) => void;
}

const head = 28;
const density = 2;

function paintTitled(pen: Pen, { theme, width, height, paint }: Picture, title: string): void {
  pen.fillStyle = theme.ground;
  pen.fillRect(0, 0, width, height + head);
  pen.fillStyle = theme.text;
  pen.font = theme.font.replace(/^11px/, '600 13px');
  pen.textBaseline = 'middle';
  pen.fillText(title, 10, head / 2);
  pen.translate(0, head);
  paint(pen);
}

export function svgOf(picture: Picture, title: string): Blob {
  const pen = new SvgPen(measured);
  paintTitled(pen, picture, title);
  return new Blob([pen.document(picture.width, picture.height + head)], { type: 'image/svg+xml' });
}

export function pngOf(picture: Picture, title: string): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * density);
  canvas.height = Math.round((picture.height + head) * density);
  const context = canvas.getContext('2d');
  context?.scale(density, density);
  if (context) paintTitled(context, picture, title);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error(text.noPicture));
    }, 'image/png');
  });
}
