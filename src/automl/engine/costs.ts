/** What trials of an estimator took so far, for what the next will take. */

const remembered = 5;

export class Costs {
  readonly #seconds = new Map<string, number[]>();

  add(estimator: string, seconds: number): void {
    const all = this.#seconds.get(estimator) ?? [];
    this.#seconds.set(estimator, [...all, seconds].slice(-remembered));
  }

  /** Seconds; undefined for an estimator that has not been tried. */
  expected(estimator: string): number | undefined {
    return median(this.#seconds.get(estimator) ?? []);
  }
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
