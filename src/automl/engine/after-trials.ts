/** How long what follows the trials will take, by what they took. */
import { costMetrics, isEnsemble } from '../../protocol/automl-record.ts';
import type { FinishedTrial } from '../problem.ts';

/** Of the fits that trials tell of: the final model gets more rows. */
const finalFactor = 2;
/** Notebooks of trials that take as long: it loads what many have left. */
const [ofAnEnsemble, ofTheTest] = [3, 1.5];
/** What is reckoned may take so much longer, on a machine that has other work too. */
const caution = 1.25;

export class AfterTrials {
  readonly #parallel: number;
  /** Seconds that a notebook takes beside its fits: the start, what it logs, its plots. */
  readonly overhead: number;
  /** The same of a middling one, from the first trial on: what has to be expected on a machine that is slow at times. */
  readonly #usual: number;

  constructor(trials: readonly FinishedTrial[], parallel: number) {
    this.#parallel = parallel;
    // What is made of others bears the fits of these, which its own seconds have not in them.
    const singles = trials.filter(({ kind }) => !isEnsemble(kind) && kind !== 'final');
    const all = singles
      .map(({ seconds, metrics }) => Math.max(seconds - (metrics[costMetrics.fitSeconds] ?? 0), 0))
      .toSorted((a, b) => a - b);
    // The least: the first ones start with cold caches, and where few end in time each of them counts.
    this.overhead = all[0] ?? 0;
    this.#usual = all[Math.floor(all.length / 2)] ?? 0;
  }

  /** Seconds that the final model of a trial takes, or of several that are combined: members are fitted side by side. */
  finalSeconds(bases: readonly FinishedTrial[]): number {
    const fits = bases.reduce((sum, { metrics }) => sum + (metrics[costMetrics.fitSeconds] ?? 0), 0);
    const hasMembers = bases.length > 1 || bases.some(({ kind }) => isEnsemble(kind));
    return (fits * finalFactor) / (hasMembers ? this.#parallel : 1) + this.overhead;
  }

  /** At least, for so many ensembles, and for the test scores where no core is left for them beside the final model. */
  besidesFinal(ensembles: number): number {
    return this.#rounds(ensembles) * this.overhead;
  }

  /**
   * Seconds to keep for so many ensembles, the final model of these and its test scores: as middling notebooks take them.
   * What trials would gain in the difference is less than what is lost where an ensemble does not end.
   */
  reservedSeconds(ensembles: number, bases: readonly FinishedTrial[]): number {
    return (this.#rounds(ensembles) + 1) * this.#usual + this.finalSeconds(bases) - this.overhead;
  }

  /** Seconds for the test scores, where nothing runs beside them. */
  get testSeconds(): number {
    return ofTheTest * this.overhead;
  }

  /** Whether so many ensembles and a final model, were it that of this trial alone, may not end in so many seconds. */
  mayNotSuffice(left: number, ensembles: number, best: FinishedTrial): boolean {
    const fit = (best.metrics[costMetrics.fitSeconds] ?? 0) * finalFactor;
    return left < caution * ((this.#rounds(ensembles) + 1) * this.#usual + fit);
  }

  /**
   * As many as there is time for, the first ones.
   *
   * @param left seconds for them and their final model
   * @param of gives up to `most` of members that are fitted in so many seconds, best first
   */
  ensemblesInTime<Draft>(left: number, most: number, of: (fitSeconds: number) => readonly Draft[]): readonly Draft[] {
    for (let count = most; count > 0; count--) {
      const found = of(this.#fitSeconds(left, count)).slice(0, count);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** Of members that are still fitted to all rows when so many ensembles have been made. @param left seconds for all that */
  #fitSeconds(left: number, ensembles: number): number {
    return (Math.max(left - this.besidesFinal(ensembles) - this.overhead, 0) * this.#parallel) / finalFactor;
  }

  /** Notebooks of trials that take as long as these ensembles, and the test where it goes before the final model. */
  #rounds(ensembles: number): number {
    return ofAnEnsemble * Math.ceil(ensembles / this.#parallel) + (this.#parallel === 1 ? ofTheTest : 0);
  }
}
