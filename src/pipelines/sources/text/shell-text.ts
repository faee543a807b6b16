/** The text of a shell script in its parts: what is in quotes, what is a comment, what is a here-document. */

export interface ShellPart {
  /** `document` is expanded as in double quotes, `literal` is not, as in single quotes. */
  readonly type: 'plain' | 'single' | 'double' | 'comment' | 'document' | 'literal';
  readonly text: string;
  readonly isClosed: boolean;
}

interface HereDocument {
  readonly end: string;
  readonly isLiteral: boolean;
  readonly isIndented: boolean;
}

export function shellParts(text: string): ShellPart[] {
  return new ShellReader(text).read();
}

class ShellReader {
  readonly #text: string;
  readonly #parts: ShellPart[] = [];
  /** What is open: a quote, or what ends a command within it. */
  readonly #open: string[] = [];
  #documents: HereDocument[] = [];
  #start = 0;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): ShellPart[] {
    while (this.#at < this.#text.length) {
      if (this.#open.at(-1) === '"') this.#quoted();
      else this.#plain();
    }
    this.#close(this.#open.at(-1) === '"' ? 'double' : 'plain', this.#text.length, false);
    return this.#parts;
  }

  #quoted(): void {
    const char = this.#text[this.#at] ?? '';
    if (char === '\\') this.#at += 2;
    else if (char === '"') {
      this.#close('double', this.#at + 1);
      this.#open.pop();
    } else if (!this.#command('double')) this.#at++;
  }

  #plain(): void {
    const [char, rest] = [this.#text[this.#at] ?? '', this.#text.slice(this.#at, this.#at + 80)];
    const document = /^<<(-?)[ \t]*(?:'([^'\n]+)'|"([^"\n]+)"|\\?([^\s\d;&|<>()'"][^\s;&|<>()'"]*))/.exec(rest);
    if (char === '\\') this.#at += 2;
    else if (char === "'") this.#single(/'/g);
    else if (char === '"') {
      this.#close('plain', this.#at);
      this.#open.push('"');
      this.#at++;
    } else if (rest.startsWith("$'")) this.#single(/(?<=(?:^|[^\\])(?:\\\\)*)'/g);
    else if (rest.startsWith('<<<')) this.#at += 3;
    else if (document) {
      const [whole, dash, single, double, bare = ''] = document;
      const isLiteral = single !== undefined || double !== undefined || whole.includes('\\');
      this.#documents.push({ end: single ?? double ?? bare, isLiteral, isIndented: dash === '-' });
      this.#at += whole.length;
    } else if (char === '#' && /(^|[\s;&|()])$/.test(this.#text.slice(Math.max(0, this.#at - 1), this.#at))) {
      this.#close('plain', this.#at);
      const end = this.#indexOf('\n');
      this.#close('comment', end, end < this.#text.length);
    } else if (char === '\n' && this.#documents.length > 0) {
      this.#at++;
      this.#close('plain', this.#at);
      for (const one of this.#documents.splice(0)) this.#document(one);
    } else if (char === this.#open.at(-1)) {
      this.#open.pop();
      this.#at++;
      // Of a command in quotes: it goes on in them.
      if (this.#open.at(-1) === '"') this.#close('plain', this.#at);
    } else if (char === '(') {
      this.#open.push(')');
      this.#at++;
    } else if (!this.#command('plain')) this.#at++;
  }

  /** `$(…)` and those between backticks are read as commands, within quotes too. */
  #command(type: 'double' | 'plain'): boolean {
    const start = this.#text.startsWith('$(', this.#at) ? '$(' : this.#text[this.#at] === '`' ? '`' : undefined;
    if (start === undefined) return false;
    this.#close(type, this.#at);
    this.#open.push(start === '`' ? '`' : ')');
    this.#at += start.length;
    return true;
  }

  #single(end: RegExp): void {
    this.#close('plain', this.#at);
    end.lastIndex = this.#text.indexOf("'", this.#at) + 1;
    const found = end.exec(this.#text);
    this.#close('single', found ? found.index + 1 : this.#text.length, found !== null);
  }

  #document({ end, isLiteral, isIndented }: HereDocument): void {
    const type = isLiteral ? 'literal' : 'document';
    for (let line = this.#at; line < this.#text.length;) {
      const next = this.#text.indexOf('\n', line);
      const stop = next < 0 ? this.#text.length : next + 1;
      const words = this.#text.slice(line, next < 0 ? stop : next);
      if ((isIndented ? words.replace(/^\t+/, '') : words) === end) {
        this.#close(type, stop);
        return;
      }
      line = stop;
    }
    // Nothing of it may be there yet.
    this.#parts.push({ type, text: this.#text.slice(this.#at), isClosed: false });
    this.#start = this.#text.length;
    this.#at = this.#text.length;
  }

  #indexOf(text: string): number {
    const found = this.#text.indexOf(text, this.#at);
    return found < 0 ? this.#text.length : found;
  }

  #close(type: ShellPart['type'], end: number, isClosed = true): void {
    if (end > this.#start) this.#parts.push({ type, text: this.#text.slice(this.#start, end), isClosed });
    this.#start = end;
    this.#at = end;
  }
}

/** Without comments, empty lines and indentation. */
export function normalisedShell(text: string): string {
  let kept = '';
  let plain = '';
  const flush = (): void => {
    kept += plain.replace(/[ \t]+/g, ' ').replace(/ ?\n\s*/g, '\n');
    plain = '';
  };
  for (const { type, text: one } of shellParts(text)) {
    if (type === 'plain') plain += one;
    else if (type !== 'comment') {
      flush();
      kept += one;
    }
  }
  flush();
  return kept.trim();
}
