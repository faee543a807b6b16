/** What is tried next: the portfolio, then what the optimiser proposes. */
import type { FinishedTrial, ProblemKind, TrialPlan } from '../problem.ts';
import type { Proposal, Searcher } from '../worker/worker.ts';
import { Costs } from './costs.ts';
import type { TrialEnd } from './events.ts';

export type Draft = Omit<TrialPlan, 'number'>;

/** Failures in a row after which an estimator is tried no more. */
const mostFailures = 3;
/** Proposals in a row that would not fit into the time left. */
const mostRefused = 5;

export class PlanSource {
  readonly #problem: Pick<ProblemKind, 'frameworkOf'>;
  readonly #searcher: Searcher | undefined;
  readonly #note: (text: string) => void;
  readonly #waiting: (Proposal & { kind: 'baseline' | 'portfolio' })[];
  readonly #costs = new Costs();
  readonly #failures = new Map<string, number>();
  readonly #benched = new Set<string>();
  #broken = false;
  /** All that the optimiser could propose has been tried. */
  #usedUp = false;

  constructor(
    problem: Pick<ProblemKind, 'frameworkOf'>,
    portfolio: readonly (Proposal & { kind: 'baseline' | 'portfolio' })[],
    searcher: Searcher | undefined,
    note: (text: string) => void,
  ) {
    this.#problem = problem;
    this.#waiting = [...portfolio];
    this.#searcher = searcher;
    this.#note = note;
  }

  /** There will be nothing more, whatever comes. */
  get isEmpty(): boolean {
    return this.#waiting.length === 0 && (this.#searcher === undefined || this.#broken || this.#usedUp);
  }

  /**
   * @param left seconds that it may take
   * @returns undefined when there is nothing now
   */
  async next(left: number): Promise<Draft | undefined> {
    for (let known = this.#waiting.shift(); known; known = this.#waiting.shift()) {
      if (this.#fits(known.estimator, left)) return this.#draft(known, known.kind);
    }
    for (let refused = 0; refused < mostRefused; refused++) {
      const proposal = await this.#safely((searcher) => searcher.ask());
      if (!proposal) {
        this.#usedUp = true;
        return undefined;
      }
      if (this.#fits(proposal.estimator, left)) return this.#draft(proposal, 'search');
    }
    return undefined;
  }

  /** Learns from a trial of this search. */
  async learn(end: TrialEnd): Promise<void> {
    const { estimator } = end.plan;
    if (end.finished) {
      this.#failures.set(estimator, 0);
      await this.replay(end.finished);
      return;
    }
    if (end.cutOff) return;
    if (end.plan.kind !== 'baseline') await this.#safely((searcher) => searcher.tell(proposalOf(end.plan), undefined));
    const failures = (this.#failures.get(estimator) ?? 0) + 1;
    this.#failures.set(estimator, failures);
    if (failures !== mostFailures) return;
    this.#benched.add(estimator);
    this.#note(`${estimator} failed ${mostFailures} times in a row and is not tried any more: ${end.message}`);
    await this.#safely((searcher) => searcher.bench(estimator));
  }

  /** Learns from a trial of this search or of what is resumed, and does not try the same again. */
  async replay(trial: FinishedTrial): Promise<void> {
    this.#costs.add(trial.estimator, trial.seconds);
    const key = keyOf(trial);
    const at = this.#waiting.findIndex((one) => keyOf(one) === key);
    if (at >= 0) this.#waiting.splice(at, 1);
    if (trial.kind === 'portfolio' || trial.kind === 'search') {
      await this.#safely((searcher) => searcher.tell(proposalOf(trial), trial.validation));
    }
  }

  #fits(estimator: string, left: number): boolean {
    return !this.#benched.has(estimator) && (this.#costs.expected(estimator) ?? 0) <= left;
  }

  #draft({ estimator, params }: Proposal, kind: TrialPlan['kind']): Draft {
    const framework = this.#problem.frameworkOf(estimator);
    return { name: nameOf(kind, framework, estimator), kind, framework, estimator, params, bases: [] };
  }

  /** Without its optimiser a search goes on with what is known. */
  async #safely<T>(work: (searcher: Searcher) => Promise<T>): Promise<T | undefined> {
    if (!this.#searcher || this.#broken) return undefined;
    try {
      return await work(this.#searcher);
    } catch (error) {
      if (!this.#broken) this.#note(`The optimiser ended, nothing more is proposed: ${(error as Error).message}`);
      this.#broken = true;
      return undefined;
    }
  }
}

function proposalOf({ estimator, params }: Proposal): Proposal {
  return { estimator, params };
}

function keyOf({ estimator, params }: Proposal): string {
  return JSON.stringify([estimator, Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** Such as `random-forest`; a number is added to it. */
function nameOf(kind: TrialPlan['kind'], framework: string, estimator: string): string {
  if (kind === 'baseline') return kind;
  if (framework !== 'sklearn') return framework;
  const words = estimator.replace(/(Classifier|Regressor)$/, '').match(/[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+/g) ?? [];
  return words.join('-').toLowerCase();
}
