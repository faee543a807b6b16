/** Numbers, times and sizes as the browser's locale writes them. */
import { spanIn } from '../api/span-text.ts';

const usualDigits = 4;
const plainNumber = new Intl.NumberFormat(undefined, { maximumSignificantDigits: usualDigits });
const whole = new Intl.NumberFormat();

/** Four significant digits; integers up to a million whole. `NaN` and infinities in words of the field. */
export function shortNumber(value: number, digits = usualDigits): string {
  // Stores of the field keep infinities as the greatest double.
  if (Math.abs(value) === Number.MAX_VALUE) return value > 0 ? 'Infinity' : '-Infinity';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return whole.format(value);
  const most = { maximumSignificantDigits: digits };
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? withExponent(value, most) : formatOf(most).format(value);
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat(undefined, options);
  formats.set(key, format);
  return format;
}

/** `1e300`, as on axes and in code. */
export function withExponent(value: number, digits: Intl.NumberFormatOptions): string {
  return formatOf({ notation: 'scientific', ...digits })
    .format(value)
    .replace('E', 'e');
}

/** Doubles differ within so many. */
const mostDigits = 17;

/** As short, but with as many digits as tell those apart that are not equal. */
export function distinctNumbers(values: readonly (number | undefined)[]): (string | undefined)[] {
  const different = new Set(values.filter((value) => value !== undefined));
  const texts = new Map<number, string>();
  for (const alike of Map.groupBy(different, (value) => shortNumber(value)).values()) {
    const written = (digits: number): string[] => alike.map((value) => shortNumber(value, digits));
    let digits = usualDigits;
    while (digits < mostDigits && new Set(written(digits)).size < alike.length) digits++;
    for (const [i, shown] of written(digits).entries()) texts.set(alike[i] ?? NaN, shown);
  }
  return values.map((value) => (value === undefined ? undefined : texts.get(value)));
}

export function count(value: number | bigint): string {
  return whole.format(value);
}

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600_000],
  ['month', 2_629_800_000],
  ['week', 604_800_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** @param time milliseconds since 1970 */
export function relativeTime(time: number | bigint, now = Date.now()): string {
  const past = Number(time) - now;
  for (const [unit, size] of units) if (Math.abs(past) >= size) return relative.format(Math.trunc(past / size), unit);
  return relative.format(Math.trunc(past / 1000), 'second');
}

const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** Clients may send any int64 as a time; only some of them are dates. */
export function exactTime(time: number | bigint): string {
  const date = Number(time);
  return Math.abs(date) > 8.64e15 || Number.isNaN(date) ? String(time) : exact.format(date);
}

const spanUnits = { ms: ' ms', s: ' s', min: ' min', h: ' h', d: ' d' };

/** @param span milliseconds; below 0 where clocks differ, or a client sent an end before its start */
export function duration(span: number): string {
  return span < 0 ? `-${duration(-span)}` : spanIn(spanUnits, span);
}

/** Since then; nothing yet where the clock of who began is ahead. */
export function durationSince(start: number): string {
  return duration(Math.max(Date.now() - start, 0));
}

/** Of a span that someone chose: `15 min`, not `15 min 0 s`. */
export function roundDuration(span: number): string {
  return duration(span).replace(/ 0 (s|min|h)$/, '');
}

export function bytes(size: number): string {
  const names = ['B', 'KB', 'MB', 'GB', 'TB'];
  const power = size < 1 ? 0 : Math.min(names.length - 1, Math.floor(Math.log10(size) / 3));
  return `${plainNumber.format(size / 1000 ** power)} ${names[power]}`;
}
