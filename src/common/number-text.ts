/** Params are texts; those that all look like numbers are treated as numbers. */

const number = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;
const noNumber = /^\s*[+-]?(nan|inf|infinity)\s*$/i;

export function looksNumeric(text: string): boolean {
  return number.test(text) || noNumber.test(text);
}
