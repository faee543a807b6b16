/** What a worker writes: kept, its last lines, and passed on. */

const keptLines = 100;
const keptLineLength = 2000;

export class WorkerLog {
  readonly #lines: string[] = [];
  readonly #passOn: (line: string) => void;

  constructor(passOn: (line: string) => void) {
    this.#passOn = passOn;
  }

  /** Resolves when the stream ends. */
  async take(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const piece of stream) {
      const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
      // A line without an end is not gathered without an end.
      rest = (lines.pop() ?? '').slice(-keptLineLength);
      for (const line of lines) this.#add(line);
    }
    if (rest !== '') this.#add(rest);
  }

  #add(line: string): void {
    this.#passOn(line);
    this.#lines.push(line.slice(0, keptLineLength));
    if (this.#lines.length > keptLines) this.#lines.shift();
  }

  text(): string {
    return this.#lines.join('\n');
  }
}
