/** A search ends before its time when it has seen enough and nothing improves any more. */

const leastTrials = 40;
const withoutGain = 20;

export class EarlyStop {
  readonly #enabled: boolean;
  #trials = 0;
  #sinceGain = 0;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  add(gain: boolean): void {
    this.#trials++;
    this.#sinceGain = gain ? 0 : this.#sinceGain + 1;
  }

  /** Why it ends. */
  get reason(): string | undefined {
    if (!this.#enabled || this.#trials < leastTrials || this.#sinceGain < withoutGain) return undefined;
    return `Ended early: the last ${this.#sinceGain} of ${this.#trials} trials brought nothing better.`;
  }
}
