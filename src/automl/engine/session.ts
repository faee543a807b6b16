/**
 * A prepared search: its run on the server, its data, its warm Python. Trials are run on it one by one; the search itself
 * stands on this, and whoever wants single trials.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { automlTags, bestMetric, costMetrics, searchFiles, type AutomlPhase } from '../../protocol/automl-record.ts';
import { isBetter, ranked } from '../../protocol/automl-leaderboard.ts';
import type { FinishedTrial, ProblemKind, SearchContext, TrialPlan } from '../problem.ts';
import { notebookText } from '../../models/notebook/notebook.ts';
import { AfterTrials } from './after-trials.ts';
import type { SearchClock } from './clock.ts';
import type { SearchEvents, TrialEnd } from './events.ts';
import type { Draft } from './plan-source.ts';
import type { Resources } from './resources.ts';
import type { Earlier } from './resume.ts';
import type { StoredRun, TrackingStore } from './tracking-store.ts';
import { runNotebook, runTrial, type TrialLimits, type Workshop } from './trial-runner.ts';

/** Notebooks that run beside the final model: that of the test. */
const besides = 1;

export interface SessionParts {
  readonly config: AutomlConfig;
  readonly problem: ProblemKind;
  readonly clock: SearchClock;
  readonly store: TrackingStore;
  readonly run: StoredRun;
  readonly resources: Resources;
  readonly events: SearchEvents;
  readonly workshop: Workshop;
}

export class AutomlSession {
  readonly config: AutomlConfig;
  readonly problem: ProblemKind;
  readonly context: SearchContext;
  readonly clock: SearchClock;
  readonly store: TrackingStore;
  readonly run: StoredRun;
  readonly resources: Resources;
  readonly events: SearchEvents;
  readonly workshop: Workshop;
  readonly #finished: FinishedTrial[] = [];
  readonly #failed: TrialEnd[] = [];
  readonly #warnings: string[] = [];
  #killed = 0;
  #number = 0;
  #explored = false;

  constructor({ config, problem, clock, store, run, resources, events, workshop }: SessionParts) {
    this.config = config;
    this.problem = problem;
    this.clock = clock;
    this.store = store;
    this.run = run;
    this.resources = resources;
    this.events = events;
    this.workshop = workshop;
    this.context = workshop.context;
  }

