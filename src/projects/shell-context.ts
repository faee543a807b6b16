/**
 * Where in a shell's command line one is: a value is put there by a reference that fits the quotes around it, so that no
 * shell ever reads the value itself.
 */
export type Place =
  'command' | 'double' | 'single' | 'ansi' | 'comment' | 'document' | 'raw document' | 'arithmetic' | 'variable';

interface Frame {
  readonly place: Place;
  /** What ends it: a character, or the line that ends a here-document. */
  readonly end: string;
  /** Of a command: what of it has been read, with its quotes. */
  text: string;
  /** Of arithmetic: open brackets. */
  depth: number;
}

/** Programs that read their argument as a command line once more. */
const rereads = /(^|[\s(])(eval|(\S*\/)?(ba|da|z|k|a)?sh(\s+[-+]\S+)*\s+-[a-zA-Z]*c|ssh|su)(?=\s|$)/;
/** `[[ $a -eq $b ]]` and `let` calculate, and what is calculated may hold commands. */
const calculates = /(^|\s)(\[\[\s.*-(eq|ne|lt|le|gt|ge)\s*|\[\[\s*|let\s.*|(declare|typeset|local)\s+-\w*i.*)$/;

export class ShellContext {
  readonly #frames: Frame[] = [frame('command', '')];
  #documents: Frame[] = [];

  get place(): Place {
    return this.#top.place;
  }

  /** The text of the simple command around this place, up to it. */
  get command(): string {
    return this.#frames.findLast((one) => one.place === 'command')?.text ?? '';
  }

  /** Whether a shell reads this place once more. */
  get isReread(): boolean {
    return this.#frames.some((one) => one.place === 'command' && rereads.test(one.text));
  }

  get isCalculated(): boolean {
    return this.place === 'arithmetic' || (this.place === 'command' && calculates.test(this.command));
  }

  /** A value stands here. */
  value(): void {
    this.#note('x');
  }

  /** @param text of the command line, which goes on from the last */
  read(text: string): void {
    for (let at = 0; at < text.length;) {
      const rest = text.slice(at);
      const length = this.#step(rest);
      this.#note(rest.slice(0, length));
      at += length;
    }
  }

  get #top(): Frame {
    return this.#frames.at(-1) as Frame;
  }

  #note(text: string): void {
    const command = this.#frames.findLast((one) => one.place === 'command');
    if (command) command.text += text;
  }

  /** Reads what comes next. @returns its length */
  #step(rest: string): number {
    const top = this.#top;
    const { place, end } = top;
    if (place === 'single') return this.#until("'", rest);
    if (place === 'ansi') return rest.startsWith('\\') ? 2 : this.#until("'", rest);
    if (place === 'comment') return rest.startsWith('\n') ? this.#pop(0) : 1;
    if (place === 'raw document') return this.#documentEnds(rest, end) ?? 1;
    if (place === 'document') {
      const ended = this.#documentEnds(rest, end);
      if (ended !== undefined) return ended;
    }
    if (rest.startsWith('\\')) return 2;
    if (place === 'arithmetic') {
      if (rest.startsWith('(')) top.depth++;
      if (rest.startsWith(')') && --top.depth === 0) return this.#pop(1);
    }
    if (end !== '' && place !== 'document' && rest.startsWith(end)) return this.#pop(end.length);
    return this.#opens(rest) ?? (place === 'command' ? this.#word(rest, top) : 1);
  }

  /** What opens a place in any text that is expanded. */
  #opens(rest: string): number | undefined {
    if (rest.startsWith('$((')) return this.#push(frame('arithmetic', '', 2), 3);
    if (rest.startsWith('$(')) return this.#push(frame('command', ')'), 2);
    if (rest.startsWith('${')) return this.#push(frame('variable', '}'), 2);
    if (rest.startsWith('`')) return this.#push(frame('command', '`'), 1);
    if (rest.startsWith('"') && ['command', 'variable'].includes(this.place))
      return this.#push(frame('double', '"'), 1);
    return undefined;
  }

  #word(rest: string, top: Frame): number {
    if (rest.startsWith("$'")) return this.#push(frame('ansi', "'"), 2);
    if (rest.startsWith("'")) return this.#push(frame('single', "'"), 1);
    if (rest.startsWith('((') && top.text.trim() === '') return this.#push(frame('arithmetic', '', 2), 2);
    if (rest.startsWith('#') && /(^|[\s;&|(])$/.test(top.text)) return this.#push(frame('comment', '\n'), 1);
    const [all = '', , quote, , name = ''] = /^<<(-?)[ \t]*((['"\\])?)([^\s'";&|<>]+)['"]?/.exec(rest) ?? [];
    if (name !== '' && !rest.startsWith('<<<')) {
      this.#documents.push(frame(quote === '' ? 'document' : 'raw document', name));
      return all.length;
    }
    if (rest.startsWith('<<<')) return 3;
    if (rest.startsWith('(')) return this.#push(frame('command', ')'), 1);
    if (/^[;&|\n]/.test(rest)) top.text = '';
    if (rest.startsWith('\n')) {
      this.#frames.push(...this.#documents.splice(0).toReversed());
      return this.#documentEnds(`\n${rest.slice(1)}`, this.#top.end, 0) ?? 1;
    }
    return 1;
  }

  #until(end: string, rest: string): number {
    return rest.startsWith(end) ? this.#pop(end.length) : 1;
  }

  /** At the end of a line: whether the next is the one that ends the document. */
  #documentEnds(rest: string, name: string, least = 1): number | undefined {
    if (least === 0 && !['document', 'raw document'].includes(this.place)) return undefined;
    const line = /^\n[ \t]*(\S+)(?=\n|$)/.exec(rest);
    return line?.[1] === name ? this.#pop(line[0].length) : undefined;
  }

  #push(one: Frame, length: number): number {
    this.#frames.push(one);
    return length;
  }

  #pop(length: number): number {
    this.#frames.pop();
    return length;
  }
}

function frame(place: Place, end: string, depth = 0): Frame {
  return { place, end, text: '', depth };
}
