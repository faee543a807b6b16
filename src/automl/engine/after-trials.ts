/** How long what follows the trials will take, by what they took. */
import { costMetrics, isEnsemble } from '../../protocol/automl-record.ts';
import type { FinishedTrial } from '../problem.ts';

/** Of the fits that trials tell of: the final model gets more rows. */
const finalFactor = 2;
/** Notebooks of trials that take as long: it loads what many have left. */
const [ofAnEnsemble, ofTheTest] = [3, 1.5];
/** Trials from which on it is known what one takes. */
const leastSeen = 3;

export class AfterTrials {
  readonly #parallel: number;
  /** Seconds that a notebook takes beside its fits: the start, what it logs, its plots. */
  readonly overhead: number;

  constructor(trials: readonly FinishedTrial[], parallel: number) {
    this.#parallel = parallel;
    // What is made of others bears the fits of these, which its own seconds have not in them.
    const singles = trials.filter(({ kind }) => !isEnsemble(kind) && kind !== 'final');
    const all = singles.map(({ seconds, metrics }) => seconds - (metrics[costMetrics.fitSeconds] ?? 0));
    // The first ones start with cold caches.
    this.overhead = all.length < leastSeen ? 0 : Math.max(Math.min(...all), 0);
  }

  /** Seconds that the final model of a trial takes, or of several that are combined: members are fitted side by side. */
  finalSeconds(bases: readonly FinishedTrial[]): number {
    const fits = bases.reduce((sum, { metrics }) => sum + (metrics[costMetrics.fitSeconds] ?? 0), 0);
    const hasMembers = bases.length > 1 || bases.some(({ kind }) => isEnsemble(kind));
    return (fits * finalFactor) / (hasMembers ? this.#parallel : 1) + this.overhead;
  }

  /** Seconds for so many ensembles, and for the test scores where no core is left for them beside the final model. */
  besidesFinal(ensembles: number): number {
    const rounds = ofAnEnsemble * Math.ceil(ensembles / this.#parallel) + (this.#parallel === 1 ? ofTheTest : 0);
    return rounds * this.overhead;
  }

  /** Of members that are still fitted to all rows when so many ensembles have been made. @param left seconds for all that */
  fitSeconds(left: number, ensembles: number): number {
    return (Math.max(left - this.besidesFinal(ensembles) - this.overhead, 0) * this.#parallel) / finalFactor;
  }
}
