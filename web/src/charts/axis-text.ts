/** What stands at the marks of an axis: short, and telling neighbours apart. */
import { duration, exactTime, roundDuration, shortNumber } from '../components/format.ts';
import { text as words } from '../text/charts.ts';
import type { Range } from './line/line-data.ts';

export const xKinds = ['step', 'time', 'relative'] as const;
/** `time` is in milliseconds since 1970, `relative` in seconds since the run began. */
export type XKind = (typeof xKinds)[number];

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minutes = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const month = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short' });

/** @param apart the distance of two marks */
export function xTickText(kind: XKind, value: number, apart: number): string {
  if (kind === 'time') return timeText(value, apart);
  if (kind === 'relative') return spanText(value, apart);
  return numberText(value, apart);
}

const minute = 60_000;

/** `5 min`, not `5 min 0 s`: the marks are round. Where two units would not tell neighbours apart, `1:20:30`. */
function spanText(seconds: number, apart: number): string {
  const size = Math.abs(seconds);
  if (seconds === 0) return '0';
  if (size < 60) return `${numberText(seconds, apart)} s`;
  if (apart < 1 || (size >= 3600 && apart < 60) || (size >= 86_400 && apart < 3600)) return clockText(seconds, apart);
  const text = roundDuration(size * 1000);
  return seconds < 0 ? `-${text}` : text;
}

function clockText(seconds: number, apart: number): string {
  const decimals = Math.max(0, Math.min(3, -Math.floor(Math.log10(apart))));
  const size = Number(Math.abs(seconds).toFixed(decimals));
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const rest = (size % 60).toFixed(decimals).padStart(decimals > 0 ? 3 + decimals : 2, '0');
  return `${seconds < 0 ? '-' : ''}${Math.floor(size / 3600)}:${two((size / 60) % 60)}:${rest}`;
}

function timeText(value: number, apart: number): string {
  if (Math.abs(value) > 8.64e15) return numberText(value, apart);
  const date = new Date(value);
  if (apart >= 200 * 1440 * minute) return month.format(date);
  // At midnight the day says more than the hour.
  if (apart >= 1440 * minute || (apart >= minute && date.getHours() === 0 && date.getMinutes() === 0)) {
    return day.format(date);
  }
  if (apart >= minute) return minutes.format(date);
  const part = value % 1000;
  return apart >= 1000 || part === 0
    ? clock.format(date)
    : `${numberText(((part + 1000) % 1000) / 1000, apart / 1000)} s`;
}

export function yTickText(value: number, apart: number): string {
  return numberText(value, apart);
}

const compact: Intl.NumberFormat[] = [];
const plain: Intl.NumberFormat[] = [];

/** With as many digits as tell it from its neighbour, at least four. */
function numberText(value: number, apart: number): string {
  const size = Math.abs(value);
  const between = Math.max(0, Math.ceil(Math.log10(size) - Math.log10(apart))) + 2;
  const digits = Number.isFinite(between) ? Math.max(4, Math.min(16, between)) : 4;
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) {
    return value
      .toExponential(digits - 1)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  }
  if (size >= 1e4) {
    compact[digits] ??= new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: digits });
    return compact[digits].format(value);
  }
  plain[digits] ??= new Intl.NumberFormat(undefined, { maximumSignificantDigits: digits });
  return plain[digits].format(value);
}

const date = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });

/** What x is. The marks of a stretch within two days say the hour alone: then the title says the day. */
export function xTitleText(kind: XKind, [from, to]: Range, name: string | undefined): string {
  const title = name ?? words[kind];
  if (kind !== 'time' || to - from >= 2 * 1440 * minute || Math.abs(from) > 8.64e15) return title;
  return words.timeOn(date.formatRange(from, to));
}

/** In a tooltip there is room for the whole. */
export function xFullText(kind: XKind, value: number): string {
  if (kind === 'time') return exactTime(value);
  if (kind === 'relative') return value < 0 ? `-${duration(-value * 1000)}` : duration(value * 1000);
  return shortNumber(value);
}
