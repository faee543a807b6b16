import { TimeoutError } from './errors.ts';

/** A day: what is limited is standing still, not lasting long. */
const longest = 86_400_000;

/** Ends a transfer that stands still; one that moves may last as long as it needs. */
export class StallGuard {
  readonly #abort = new AbortController();
  readonly #limit: number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param limit milliseconds without a byte */
  constructor(limit: number) {
    this.#limit = limit;
    this.moved();
  }

  /** For the request that is guarded. */
  get options(): { signal: AbortSignal; timeout: number } {
    return { signal: this.#abort.signal, timeout: longest };
  }

  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#abort.abort(new TimeoutError(`Nothing was transferred for ${this.#limit} ms.`));
    }, this.#limit);
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
