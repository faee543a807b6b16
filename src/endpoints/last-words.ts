/** What a process said last tells why it ended: a line, or a message of our own program with all of its lines. */
const own = 'modelyard: ';
/** Lines of a message; what goes on for longer is no message. */
const most = 5;

export class LastWords {
  #lines: readonly string[] = [];

  hear(line: string): void {
    const goesOn = this.#lines[0]?.startsWith(own) && !line.startsWith(own) && this.#lines.length < most;
    this.#lines = goesOn ? [...this.#lines, line.trim()] : [line];
  }

  forget(): void {
    this.#lines = [];
  }

  /** A sentence to add to another; empty for a process that said nothing. */
  told(): string {
    const words = this.#lines.join(' ');
    return words === '' ? '' : ` Its last words: ${words.startsWith(own) ? words.slice(own.length) : words}`;
  }
}
