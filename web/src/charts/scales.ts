/** Where a point of the data lies in the picture. */
import { placeOf, rangeOfX, type ChartLine, type Range } from './line-data.ts';

export const yFits = ['visible', 'zero', 'inner'] as const;
/** The y axis holds what is in view, and zero as well, or leaves out the outermost hundredths. */
export type YFit = (typeof yFits)[number];

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Scales {
  readonly box: Box;
  readonly x: Range;
  readonly y: Range;
  readonly logY: boolean;
  readonly px: (x: number) => number;
  readonly py: (y: number) => number;
  readonly xAt: (px: number) => number;
}

export function yRange(lines: readonly ChartLine[], x: Range, logY: boolean, fit: YFit): Range {
  let [low, high] = fit === 'inner' ? innerRange(lines, x, logY) : wholeRange(lines, x, logY);
  if (low > high) return logY ? [1, 10] : [0, 1];
  if (fit === 'zero' && !logY) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) {
    const around = logY ? 0 : Math.abs(low) * 0.1 || 1;
    return logY ? [low / 2, high * 2] : [low - around, high + around];
  }
  if (logY) return [low / (high / low) ** 0.04, high * (high / low) ** 0.04];
  const air = (high - low) * 0.05;
  return [low === 0 && fit === 'zero' ? 0 : low - air, high + air];
}

function wholeRange(lines: readonly ChartLine[], x: Range, logY: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of shownValues(lines, x, logY)) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

function innerRange(lines: readonly ChartLine[], x: Range, logY: boolean): [number, number] {
  const values = [...shownValues(lines, x, logY)].sort((a, b) => a - b);
  const at = (part: number): number => values[Math.round((values.length - 1) * part)] ?? NaN;
  return values.length === 0 ? [Infinity, -Infinity] : [at(0.02), at(0.98)];
}

function* shownValues(lines: readonly ChartLine[], [from, to]: Range, logY: boolean): Generator<number> {
  for (const { x, y } of lines) {
    for (let i = placeOf(x, from); i < x.length && (x[i] ?? 0) <= to; i++) {
      const value = y[i] ?? NaN;
      if (Number.isFinite(value) && !(logY && value <= 0)) yield value;
    }
  }
}

/** The whole of x that is drawn: what was zoomed to, or all of the lines. */
export function xRange(lines: readonly ChartLine[], zoom: Range | undefined): Range {
  const [from, to] = zoom ?? rangeOfX(lines) ?? [0, 1];
  return from === to ? [from - 1, to + 1] : [from, to];
}

export function scalesOf(box: Box, x: Range, y: Range, logY: boolean): Scales {
  const height = (value: number): number => (logY ? Math.log10(value) : value);
  const [low, high] = [height(y[0]), height(y[1])];
  const perX = box.width / (x[1] - x[0]);
  const perY = box.height / (high - low);
  return {
    box,
    x,
    y,
    logY,
    px: (value) => box.left + (value - x[0]) * perX,
    py: (value) => box.top + box.height - (height(value) - low) * perY,
    xAt: (px) => x[0] + (px - box.left) / perX,
  };
}
