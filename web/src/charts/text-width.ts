/** How much room a text takes, before there is a canvas to draw it on. */
import type { Pen } from './pen.ts';

let measuring: CanvasRenderingContext2D | null | undefined;

export function measured(content: string, font: string): TextMetrics {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) throw new Error('The browser gave no canvas.');
  measuring.font = font;
  return measuring.measureText(content);
}

/** As much of a text as fits, and that it was cut. */
export function shortened(pen: Pick<Pen, 'measureText'>, content: string, width: number): string {
  if (pen.measureText(content).width <= width) return content;
  const letters = [...content];
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(`${letters.slice(0, middle).join('')}…`).width <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('')}…`;
}
