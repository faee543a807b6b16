/** JSON answers as they are compared: 1.0 is not 1, spaces and the order of keys do not count. */

/** Throws SyntaxError for what is no JSON, where NaN and the infinities are. */
export function normalized(text: string): unknown {
  const words: string[] = [];
  const json = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token) => {
    if (token.startsWith('"')) return token;
    words.push(token);
    return `"\\u0000${words.length - 1}"`;
  });
  return JSON.parse(json, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith('\0') ? numberOf(words[Number(value.slice(1))] ?? '') : value,
  ) as unknown;
}

function numberOf(token: string): string {
  return /^-?\d+$/.test(token) ? `int ${token}` : `float ${Object.is(Number(token), -0) ? '-0' : Number(token)}`;
}
