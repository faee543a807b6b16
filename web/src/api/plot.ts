/** The numbers of a plot as the pages take them: a notebook may have written anything. */
import type { Plot } from '../../../src/protocol/automl-plots.ts';
import { fields } from './automl-config.ts';

/** Undefined for what is no plot that could be drawn. */
export function readPlot(value: unknown): Plot | undefined {
  const from = fields(value);
  const axes = { x: words(from['x']), y: words(from['y']) };
  switch (from['kind']) {
    case 'lines': {
      const lines = Object.entries(fields(from['lines'])).flatMap(([name, line]) => {
        const { x, y } = fields(line);
        return Array.isArray(x) && isNumbers(y) && x.length === y.length
          ? [[name, { x: x as (number | string)[], y }] as const]
          : [];
      });
      return lines.length === 0 ? undefined : { kind: 'lines', ...axes, lines: Object.fromEntries(lines) };
    }
    case 'points': {
      const { x, y } = fields(from['points']);
      return isNumbers(x) && isNumbers(y) && x.length === y.length
        ? { kind: 'points', ...axes, points: { x, y } }
        : undefined;
    }
    case 'bars': {
      const bars = Object.entries(fields(from['bars'])).filter((bar): bar is [string, number] => isNumber(bar[1]));
      return bars.length === 0 ? undefined : { kind: 'bars', x: axes.x, bars: Object.fromEntries(bars) };
    }
    case 'matrix': {
      const { rows, columns, values } = from;
      return isTexts(rows) && isTexts(columns) && Array.isArray(values) && values.every(isNumbers)
        ? { kind: 'matrix', ...axes, rows, columns, values }
        : undefined;
    }
    default:
      return undefined;
  }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Values that are none come as null. */
function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'number' || one === null);
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
