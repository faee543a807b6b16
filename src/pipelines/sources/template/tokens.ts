/** The words of an expression of a template. */

export interface Word {
  readonly type: 'name' | 'number' | 'string' | 'op';
  readonly text: string;
}

const word =
  /\s*(?:(?<name>[\p{L}_][\p{L}\p{Nd}_]*)|(?<number>\d+(?:\.\d+)?)|(?<string>"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*')|(?<op>==|!=|<=|>=|\/\/|[-+*/%~<>=|.,:()[\]{}]))/uy;

/** @throws SyntaxError */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const source = text.trimEnd();
  word.lastIndex = 0;
  while (word.lastIndex < source.length) {
    const at = word.lastIndex;
    const groups = word.exec(source)?.groups;
    const found = Object.entries(groups ?? {}).find((entry) => entry[1] !== undefined);
    if (!found) throw new SyntaxError(`${source.slice(at).trim()} is not understood`);
    words.push({ type: found[0] as Word['type'], text: found[1] });
  }
  return words;
}
