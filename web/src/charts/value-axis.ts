/** An axis for what runs have under a column: numbers, times, or texts side by side. */
import type { Cell } from '../api/run-table.ts';
import { looksNumeric } from '../api/statistics.ts';
import { duration, exactTime, shortNumber } from '../components/format.ts';
import { byValue, isWide } from '../components/value-order.ts';
import { xTickText, yTickText } from './axis-text.ts';
import type { Range } from './line/line-data.ts';
import { rangeOfValues } from './marks/mark-range.ts';
import { scalesOf } from './scales.ts';
import { apart, logTicks, roundTicks, spanTicks, timeTicks } from './ticks.ts';

export const axisScales = ['linear', 'log', 'category'] as const;
export type AxisScale = (typeof axisScales)[number];

export interface AxisTick {
  /** 0 to 1. */
  readonly at: number;
  readonly text: string;
}

export interface ValueAxis {
  readonly scale: AxisScale;
  /** What the axis can be instead. */
  readonly scales: readonly AxisScale[];
  /** The texts of a category axis, first to last. */
  readonly categories: readonly string[];
  /** 0 to 1 along the axis; NaN for what has no place on it. */
  readonly placeOf: (cell: Cell | undefined) => number;
  /** The number at a place; of a category axis the position among its texts. */
  readonly numberAt: (place: number) => number;
  /** @param wanted about as many */
  readonly ticks: (wanted: number) => readonly AxisTick[];
  readonly textOf: (cell: Cell | undefined) => string;
}

interface AxisWish {
  /** Undefined: chosen by the values. */
  readonly scale?: AxisScale | undefined;
  /** Some room beyond the outermost values. */
  readonly air: boolean;
}

type NumberKind = 'number' | 'time' | 'duration';

export function valueAxis(column: string, cells: readonly (Cell | undefined)[], wish: AxisWish): ValueAxis {
  const present = cells.filter((cell) => cell !== null && cell !== undefined);
  const numbers = isNumeric(column, present) ? present.map(Number).filter(isFiniteNumber) : undefined;
  if (!numbers) return categoryAxis(present, ['category']);
  const low = numbers.reduce((least, value) => Math.min(least, value), Infinity);
  const high = numbers.reduce((greatest, value) => Math.max(greatest, value), -Infinity);
  const kind = kindOf(column);
  const scales = axisScales.filter((scale) => scale !== 'log' || (kind !== 'time' && high > 0));
  if (wish.scale === 'category') return categoryAxis(present, scales);
  const byValues = kind === 'number' && isWide(low, high) ? 'log' : 'linear';
  const scale = scales.find((one) => one === wish.scale) ?? byValues;
  const range = rangeOf(numbers, [low, high], scale === 'log', wish.air);
  return numberAxis(kind, range, scale, scales);
}

function isNumeric(column: string, present: readonly (number | string)[]): boolean {
  if (column.startsWith('metrics.') || kindOf(column) !== 'number') return true;
  return present.length > 0 && present.every((cell) => typeof cell === 'number' || looksNumeric(cell));
}

function kindOf(column: string): NumberKind {
  if (column === 'attributes.duration') return 'duration';
  return column === 'attributes.start_time' || column === 'attributes.end_time' ? 'time' : 'number';
}

/** Stores of the field keep infinities as the greatest double. */
function isFiniteNumber(value: number): boolean {
  return Math.abs(value) < Number.MAX_VALUE;
}

function rangeOf(numbers: readonly number[], [low, high]: Range, log: boolean, air: boolean): Range {
  const fit = log ? numbers.filter((value) => value > 0) : numbers;
  const least = log ? fit.reduce((least, value) => Math.min(least, value), Infinity) : low;
  return air || !(least < high) ? rangeOfValues(fit, log) : [least, high];
}

const unit = { left: 0, top: 0, width: 1, height: 1 };

function numberAxis(kind: NumberKind, range: Range, scale: AxisScale, scales: readonly AxisScale[]): ValueAxis {
  const log = scale === 'log';
  const { px, xAt } = scalesOf(unit, range, range, log, log);
  const placeOf = (cell: Cell | undefined): number => {
    const value = cell === null || cell === undefined || cell === '' ? NaN : Number(cell);
    return isFiniteNumber(value) && !(log && value <= 0) ? px(value) : NaN;
  };
  return {
    scale,
    scales,
    categories: [],
    placeOf,
    numberAt: xAt,
    ticks: (wanted) => {
      const ticks = ticksOf(kind, range, log, Math.max(2, wanted));
      const distance = apart(ticks, range, log);
      return ticks.map((tick) => ({ at: px(tick), text: tickText(kind, tick, distance) }));
    },
    textOf: (cell) => (cell === null || cell === undefined ? '' : wholeText(kind, cell)),
  };
}

/** @param wanted about as many */
function ticksOf(kind: NumberKind, [from, to]: Range, log: boolean, wanted: number): number[] {
  if (log) return logTicks(from, to);
  if (kind === 'time') return timeTicks(from, to, wanted);
  return kind === 'duration' ? spanTicks(from, to, wanted) : roundTicks(from, to, wanted);
}

function tickText(kind: NumberKind, tick: number, distance: number): string {
  if (kind === 'time') return xTickText('time', tick, distance);
  return kind === 'duration' ? xTickText('relative', tick / 1000, distance / 1000) : yTickText(tick, distance);
}

function wholeText(kind: NumberKind, cell: number | string): string {
  const value = Number(cell);
  if (Number.isNaN(value)) return String(cell);
  if (kind === 'time') return exactTime(value);
  if (kind === 'duration') return duration(value);
  // A param is what was written: 1e-3, not 0.001.
  return typeof cell === 'string' ? cell : shortNumber(value);
}

function categoryAxis(present: readonly (number | string)[], scales: readonly AxisScale[]): ValueAxis {
  const categories = [...new Set(present.map(String))].sort(byValue);
  const places = new Map(categories.map((text, i) => [text, (i + 0.5) / categories.length]));
  return {
    scale: 'category',
    scales,
    categories,
    placeOf: (cell) => (cell === null || cell === undefined ? NaN : (places.get(String(cell)) ?? NaN)),
    numberAt: (place) => place * categories.length - 0.5,
    ticks: (wanted) => {
      const every = Math.max(1, Math.ceil(categories.length / Math.max(1, wanted)));
      return categories.flatMap((text, i) => (i % every === 0 ? [{ at: places.get(text) ?? NaN, text }] : []));
    },
    textOf: (cell) => (cell === null || cell === undefined ? '' : String(cell)),
  };
}
