import { invalidParameter } from '../protocol/errors.ts';

/**
 * - `word`: a key or a bare value; its parts may be quoted: name, metrics.a, tags.`a b`, `Run name`, "metrics"."a"
 * - `string`: a quoted string standing alone, with ' or "
 * - `operator`: a run of < > = ! ~, which need not be a comparator that anything supports
 * - `junk`: a character that starts nothing, such as a quote that is never closed
 */
export type TokenType =
  'word' | 'string' | 'number' | 'operator' | 'keyword' | 'open' | 'close' | 'comma' | 'semicolon' | 'comment' | 'junk';

export interface Token {
  readonly type: TokenType;
  /** As written, quotes included. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** False for a word with a character that only a quoted key may contain, as in a-b. */
  readonly isPlain: boolean;
}

/** Room for an IN list of some 25,000 run ids; reading takes linear time. */
export const maxSearchTextLength = 1_000_000;

const keywords = new Set(['AND', 'OR', 'NOT', 'IN', 'IS', 'NULL', 'LIKE', 'ILIKE', 'RLIKE']);
const singles = new Map<string, TokenType>([
  ['(', 'open'],
  [')', 'close'],
  [',', 'comma'],
  [';', 'semicolon'],
]);
const operatorCharacters = '<>=!~';
/** Characters that hold a word together although only a quoted key may contain them. */
const connectors = '-/@#%:$';

function isSpace(character: string): boolean {
  return character === ' ' || (character <= ' ' && character !== '') || character === '\u00a0';
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9' && character.length === 1;
}

function isWordStart(character: string): boolean {
  if (character.length === 0) return false;
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    isDigit(character) ||
    character === '_' ||
    character > '\u00a0'
  );
}

class Scanner {
  readonly tokens: Token[] = [];
  private position = 0;
  private isPlain = true;
  private readonly lastQuote = new Map<string, number>();
  private readonly text: string;
  private readonly joinsBlanks: boolean;

  constructor(text: string, joinsBlanks: boolean) {
    this.text = text;
    this.joinsBlanks = joinsBlanks;
    for (const quote of ["'", '"', '`']) this.lastQuote.set(quote, text.lastIndexOf(quote));
  }

  scan(): Token[] {
    while (this.position < this.text.length) {
      const start = this.position;
      const character = this.at(start);
      if (isSpace(character)) {
        this.position++;
        continue;
      }
      this.isPlain = true;
      const type = this.scanToken(character);
      const text = this.text.slice(start, this.position);
      const isKeyword = type === 'word' && keywords.has(text.toUpperCase());
      this.tokens.push({ type: isKeyword ? 'keyword' : type, text, start, end: this.position, isPlain: this.isPlain });
    }
    return this.tokens;
  }

  private at(index: number): string {
    return this.text.charAt(index);
  }

  private scanToken(character: string): TokenType {
    const next = this.at(this.position + 1);
    if ((character === '-' && next === '-') || character === '#') return this.scanLineComment();
    if (character === '/' && next === '*') return this.scanBlockComment();
    const single = singles.get(character);
    if (single !== undefined) return this.advance(1, single);
    if (operatorCharacters.includes(character)) return this.scanOperator(character);
    if (character === "'" || character === '"' || character === '`') return this.scanQuoted(character);
    const numberEnd = this.numberEnd();
    if (numberEnd > 0) {
      this.position = numberEnd;
      return 'number';
    }
    if (isWordStart(character)) return this.scanWord();
    return this.advance(1, 'junk');
  }

  private advance(count: number, type: TokenType): TokenType {
    this.position += count;
    return type;
  }

  private scanLineComment(): TokenType {
    const end = this.text.indexOf('\n', this.position);
    this.position = end < 0 ? this.text.length : end;
    return 'comment';
  }

  private scanBlockComment(): TokenType {
    const end = this.text.indexOf('*/', this.position + 2);
    this.position = end < 0 ? this.text.length : end + 2;
    return 'comment';
  }

  private scanOperator(first: string): TokenType {
    let end = this.position + 1;
    while (end < this.text.length && operatorCharacters.includes(this.at(end))) end++;
    const isLoneMark = first === '!' && end === this.position + 1;
    this.position = end;
    return isLoneMark ? 'junk' : 'operator';
  }

