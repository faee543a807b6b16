/** Shapes that are told apart without their colour. */
import type { Pen } from './pen.ts';

export const shapes = ['circle', 'square', 'triangle', 'diamond'] as const;
export type Shape = (typeof shapes)[number];

/** The path of a shape, as large to the eye as the others. */
export function traceShape(pen: Pen, shape: Shape, x: number, y: number, radius: number): void {
  switch (shape) {
    case 'circle':
      pen.moveTo(x + radius, y);
      pen.arc(x, y, radius, 0, 2 * Math.PI);
      return;
    case 'square': {
      const half = radius * 0.88;
      pen.rect(x - half, y - half, 2 * half, 2 * half);
      return;
    }
    case 'triangle':
      trace(pen, [[x, y - radius * 1.25], [x + radius * 1.15, y + radius * 0.8], [x - radius * 1.15, y + radius * 0.8]]); // prettier-ignore
      return;
    case 'diamond':
      trace(pen, [[x, y - radius * 1.25], [x + radius * 1.25, y], [x, y + radius * 1.25], [x - radius * 1.25, y]]); // prettier-ignore
  }
}

/** Filled in the pen's own colour. */
export function paintShape(pen: Pen, shape: Shape, x: number, y: number, radius: number): void {
  pen.beginPath();
  traceShape(pen, shape, x, y, radius);
  pen.fill();
}

function trace(pen: Pen, [first, ...rest]: readonly (readonly [x: number, y: number])[]): void {
  if (!first) return;
  pen.moveTo(...first);
  for (const point of rest) pen.lineTo(...point);
  pen.lineTo(...first);
}
