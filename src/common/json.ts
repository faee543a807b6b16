/** JSON as Python and Java clients write it: bare NaN and Infinity, and integers beyond 2^53. */

// What comes before a number, so that neither ids in hex nor the digits of a fraction are taken for a long integer. A
// body is an object, so something always comes before.
const longInteger = /[:,[\s]-?\d{16}/;
const bareWord = /\bNaN\b|\bInfinity\b/;

/**
 * Parses JSON text; integers that a double cannot hold become bigint. Throws SyntaxError on text that is not JSON.
 * The plain parse serves nearly every body; only one with a number of 16 digits is parsed with the source text of each
 * number, because a reviver costs 7 times the parse.
 */
export function parseJson(text: string): unknown {
  const source = bareWord.test(text) ? quoteBareWords(text) : text;
  return parseExactly(source, () => true);
}

/** Parses JSON text; those integers that a double cannot hold and that stand under such a key become bigint. */
export function parseExactly(text: string, isInt64: (key: string) => boolean): unknown {
  if (!longInteger.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, (key: string, value: unknown, context?: { source?: string }) => {
    if (typeof value !== 'number' || Number.isSafeInteger(value) || !isInt64(key)) return value;
    const source = context?.source;
    return source !== undefined && /^-?\d+$/.test(source) ? BigInt(source) : value;
  }) as unknown;
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
