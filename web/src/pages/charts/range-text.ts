/** Ranges as the address has them; an end that is left out is open. */
import type { Range } from '../../charts/line/line-data.ts';

/** Undefined when there is no range in it. */
export function readRange(from: string | undefined, to: string | undefined): Range | undefined {
  const [low, high] = [endOf(from, -Infinity), endOf(to, Infinity)];
  return low < high && (Number.isFinite(low) || Number.isFinite(high)) ? [low, high] : undefined;
}

function endOf(text: string | undefined, open: number): number {
  const value = text === undefined || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? value : open;
}

export function rangeText(range: Range | undefined): readonly [from: string | undefined, to: string | undefined] {
  if (!range) return [undefined, undefined];
  const span = range[1] - range[0];
  return [endText(range[0], span), endText(range[1], span)];
}

/** No more digits than a pixel is worth. */
function endText(end: number, span: number): string | undefined {
  if (!Number.isFinite(end)) return undefined;
  if (!Number.isFinite(span)) return String(end);
  const decimals = 4 - Math.floor(Math.log10(span));
  return decimals <= 20 && Math.abs(end) < 1e21 ? String(Number(end.toFixed(Math.max(0, decimals)))) : String(end);
}

/** A time as a field for date and time shows it, in the reader's own zone; empty when there is none. */
export function localTime(text: string | undefined): string {
  const time = endOf(text, NaN);
  if (!(Math.abs(time) <= 8.64e15)) return '';
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

export function timeOfLocal(field: string): string {
  const time = new Date(field).getTime();
  return Number.isFinite(time) ? String(time) : '';
}
