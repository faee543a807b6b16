/** What a worker writes: kept, its last lines, and passed on. */
import { linesOf } from '../common/lines.ts';

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
    for await (const line of linesOf(stream, { cut: (line) => line.slice(-keptLineLength) })) this.#add(line);
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
