/** What stands at the marks of an axis: short, and telling neighbours apart. */
import { duration, exactTime, shortNumber } from '../components/format.ts';

export const xKinds = ['step', 'time', 'relative'] as const;
/** `time` is in milliseconds since 1970, `relative` in seconds since the run began. */
export type XKind = (typeof xKinds)[number];

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const si = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 4 });

export function xTickText(kind: XKind, value: number, span: number): string {
  if (kind === 'time') return timeText(value, span);
  if (kind === 'relative') return spanText(value);
  return Math.abs(value) >= 1e4 ? si.format(value) : shortNumber(value);
}

/** `5 min`, not `5 min 0 s`: the marks are round. */
function spanText(seconds: number): string {
  if (seconds === 0) return '0';
  return Math.abs(seconds) < 60 ? `${shortNumber(seconds)} s` : duration(seconds * 1000).replace(/ 0 (s|min|h)$/, '');
}

function timeText(value: number, span: number): string {
  if (Math.abs(value) > 8.64e15) return si.format(value);
  const form = span > 2 * 86_400_000 ? day : span > 3_600_000 ? minutes : clock;
  return form.format(value);
}

export function yTickText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e15 || (size !== 0 && size < 1e-4)) return value.toExponential().replace('e+', 'e');
  return size >= 1e4 ? si.format(value) : shortNumber(value);
}

/** In a tooltip there is room for the whole. */
export function xFullText(kind: XKind, value: number): string {
  if (kind === 'time') return exactTime(value);
  return kind === 'relative' ? duration(Math.max(0, value) * 1000) : shortNumber(value);
}