  private scanQuoted(quote: string): TokenType {
    const end = this.quotedEnd(this.position, quote);
    if (end < 0) return this.advance(1, 'junk');
    this.position = end;
    if (quote === "'") return 'string';
    if (this.at(end) === '.') return this.scanWord();
    return quote === '"' ? 'string' : 'word';
  }

  /**
   * The index behind the closing quote, or -1. A doubled quote, and in strings one behind a backslash, does not close,
   * unless no other follows: 'C:\' is a string of its own.
   */
  private quotedEnd(start: number, quote: string): number {
    const last = this.lastQuote.get(quote) ?? -1;
    let index = start + 1;
    while (index <= last) {
      const character = this.at(index);
      if (character === '\\' && quote !== '`' && this.at(index + 1) === quote && index + 1 < last) index += 2;
      else if (character === quote && this.at(index + 1) === quote && index + 1 < last) index += 2;
      else if (character === quote) return index + 1;
      else index++;
    }
    return -1;
  }

  /** The index behind a number, or 0 where none stands or it runs on into a word, as in 1_000 or 2nd. */
  private numberEnd(): number {
    let index = this.position;
    if (this.at(index) === '-') index++;
    const digitsStart = index;
    while (isDigit(this.at(index))) index++;
    let digits = index - digitsStart;
    if (this.at(index) === '.') {
      const fractionStart = ++index;
      while (isDigit(this.at(index))) index++;
      digits += index - fractionStart;
    }
    if (digits === 0) return 0;
    if (this.at(index) === 'e' || this.at(index) === 'E') {
      let exponent = index + 1;
      if (this.at(exponent) === '+' || this.at(exponent) === '-') exponent++;
      const exponentStart = exponent;
      while (isDigit(this.at(exponent))) exponent++;
      if (exponent > exponentStart) index = exponent;
    }
    return isWordStart(this.at(index)) ? 0 : index;
  }

  private scanWord(): TokenType {
    while (this.position < this.text.length) {
      const character = this.at(this.position);
      const before = this.at(this.position - 1);
      if (before === '.' && (character === '`' || character === '"' || character === "'")) {
        const end = this.quotedEnd(this.position, character);
        if (end < 0) break;
        this.position = end;
        if (this.at(end) !== '.') break;
      } else if (isWordStart(character) || character === '.') {
        this.position++;
      } else if (connectors.includes(character) && !this.startsComment(character)) {
        this.isPlain = false;
        this.position++;
      } else {
        const end = this.joinsBlanks ? this.endOfBlanksInside(before) : 0;
        if (end === 0) break;
        this.position = end;
      }
    }
    return 'word';
  }

  /** Blanks around the dot of a key belong to it: `tags. a` is the tag ' a'. Behind them it must go on as a name. */
  private endOfBlanksInside(before: string): number {
    let end = this.position;
    while (end < this.text.length && isSpace(this.at(end))) end++;
    if (end === this.position) return 0;
    const next = this.at(end);
    if (next === '.') return end;
    if (before !== '.') return 0;
    // Quotes behind blanks do not enclose the key, they are part of it.
    if (next === '"' || next === '`') return Math.max(0, this.quotedEnd(end, next));
    const word = /^[\w\u00a1-\uffff]+/.exec(this.text.slice(end, end + 300))?.[0] ?? '';
    return word === '' || /^\d+$/.test(word) || keywords.has(word.toUpperCase()) ? 0 : end;
  }

  private startsComment(character: string): boolean {
    const next = this.at(this.position + 1);
    return (character === '-' && next === '-') || (character === '/' && next === '*');
  }
}

/**
 * Splits a filter or an order_by clause into tokens, white space left out. Never fails on what it finds in the text.
 * With `joinsBlanks`, as in filters, blanks around the dot of a key are part of the key.
 */
export function tokenize(text: string, { joinsBlanks = false } = {}): Token[] {
  if (text.length > maxSearchTextLength) {
    throw invalidParameter(
      `A search expression of ${text.length} characters exceeds the limit of ${maxSearchTextLength} characters.`,
    );
  }
  return new Scanner(text, joinsBlanks).scan();
}

const quotes = new Set(["'", '"', '`']);

/** The text without its quotes, if it is quoted at both ends by the same mark. Nothing inside is unescaped. */
export function stripQuotes(text: string): string {
  const first = text.charAt(0);
  return text.length > 1 && quotes.has(first) && text.endsWith(first) ? text.slice(1, -1) : text;
}
