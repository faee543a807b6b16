/** JSON as Python and Java clients write it: bare NaN and Infinity, and integers beyond 2^53. */

// Before a point: the digits after it never make an integer. A body is an object, so something always comes before.
const longInteger = /[^\d.]\d{16}/;
const bareWord = /\bNaN\b|\bInfinity\b/;

/**
 * Parses JSON text; integers that a double cannot hold become bigint. Throws SyntaxError on text that is not JSON.
 * The plain parse serves nearly every body; only one with an integer of 16 digits is parsed with the source text of each
 * number, because a reviver costs 7 times the parse.
 */
export function parseJson(text: string): unknown {
  const source = bareWord.test(text) ? quoteBareWords(text) : text;
  if (!longInteger.test(source)) return JSON.parse(source) as unknown;
  return JSON.parse(source, exactIntegers) as unknown;
}

function exactIntegers(this: unknown, _key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/**
 * `NaN`, `Infinity` and `-Infinity` outside strings become strings, which number fields accept. An unfinished string
 * matches to the end, so that the search never starts over within it.
 */
function quoteBareWords(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*(?:"|\\?$)|-?\bInfinity\b|\bNaN\b/gs, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
