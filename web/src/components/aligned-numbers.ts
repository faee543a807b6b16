/**
 * The numbers of a column, written so that their decimal points stand below each other: as many decimals as the most
 * precise of them needs, four significant digits in all, and room where a greater number has fewer.
 */
import { shortNumber, withExponent } from './format.ts';

const digits = 4;
/** As wide as a digit in the monospaced type of figures; a figure space may come from another font. */
const space = '\u00a0';
/** Small numbers are easier to compare with these many zeros than with exponents. */
const mostDecimals = 6;
const locale = new Map<number, Intl.NumberFormat>();

/** How to write the numbers of a column, told from some of them. Others are written no less precisely. */
export function alignedNumbers(sample: readonly number[]): (value: number) => string {
  const finite = sample.filter((value) => isShown(value));
  const small = finite.filter(isSmall);
  const exponents = small.some((value) => Math.abs(value) < 1e-5 || decimalsOf(value) > mostDecimals);
  // Counts are shown whole where that is not too wide.
  const greatest = finite.every(Number.isInteger) ? 1e9 : 1e6;
  const isPlain = (value: number): boolean => Math.abs(value) < greatest && !(isSmall(value) && exponents);
  const widest = Math.max(0, ...finite.filter(isPlain).map(decimalsOf));
  const mantissa = Math.max(0, ...finite.filter((value) => !isPlain(value)).map(mantissaDecimalsOf));
  return (value) => {
    if (!isShown(value)) return shortNumber(value);
    if (!isPlain(value)) {
      const digits = Math.max(mantissa, mantissaDecimalsOf(value));
      return withExponent(value, { minimumFractionDigits: digits, maximumFractionDigits: digits });
    }
    const decimals = Math.max(decimalsOf(value), Math.min(widest, allowedOf(value)));
    return plain(decimals).format(value) + room(decimals, widest);
  };
}

/** With more zeros than these a short number is no longer short. */
const mostZeros = 4;

/** Numbers that stand below each other in any type: with as many decimals as the longest of them, zeros too. */
export function sameDecimals(values: readonly number[]): string[] {
  const isOrdinary = (value: number): boolean => isShown(value) && Math.abs(value) < 1e6 && !isSmall(value);
  const decimals = Math.min(mostZeros, Math.max(0, ...values.filter(isOrdinary).map(decimalsOf)));
  return values.map((value) =>
    isOrdinary(value) && decimalsOf(value) <= decimals ? plain(decimals).format(value) : shortNumber(value),
  );
}

const plainText = /^-?\d+(?:\.(\d+))?$/;
const decimalText = /^-?(?:0|[1-9]\d*)\.(\d+)(?:e[-+]?\d+)?$/i;

/**
 * The same for numbers that were written by somebody, who is not corrected: only room is added. Those with all digits of
 * a double were written by a program, and are cut to the digits that a cell has room for.
 */
export function alignedTexts(sample: readonly string[]): (text: string) => string {
  const written = (text: string): string => (isLong(text) ? shortText(Number(text)) : text);
  const widest = Math.max(0, ...sample.map((text) => decimalsIn(written(text))));
  return (text) => {
    const shown = written(text);
    return plainText.test(shown) ? shown + room(decimalsIn(shown), widest) : shown;
  };
}

function isLong(text: string): boolean {
  return (decimalText.exec(text)?.[1]?.length ?? 0) > mostDecimals;
}

/** Written as programs do, like its neighbours, not as the locale does. */
function shortText(value: number): string {
  if (Math.abs(value) >= 1e6 || isSmall(value)) return value.toExponential(digits - 1).replace('e+', 'e');
  return Math.abs(value) < 1000 ? value.toPrecision(digits) : value.toFixed(0);
}

function decimalsIn(text: string): number {
  return plainText.exec(text)?.[1]?.length ?? 0;
}

/** For decimals that are missing, and the point before them. */
function room(decimals: number, widest: number): string {
  return space.repeat(Math.max(0, widest - decimals + (decimals === 0 && widest > 0 ? 1 : 0)));
}

/** Stores of the field keep infinities as the greatest double. */
function isShown(value: number): boolean {
  return Number.isFinite(value) && Math.abs(value) !== Number.MAX_VALUE;
}

function isSmall(value: number): boolean {
  return value !== 0 && Math.abs(value) < 1e-3;
}

/** Decimals within four significant digits. */
function allowedOf(value: number): number {
  if (value === 0) return mostDecimals;
  return Math.max(0, digits - 1 - exponentOf(value));
}

/** The exponent after rounding: 9.99996 is 10.00. */
function exponentOf(value: number): number {
  return Number(value.toExponential(digits - 1).split('e')[1]);
}

/** Decimals that are not zeros at the end. */
function decimalsOf(value: number): number {
  return value === 0 ? 0 : withoutZeros(value.toFixed(Math.min(100, allowedOf(value))));
}

function mantissaDecimalsOf(value: number): number {
  return withoutZeros(value.toExponential(digits - 1).split('e')[0] ?? '');
}

function withoutZeros(written: string): number {
  return /\.(\d*?)0*$/.exec(written)?.[1]?.length ?? 0;
}

function plain(decimals: number): Intl.NumberFormat {
  const known = locale.get(decimals);
  if (known) return known;
  const made = new Intl.NumberFormat(undefined, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  locale.set(decimals, made);
  return made;
}
