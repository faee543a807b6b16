/** What the keys do in a chart that has the focus. */
import { nearest, type ChartLine, type Range } from './line-data.ts';
import type { Scales } from '../scales.ts';

export type KeyAction = { readonly point: number } | { readonly zoom: Range | undefined } | 'reset';

/** @param at where the crosshair stands @param data the whole of x that there is, whatever is in view */
export function keyAction(
  key: string,
  line: ChartLine,
  at: number | undefined,
  scales: Scales,
  data: Range,
): KeyAction | undefined {
  const place = at === undefined ? -1 : nearest(line.x, at);
  const go = (to: number): KeyAction => ({ point: line.x[Math.max(0, Math.min(line.x.length - 1, to))] ?? 0 });
  const leap = Math.max(1, Math.round(line.x.length / 20));
  switch (key) {
    case 'ArrowRight':
      return go(place + 1);
    case 'ArrowLeft':
      return go(at === undefined ? line.x.length - 1 : place - 1);
    case 'PageDown':
      return go(place + leap);
    case 'PageUp':
      return go(place - leap);
    case 'Home':
      return go(0);
    case 'End':
      return go(line.x.length - 1);
    case '+':
    case '=':
      return zoom(scales, at, 1 / 4, data);
    case '-':
      return zoom(scales, at, 1, data);
    case 'Escape':
      return 'reset';
    default:
      return undefined;
  }
}

/** Beyond the data there is nothing to look at. @param reach to either side, as a part of what is shown */
function zoom({ box, px, xAt }: Scales, at: number | undefined, reach: number, data: Range): KeyAction | undefined {
  const middle = at === undefined ? box.left + box.width / 2 : px(at);
  const [least, most] = [px(data[0]), px(data[1])];
  const width = box.width * reach * 2;
  if (width >= most - least) return { zoom: undefined };
  const left = Math.max(least, Math.min(most - width, middle - width / 2));
  const range: Range = [xAt(left), xAt(left + width)];
  return range.every(Number.isFinite) && range[0] < range[1] ? { zoom: range } : undefined;
}
