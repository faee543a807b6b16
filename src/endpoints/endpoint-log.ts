/** The log of an endpoint: two files that take turns, so that it never grows beyond a bound, and outlives the server. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { serverLog } from '../logging/loggers.ts';

export interface LogLine {
  readonly id: number;
  readonly time: number;
  /** Who wrote it: a version's URI, or `endpoint`. */
  readonly source: string;
  readonly text: string;
}

/** Bytes of one of the two files. */
const longestFile = 1_000_000;

export class EndpointLog {
  readonly #file: string;
  #last = 0;
  #size = 0;

  constructor(folder: string) {
    this.#file = join(folder, 'log');
    try {
      mkdirSync(folder, { recursive: true });
      this.#size = existsSync(this.#file) ? statSync(this.#file).size : 0;
      // Half a line, which a killed server leaves, is a line of its own, and none that counts.
      if (this.#size > 0 && !readFileSync(this.#file, 'utf8').endsWith('\n')) appendFileSync(this.#file, '\n');
      this.#last = this.lines({ most: 1 }).at(-1)?.id ?? 0;
    } catch (error) {
      serverLog.error(`the log ${this.#file} cannot be written`, error);
    }
  }

  add(source: string, text: string): void {
    const line = `${++this.#last}\t${Date.now()}\t${source}\t${text.replaceAll(/[\r\n]+/g, ' ')}\n`;
    try {
      if (this.#size > longestFile) {
        renameSync(this.#file, `${this.#file}.1`);
        this.#size = 0;
      }
      // At once, so that it is there after a crash too; lines are few.
      appendFileSync(this.#file, line);
      this.#size += Buffer.byteLength(line);
    } catch {
      // On a full disk the model goes on; its lines are lost.
    }
  }

  /** The last ones, in order. */
  lines({ most, since = 0, afterId = 0 }: { most: number; since?: number; afterId?: number }): LogLine[] {
    const found: LogLine[] = [];
    for (const file of [this.#file, `${this.#file}.1`]) {
      if (found.length >= most || !existsSync(file)) break;
      const texts = readFileSync(file, 'utf8').split('\n');
      for (let at = texts.length - 1; at >= 0 && found.length < most; at--) {
        const line = parsed(texts[at] ?? '');
        if (!line) continue;
        if (line.id <= afterId || line.time < since) return found.reverse();
        found.push(line);
      }
    }
    return found.reverse();
  }
}

/** Undefined for half a line. */
function parsed(text: string): LogLine | undefined {
  const [id = '', time = '', source = '', ...rest] = text.split('\t');
  return rest.length === 0 ? undefined : { id: Number(id), time: Number(time), source, text: rest.join('\t') };
}

export function removeLog(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
