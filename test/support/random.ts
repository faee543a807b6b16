/** Numbers from a seed, so that a failed random test can be run again: print the seed in what is compared. */
export class Random {
  #state: number;

  constructor(readonly seed = Math.floor(Math.random() * 2 ** 31)) {
    this.#state = seed;
  }

  /** From 0 up to but not including `end`. */
  below(end: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * end);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }
}