  /** Best first. */
  get trials(): FinishedTrial[] {
    return ranked(this.#finished, this.config);
  }

  get best(): FinishedTrial | undefined {
    return this.trials[0];
  }

  /** Whether anything but the baseline has ended well. */
  get hasModel(): boolean {
    return this.#finished.some(({ kind }) => kind !== 'baseline');
  }

  /** Those that did not end because of themselves. */
  get failed(): readonly TrialEnd[] {
    return this.#failed;
  }

  /** How many trials had not ended when the search did. */
  get killed(): number {
    return this.#killed;
  }

  /** What was left out that the result is worse for, sentence by sentence. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** The data exploration is there. */
  get explored(): boolean {
    return this.#explored;
  }

  warn(text: string): void {
    this.#warnings.push(text);
  }

  /** Takes over what a search that goes on has. */
  restore({ trials, number, explored }: Earlier): void {
    this.#finished.push(...trials);
    this.#number = number;
    this.#explored = explored;
  }

  /** What will follow the trials so far. */
  get after(): AfterTrials {
    return new AfterTrials(this.#finished, this.resources.parallel);
  }

  /** What is made of the trials; with the seconds that are left: of those that can still be fitted to all rows after that. */
  ensembles(left = Infinity): readonly Draft[] {
    const { problem, context, trials, after } = this;
    const all = problem.ensembles(trials, context);
    if (left === Infinity) return all;
    return after.ensemblesInTime(left, all.length, (seconds) => problem.ensembles(trials, context, seconds));
  }

  /** What is learnt of a trial later, such as its test scores. */
  addMetrics(runId: string, metrics: Readonly<Record<string, number>>): void {
    const at = this.#finished.findIndex((trial) => trial.runId === runId);
    const trial = this.#finished[at];
    if (trial) this.#finished[at] = { ...trial, metrics: { ...trial.metrics, ...metrics } };
  }

  async trial(draft: Draft, limits: TrialLimits): Promise<TrialEnd> {
    const number = ++this.#number;
    const plan: TrialPlan = { ...draft, number, name: `${draft.name}-${number}` };
    this.events.trialBegan(plan);
    const workshop = plan.kind === 'final' ? this.#alone : this.workshop;
    const notebook = this.problem.trialNotebook(plan, workshop.context);
    const end = await runTrial(workshop, plan, notebook, limits);
    if (end.finished) await this.#keep(end.finished);
    else if (end.cutOff) this.#killed++;
    else this.#failed.push(end);
    this.events.trialEnded(end);
    return end;
  }

  async phase(phase: AutomlPhase): Promise<void> {
    this.events.phase(phase);
    await this.store.tag(this.run.runId, { [automlTags.phase]: phase });
  }

  /** Looks at the data, in a run of its own beside the trials. A failure is told and holds nothing up. */
  async explore(limits: TrialLimits): Promise<void> {
    const notebook = this.problem.explorationNotebook(this.context);
    const run = await this.store.createRun('data-exploration', {
      'mlflow.parentRunId': this.run.runId,
      'mlflow.source.name': 'Notebook: DataExploration',
      'mlflow.source.type': 'NOTEBOOK',
      [automlTags.role]: 'exploration',
    });
    const end = await runNotebook(this.workshop, notebook, run.runId, limits);
    const text = end.text || notebookText(notebook.cells);
    await this.store.upload(run, searchFiles.explorationNotebook, text);
    await this.store.upload(this.run, searchFiles.explorationNotebook, text);
    await this.store.metrics(run.runId, { [costMetrics.trialSeconds]: end.seconds });
    if (end.status === 'finished') return this.store.end(run.runId, 'FINISHED');
    await this.store.tag(run.runId, { [automlTags.failure]: end.status, [automlTags.message]: end.message });
    if (end.traceback !== '') await this.store.upload(run, 'error.txt', end.traceback);
    if (limits.signal.aborted) this.warn('The data exploration is not whole: it had not ended when the trials did.');
    else this.events.note(`The data exploration did not end well: ${end.message}`);
    await this.store.end(run.runId, limits.signal.aborted ? 'KILLED' : 'FAILED');
  }

  /** For what runs when no trials do: members of an ensemble are fitted side by side. */
  get #alone(): Workshop {
    const { parallel, threads, memory } = this.resources;
    const shares = Math.max(parallel - besides, 1);
    return {
      ...this.workshop,
      context: { ...this.context, threads: threads * parallel },
      memory: memory * shares,
    };
  }

  #reserve(): void {
    const { after } = this;
    const ensembles = this.ensembles();
    const bases = ensembles[0]?.bases ?? this.trials.slice(0, 1);
    this.clock.need(after.reservedSeconds(ensembles.length, bases) * 1000);
  }

  async #keep(trial: FinishedTrial): Promise<void> {
    const { store, run, config } = this;
    // The first in rank may have another number: an ensemble stands before singles that seem a little better.
    const gains = this.#finished.every((other) => isBetter(trial.validation, other.validation, config));
    this.#finished.push(trial);
    this.#reserve();
    if (this.hasModel) this.clock.modelFound();
    if (gains) await store.metrics(run.runId, { [bestMetric]: trial.validation }, trial.number);
    if (this.best === trial) await store.tag(run.runId, { [automlTags.best]: trial.runId });
  }
}

/** Below which a search keeps what can be made again: the prepared data. */
export function searchFolder(cache: string, runId: string): string {
  const folder = join(cache, runId);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
