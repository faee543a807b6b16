/** The time of a search: when trials end, so that enough is left for what follows them, and when all ends. */
import { delayUntil, longestDelay } from '../../common/timer.ts';

const second = 1000;
/** Of the budget, for ensembles, the final model and its test scores. */
const reservedPart = 0.15;
const [leastReserved, mostReserved] = [8 * second, 60 * second];
/** At most so much of the budget is reserved. */
export const mostPart = 0.3;
/** What is kept while nothing has been found yet that could be combined, fitted again or tested: for the ranks. */
const forRanks = 2 * second;
/** The command may end so long after its time; then nothing is waited for any more. */
const [gracePart, leastGrace, mostGrace] = [0.02, 10 * second, 30 * second];
/** Of that, for what is worth it: what hangs is given up five seconds later, and the ranks are still to be written. */
const worthIt = 0.4;

export class SearchClock {
  readonly begun: number;
  /** Of trials; they end with the search, or before when a person wants that. */
  readonly #trials = new AbortController();
  readonly #all = new AbortController();
  #deadline: number;
  #reserve: number;
  #needed = 0;
  #isTimeUp = false;
  #waitsForModel = false;
  #timer: Timer | undefined;
  #lastTimer: Timer | undefined;

  /** @param milliseconds for all */
  constructor(milliseconds: number, begun = Date.now()) {
    this.begun = begun;
    this.#deadline = begun + milliseconds;
    this.#reserve = reserveOf(milliseconds, 0);
    this.#arm();
  }

  /** When the command shall have ended. */
  get deadline(): number {
    return this.#deadline;
  }

  /** When the last trial ends. */
  get trialsEnd(): number {
    const kept = this.#waitsForModel ? Math.min(this.#reserve, forRanks) : this.#reserve;
    return this.#deadline - kept;
  }

  /** When nothing is waited for any more. */
  get hardEnd(): number {
    return this.#deadline + this.#grace;
  }

  /** Until when work may take that is worth more than to be in time. */
  get lateEnd(): number {
    return this.#deadline + this.#grace * worthIt;
  }

  get #grace(): number {
    return Math.min(Math.max(this.budget * gracePart, leastGrace), mostGrace);
  }

  get reserve(): number {
    return this.#reserve;
  }

  /** Milliseconds in which trials may begin. */
  get left(): number {
    return this.#trials.signal.aborted ? 0 : Math.max(this.#deadline - this.#reserve - Date.now(), 0);
  }

  get budget(): number {
    return this.#deadline - this.begun;
  }

  /** Whether the trials ended by their time, and not since somebody wanted that. */
  get isTimeUp(): boolean {
    return this.#isTimeUp;
  }

  /** Aborted when the trials' time is up. */
  get trialsOver(): AbortSignal {
    return this.#trials.signal;
  }

  /** Aborted when nothing may go on. */
  get over(): AbortSignal {
    return this.#all.signal;
  }

  /** Does nothing once the trials have ended. @param deadline a time to come */
  move(deadline: number): void {
    if (this.#trials.signal.aborted) return;
    this.#deadline = deadline;
    this.#reserve = reserveOf(this.budget, this.#needed);
    this.#arm();
  }

  /** Reserves more when what follows the trials takes longer than usual. @param milliseconds at least */
  need(milliseconds: number): void {
    if (this.#trials.signal.aborted) return;
    this.#needed = milliseconds;
    this.#reserve = reserveOf(this.budget, milliseconds);
    this.#arm();
  }

  /** Until a model is found, trials that have begun may take the time of what would follow. */
  waitForModel(): void {
    this.#waitsForModel = true;
    if (!this.#trials.signal.aborted) this.#arm();
  }

  modelFound(): void {
    if (!this.#waitsForModel) return;
    this.#waitsForModel = false;
    if (!this.#trials.signal.aborted) this.#arm();
  }

  /** Ends the trials now; what follows gets the time reserved for it, and not more than was left. @param most milliseconds */
  endTrials(most = this.#reserve): void {
    if (this.#trials.signal.aborted) return;
    this.#deadline = Math.min(this.#deadline, Date.now() + Math.min(this.#reserve, most));
    this.#trials.abort();
    this.#arm();
  }

  /** Ends all. */
  endAll(): void {
    this.#trials.abort();
    this.#all.abort();
    this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#lastTimer);
  }

  #timeUp(): void {
    this.#isTimeUp = !this.#trials.signal.aborted;
    this.endTrials();
  }

  #arm(): void {
    this.close();
    const [trials, all] = [delayUntil(this.trialsEnd), delayUntil(this.hardEnd)];
    // One that waited as long as it can has not waited long enough.
    this.#timer = setTimeout(() => (trials === longestDelay ? this.#arm() : this.#timeUp()), trials);
    this.#lastTimer = setTimeout(() => (all === longestDelay ? this.#arm() : this.endAll()), all);
  }
}

function reserveOf(milliseconds: number, needed: number): number {
  const usual = Math.min(Math.max(milliseconds * reservedPart, leastReserved), mostReserved);
  return Math.min(Math.max(usual, needed), milliseconds * mostPart);
}
