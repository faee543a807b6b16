/** How much room a text takes, before there is a canvas to draw it on. */
import { endKept } from '../components/cut-name.tsx';
import type { Pen } from './pen.ts';

let measuring: CanvasRenderingContext2D | null | undefined;

export function measured(content: string, font: string): TextMetrics {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) throw new Error('The browser gave no canvas.');
  measuring.font = font;
  return measuring.measureText(content);
}

/** As much of a text as fits, cut as names are in `cut-name.tsx`. */
export function shortened(pen: Pick<Pen, 'measureText'>, content: string, width: number): string {
  if (pen.measureText(content).width <= width) return content;
  const letters = [...content];
  const cutTo = (most: number): string => {
    const end = Math.min(endKept, most >> 1);
    return `${letters.slice(0, most - end).join('')}…${letters.slice(letters.length - end).join('')}`;
  };
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(cutTo(middle)).width <= width) low = middle;
    else high = middle - 1;
  }
  return cutTo(low);
}
