/** Values as people read them on a terminal, and in the lines of a pipe. */
import { spanIn } from '../../common/span-text.ts';

/** A time span in milliseconds. */
export class Span {
  readonly ms: number;

  constructor(ms: number) {
    this.ms = ms;
  }
}

/** A number of bytes. */
export class Bytes {
  readonly count: number;

  constructor(count: number) {
    this.count = count;
  }
}

export type Cell = string | number | Date | Span | Bytes | undefined;

/** Short, for the eye: `2 h ago`, `3m 20s`, `1.2 MB`, six digits of a number. */
export function shown(cell: Cell, now = Date.now()): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return shownNumber(cell);
  if (cell instanceof Date) return cell.getTime() === 0 ? '' : timeAgo(now - cell.getTime());
  if (cell instanceof Span) return spanText(cell.ms);
  if (cell instanceof Bytes) return bytesText(cell.count);
  return cell;
}

/** For a pipe: ISO times, seconds, whole bytes; of other numbers six digits too, as a table is for people. */
export function piped(cell: Cell): string {
  if (cell === undefined) return '';
  if (cell instanceof Date) return cell.getTime() === 0 ? '' : cell.toISOString();
  if (cell instanceof Span) return shownNumber(cell.ms / 1000);
  if (cell instanceof Bytes) return String(cell.count);
  return typeof cell === 'number' ? shownNumber(cell) : cell;
}

export function isNumeric(cell: Cell): boolean {
  return typeof cell === 'number' || cell instanceof Span || cell instanceof Bytes;
}

function shownNumber(value: number): string {
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(6)));
}

const units = [
  ['y', 31_557_600_000],
  ['mo', 2_629_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

function timeAgo(ms: number): string {
  const [unit, length] = units.find(([, one]) => Math.abs(ms) >= one) ?? ['s', 1000];
  const count = Math.floor(Math.abs(ms) / length);
  if (unit === 's' && count < 5) return 'just now';
  return ms < 0 ? `in ${count} ${unit}` : `${count} ${unit} ago`;
}

const spanUnits = { ms: 'ms', s: 's', min: 'm', h: 'h', d: 'd' };

export function spanText(ms: number): string {
  return spanIn(spanUnits, ms);
}

export function bytesText(count: number): string {
  if (count < 1000) return `${count} B`;
  const power = Math.min(Math.floor(Math.log10(count) / 3), 5);
  const value = count / 1000 ** power;
  return `${value < 9.95 ? value.toFixed(1) : Math.round(value)} ${['B', 'kB', 'MB', 'GB', 'TB', 'PB'][power]}`;
}
