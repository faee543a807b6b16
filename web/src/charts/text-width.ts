/** How much room a text takes, before there is a canvas to draw it on. */

let measuring: CanvasRenderingContext2D | null | undefined;

export function measured(content: string, font: string): TextMetrics {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) throw new Error('The browser gave no canvas.');
  measuring.font = font;
  return measuring.measureText(content);
}
