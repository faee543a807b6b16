/** Mean and standard deviation of what comes one by one, with how many values were no finite number. */
import { fromStoredValue } from './shown-number.ts';

/** The greatest power of two that a double holds. */
const greatestPower = 1023;

/**
 * In one pass, after Welford: no great sums that cancel out. Values count in units of a power of two near the greatest
 * of them, which costs no digit, so that the square of 1e200 is no infinity and that of 1e-200 no zero.
 */
export class MetricSpread {
  #count = 0;
  #notFinite = 0;
  #unit = 0;
  #mean = 0;
  #squares = 0;
  #min = Infinity;
  #max = -Infinity;

  /** @param stored as columns of SQL have it: NaN is text, and null where a run has no value */
  add(stored: string | number | null | undefined): void {
    if (stored === null || stored === undefined) return;
    const value = typeof stored === 'number' ? fromStoredValue(stored) : NaN;
    if (!Number.isFinite(value)) {
      this.#notFinite++;
      return;
    }
    this.#widen(Math.abs(value));
    const inUnits = this.#unit === 0 ? 0 : value / this.#unit;
    const before = inUnits - this.#mean;
    this.#mean += before / ++this.#count;
    this.#squares += before * (inUnits - this.#mean);
    this.#min = Math.min(this.#min, value);
    this.#max = Math.max(this.#max, value);
  }

  #widen(size: number): void {
    if (size <= this.#unit) return;
    const unit = 2 ** Math.min(greatestPower, Math.ceil(Math.log2(size)));
    const shrinks = this.#unit / unit;
    this.#mean *= shrinks;
    this.#squares *= shrinks * shrinks;
    this.#unit = unit;
  }

  toMessage() {
    const count = this.#count;
    const counts = { count, not_finite: this.#notFinite };
    if (count === 0) return counts;
    const std = count > 1 ? Math.sqrt(this.#squares / (count - 1)) : 0;
    return {
      ...counts,
      mean: this.#mean * this.#unit,
      // Of the two greatest doubles of opposite signs it is more than any double.
      std: Math.min(Number.MAX_VALUE, std * this.#unit),
      min: this.#min,
      max: this.#max,
    };
  }
}
