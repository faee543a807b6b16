/** The same text for all layouts of the same code. */
import type { LogicalLine, Token } from './tokens.ts';

/** Without docstrings: they change nothing that is run. */
export function normalised(lines: readonly LogicalLine[]): string {
  const code = lines.filter((_, at) => !isDocstring(lines, at));
  return code.map(({ depth, tokens }) => '\t'.repeat(depth) + textOf(tokens)).join('\n');
}

/** A string alone in its line, at the beginning of a module, a function or a class. */
export function isDocstring(lines: readonly LogicalLine[], at: number): boolean {
  const line = lines[at];
  if (!line?.tokens.every(({ type }) => type === 'string')) return false;
  const before = lines[at - 1];
  return (
    before === undefined || (before.depth < line.depth && /^(async|def|class)$/.test(before.tokens[0]?.text ?? ''))
  );
}

function textOf(tokens: readonly Token[]): string {
  const kept: string[] = [];
  const brackets: Bracket[] = [];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1];
    if (token.type === 'op') {
      if ('([{'.includes(token.text)) brackets.push({ commas: 0, isAfterValue: isValue(before), text: token.text });
      const bracket = brackets.at(-1);
      if (token.text === ',' && bracket) bracket.commas++;
      if (')]}'.includes(token.text)) {
        if (before?.text === ',' && before.type === 'op' && bracket && isLayout(bracket)) kept.pop();
        brackets.pop();
      }
    }
    kept.push(token.type === 'string' ? oneQuote(token.text) : token.text);
  }
  return kept.join(' ');
}

interface Bracket {
  commas: number;
  readonly text: string;
  /** That of a call or of an index. */
  readonly isAfterValue: boolean;
}

const keywords = new Set(
  'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

function isValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return token.type === 'op' ? ')]}'.includes(token.text) : !keywords.has(token.text);
}

/** Whether a comma before its end means nothing; `(1,)` and `x[1,]` are tuples by theirs. */
function isLayout({ commas, text, isAfterValue }: Bracket): boolean {
  if (commas > 1 || text === '{') return true;
  return text === '(' ? isAfterValue : !isAfterValue;
}

/** `'a'` and `"a"` are the same. */
function oneQuote(text: string): string {
  const plain = /^([a-zA-Z]{0,2})(?:'([^'"\\\n]*)'|"([^'"\\\n]*)")$/.exec(text);
  return plain ? `${plain[1]}"${plain[2] ?? plain[3]}"` : text;
}

export function isKeyword(name: string): boolean {
  return keywords.has(name);
}
