/** `name=value` words of a command line. @throws SyntaxError */
export function namedValues(words: readonly string[], flag: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1) throw new SyntaxError(`${flag} takes name=value, not '${word}'.`);
    const name = word.slice(0, at);
    if (values.has(name)) throw new SyntaxError(`${flag} names '${name}' twice. Keep one.`);
    values.set(name, word.slice(at + 1));
  }
  return values;
}
