/** Values that are written out in code, such as `['a', 'b']` and `{'some': None}`. */
import type { Token } from './tokens.ts';

/** What is no such value. */
export const noLiteral = Symbol('no literal');

export class NoLiteral extends Error {}

/** A tuple and a set are lists here, `None` is null. */
export function literalOf(tokens: readonly Token[]): unknown {
  const reader = new LiteralReader(tokens);
  try {
    const value = reader.value();
    return reader.isAtEnd ? value : noLiteral;
  } catch (error) {
    if (error instanceof NoLiteral) return noLiteral;
    throw error;
  }
}

const words: Readonly<Record<string, unknown>> = { None: null, True: true, False: false };

class LiteralReader {
  #at = 0;
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  value(): unknown {
    const first = this.#one();
    if (!this.#accept(',')) return first;
    const items = [first];
    while (!this.isAtEnd && !this.#isNext(')')) {
      items.push(this.#one());
      if (!this.#accept(',')) break;
    }
    return items;
  }

  #one(): unknown {
    const token = this.#next();
    if (token.type === 'string') {
      let text = stringOf(token.text);
      while (this.#tokens[this.#at]?.type === 'string') text += stringOf(this.#next().text);
      return text;
    }
    if (token.type === 'number') return numberOf(token.text);
    if (token.type === 'name' && Object.hasOwn(words, token.text)) return words[token.text];
    if (token.text === '-') return -(this.#one() as number);
    if (token.text === '[') return this.#list(']');
    if (token.text === '{') return this.#braces();
    if (token.text === 'set' && this.#accept('(') && this.#accept(')')) return [];
    if (token.text !== '(') throw new NoLiteral();
    if (this.#accept(')')) return [];
    const value = this.value();
    this.#expect(')');
    return value;
  }

  #list(end: string): unknown[] {
    const items: unknown[] = [];
    while (!this.#accept(end)) {
      items.push(this.#one());
      if (!this.#accept(',')) {
        this.#expect(end);
        break;
      }
    }
    return items;
  }

  #braces(): unknown {
    if (this.#accept('}')) return {};
    const first = this.#one();
    if (!this.#accept(':')) return [first, ...(this.#accept(',') ? this.#list('}') : (this.#expect('}'), []))];
    const entries: [string, unknown][] = [[String(first), this.#one()]];
    while (this.#accept(',') && !this.#isNext('}')) {
      const key = String(this.#one());
      this.#expect(':');
      entries.push([key, this.#one()]);
    }
    this.#expect('}');
    return Object.fromEntries(entries);
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new NoLiteral();
    return token;
  }

  #isNext(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.text === text && token.type !== 'string';
  }

  #accept(text: string): boolean {
    if (!this.#isNext(text)) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw new NoLiteral();
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };

export function stringOf(text: string): string {
  const parts = /^([a-zA-Z]*)("""|'''|"|')([^]*)\2$/.exec(text);
  if (!parts || /[fbt]/i.test(parts[1] ?? '')) throw new NoLiteral();
  const body = parts[3] ?? '';
  return /r/i.test(parts[1] ?? '')
    ? body
    : body.replace(/\\([^])/g, (all, char: string) => {
        if ('\\\'"'.includes(char)) return char;
        return escapes[char] ?? all;
      });
}

function numberOf(text: string): number {
  const value = Number(text.replaceAll('_', ''));
  if (Number.isNaN(value)) throw new NoLiteral();
  return value;
}
