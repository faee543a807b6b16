/** What a store says in the log while its writes are refused: one line at the first, one when they work again. */
import type { Logger } from './loggers.ts';

/** What must not be asked more often than this, in milliseconds: it writes. */
const betweenTries = 1000;

export class RefusedWrites {
  readonly #log: Logger;
  readonly #what: string;
  #reason: string | undefined;
  #count = 0;
  #since = 0;
  #tried = -Infinity;

  /** @param what is written, as in `the database` */
  constructor(log: Logger, what: string) {
    this.#log = log;
    this.#what = what;
  }

  /** @param advice what the operator can do, as sentences */
  refused(reason: string, advice: string, writes = 1): void {
    if (this.#reason === undefined) this.#since = Date.now();
    if (this.#reason !== reason) this.#log.error(`writes to ${this.#what} are refused: ${reason}. ${advice}`);
    this.#reason = reason;
    this.#count += writes;
  }

  worked(): void {
    if (this.#reason === undefined) return;
    const since = new Date(this.#since).toISOString();
    this.#log.info(`writes to ${this.#what} work again; ${this.#count} were refused since ${since}`);
    this.#reason = undefined;
    this.#count = 0;
  }

  /**
   * Why writes are refused now; undefined when they are not. While they are, one is tried to know, at most once a second.
   * @param attempt writes a little; it ends in `refused` or in `worked`
   */
  reason(attempt: () => void): string | undefined {
    if (this.#reason !== undefined && performance.now() - this.#tried >= betweenTries) {
      attempt();
      this.#tried = performance.now();
    }
    return this.#reason;
  }
}
