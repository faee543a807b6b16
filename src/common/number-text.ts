/**
 * Params are texts; those that all look like numbers are treated as numbers. This is the one rule for it, on the server
 * and in the pages: `Number` would take a blank for 0 and `0x10` for 16.
 */

const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const noNumber = /^\s*([+-]?)(nan|inf|infinity)\s*$/i;

export function looksNumeric(text: string): boolean {
  return number.test(text) || noNumber.test(text);
}

/** Undefined for what does not look like a number. */
export function numberOfText(text: string): number | undefined {
  if (number.test(text)) return Number(text);
  const [, sign, word] = noNumber.exec(text) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === 'nan') return NaN;
  return sign === '-' ? -Infinity : Infinity;
}
