import type { Progress } from '../transfer/transfer.ts';

/** Milliseconds between lines on a terminal, where each takes the place of the last, and elsewhere. */
const often = 500;
const seldom = 10_000;

/** On stderr: what is under way, how fast, and what is left. */
export class TransferProgress implements Progress {
  readonly #terminal = process.stderr.isTTY;
  #what = '';
  #total: number | undefined;
  #count = 0;
  #begin = 0;
  #told = 0;

  begin(what: string, total: number | undefined): void {
    this.end();
    [this.#what, this.#total, this.#count] = [what, total, 0];
    this.#begin = this.#told = performance.now();
  }

  one(): void {
    this.#count++;
    const now = performance.now();
    if (now < this.#told + (this.#terminal ? often : seldom)) return;
    this.#told = now;
    this.#say(this.#terminal ? '\r\x1b[K' : '', this.#terminal ? '' : '\n');
  }

  /** The last word on what was under way. */
  end(): void {
    if (this.#count > 0) this.#say(this.#terminal ? '\r\x1b[K' : '', '\n');
    this.#count = 0;
  }

  #say(before: string, after: string): void {
    const seconds = (performance.now() - this.#begin) / 1000;
    const rate = this.#count / Math.max(seconds, 0.001);
    const of = this.#total === undefined ? '' : ` of ${number(this.#total)}`;
    const left = this.#total === undefined ? 0 : (this.#total - this.#count) / rate;
    const rest = left >= 1 ? `, ${number(left)} s left` : '';
    process.stderr.write(`${before}  ${this.#what}: ${number(this.#count)}${of} (${number(rate)}/s${rest})${after}`);
  }
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}
