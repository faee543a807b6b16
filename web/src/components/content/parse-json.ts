import type { Json } from './json-tree-rows.ts';
import { Numeral } from './numeral.ts';

export type Parsed = { readonly value: Json } | { readonly failure: string };

/** A string, closed or not, so that each place is looked at once; or one of the numbers that JSON has not. */
const bareNumbers = /"[^"\\]*(?:\\[^]?[^"\\]*)*(?:"|$)|-?\b(?:NaN|Infinity)\b/g;
/** Strings that nobody writes this way: they stand for the numbers that JSON has not. */
const standIns: Readonly<Record<string, string>> = {
  NaN: String.raw`"\u004eaN"`,
  Infinity: String.raw`"\u0049nfinity"`,
  '-Infinity': String.raw`"\u002dInfinity"`,
};
const standInNumbers = new Map(Object.entries(standIns).map(([name, source]) => [source, Number(name)]));
/** What a double may not hold: fifteen digits it always does. */
const longNumber = /\d[\d.]{15}|[eE][+-]?\d{3}/;

/** With the numbers that Python adds, NaN and the infinities, and those that no double holds as they are written. */
export function parseJson(text: string): Parsed {
  try {
    const value = JSON.parse(text) as Json;
    return { value: longNumber.test(text) ? (exact(text) ?? value) : value };
  } catch (error) {
    const repaired = text.replace(bareNumbers, (all) => standIns[all] ?? all);
    const value = repaired === text ? undefined : exact(repaired);
    if (value !== undefined) return { value };
    return { failure: error instanceof Error ? error.message.slice(0, 200) : String(error) };
  }
}

/** Undefined for what is no JSON, or nested too deep to be read this way. */
function exact(text: string): Json | undefined {
  try {
    return JSON.parse(text, asWritten) as Json;
  } catch {
    return undefined;
  }
}

/** A browser that does not tell how a value is written leaves it as it was read. */
function asWritten(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (source === undefined) return value;
  if (typeof value === 'string') return standInNumbers.get(source) ?? value;
  return typeof value === 'number' ? heldOr(source, value) : value;
}

/** The number, if a double holds what is written, else as it is written. */
export function heldOr(source: string, value: number): number | Numeral {
  return source === String(value) || decimal(source) === decimal(String(value)) ? value : new Numeral(source);
}

/** One form for each number, however it is written: its digits without zeros at the ends, and a power of ten. */
function decimal(numeral: string): string {
  const plain = /^0[xo]/.test(numeral) ? String(BigInt(numeral)) : numeral;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^\+?(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(plain) ?? [];
  const all = whole + fraction;
  let [from, to] = [0, all.length];
  while (all[from] === '0') from++;
  while (to > from && all[to - 1] === '0') to--;
  return from === to ? '0' : `${sign}${all.slice(from, to)}e${Number(exponent) - fraction.length + all.length - to}`;
}
