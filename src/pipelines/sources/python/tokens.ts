/** The text of Python as logical lines of tokens: without comments, blank lines and layout, and without running it. */

export interface Token {
  /** `raw` is what no Python is: a magic of IPython, as it stands. */
  readonly type: 'name' | 'number' | 'string' | 'op' | 'raw';
  readonly text: string;
}

export interface LogicalLine {
  /** How many blocks it lies in. */
  readonly depth: number;
  readonly tokens: readonly Token[];
  /** The number of the line that it begins on, from 1. */
  readonly line: number;
}

const space = /(?:[ \t\f]+|\\\r?\n)*/y;
const restOfLine = /[^\r\n]*/y;
/** One after the other: a comment, a line's end, a string's start, a name, a number, an operator. */
const next =
  /(#[^\r\n]*)|(\r?\n|\r)|([rRbBuUfFtT]{0,2})("""|'''|"|')|([A-Za-z_\x80-\uffff][\w\x80-\uffff]*)|(0[xXoObB][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?)|(\*\*=|\/\/=|>>=|<<=|\.\.\.|!=|->|:=|==|<=|>=|\*\*|\/\/|<<|>>|[-+*/%@&|^]=|[^])/y;

export function linesOf(text: string): LogicalLine[] {
  return new Tokenizer(text).lines();
}

class Tokenizer {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  lines(): LogicalLine[] {
    const lines: LogicalLine[] = [];
    const indents = [0];
    while (this.#at < this.#text.length) {
      const indent = widthOf(this.#take(space));
      const line = this.#line;
      const statements = this.#statements();
      if (statements.length === 0) continue;
      while (indent < (indents.at(-1) ?? 0)) indents.pop();
      if (indent > (indents.at(-1) ?? 0)) indents.push(indent);
      for (const tokens of statements) lines.push({ depth: indents.length - 1, tokens, line });
    }
    return lines;
  }

  /** What stands in one logical line, parted where it has semicolons. */
  #statements(): Token[][] {
    if (/[%!?]/.test(this.#text[this.#at] ?? '')) return [[{ type: 'raw', text: this.#take(restOfLine) }]];
    const statements: Token[][] = [];
    let tokens: Token[] = [];
    let open = 0;
    for (; this.#at < this.#text.length; this.#take(space)) {
      next.lastIndex = this.#at;
      const [whole = '', comment, newline, prefix = '', quote, name, number] = next.exec(this.#text) ?? [];
      if (quote !== undefined) {
        tokens.push(this.#string(prefix, quote));
        continue;
      }
      this.#at += whole.length;
      if (comment !== undefined) continue;
      if (newline !== undefined) {
        this.#line++;
        if (open === 0) break;
      } else if (name !== undefined) tokens.push({ type: 'name', text: name });
      else if (number !== undefined) tokens.push({ type: 'number', text: number });
      else if (whole === ';' && open === 0) {
        statements.push(tokens);
        tokens = [];
      } else {
        if ('([{'.includes(whole)) open++;
        if (')]}'.includes(whole)) open = Math.max(0, open - 1);
        if (whole !== '') tokens.push({ type: 'op', text: whole });
      }
    }
    return [...statements, tokens].filter((one) => one.length > 0);
  }

  #string(prefix: string, quote: string): Token {
    const start = this.#at;
    this.#at = endOfString(this.#text, start + prefix.length + quote.length, quote, /[ft]/i.test(prefix));
    const text = this.#text.slice(start, this.#at);
    if (quote.length > 1 || text.includes('\n')) this.#line += text.split('\n').length - 1;
    return { type: 'string', text };
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    // A line that goes on after a backslash.
    if (text.includes('\n')) this.#line += text.split('\n').length - 1;
    return text;
  }
}

/** Where a string ends that began before `start`; one in single quotes ends with its line at the latest. */
function endOfString(text: string, start: number, quote: string, hasFields: boolean): number {
  for (let at = start; at < text.length;) {
    const char = text[at];
    if (text.startsWith(quote, at)) return at + quote.length;
    if (char === '\n' && quote.length === 1) return at;
    if (hasFields && char === '{' && text[at + 1] !== '{') at = endOfField(text, at + 1);
    else at += char === '\\' || (hasFields && char === '{') ? 2 : 1;
  }
  return text.length;
}

/** Where the `{field:format}` of a string ends that began before `start`. */
function endOfField(text: string, start: number): number {
  let open = 0;
  for (let at = start; at < text.length;) {
    const char = text[at] ?? '';
    if (char === '}' && open === 0) return at + 1;
    if (char === ':' && open === 0 && text[at + 1] !== '=') return endOfFormat(text, at + 1);
    if ('([{'.includes(char)) open++;
    if (')]}'.includes(char)) open--;
    const quote = /^("""|'''|"|')/.exec(text.slice(at, at + 3))?.[0];
    at = quote === undefined ? at + 1 : endOfString(text, at + quote.length, quote, true);
  }
  return text.length;
}

function endOfFormat(text: string, start: number): number {
  for (let at = start; at < text.length;) {
    if (text[at] === '}') return at + 1;
    at = text[at] === '{' ? endOfField(text, at + 1) : at + 1;
  }
  return text.length;
}

/** A tab goes on to the next multiple of eight, as Python counts. */
function widthOf(indent: string): number {
  let width = 0;
  for (const char of indent.slice(indent.lastIndexOf('\n') + 1)) width = char === '\t' ? (width | 7) + 1 : width + 1;
  return width;
}
