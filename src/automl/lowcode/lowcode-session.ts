/**
 * The steps of a person who tries models one by one on a prepared search. Each step makes trials, with their runs and
 * notebooks; each takes as long as its caller gives it.
 */
import { greaterIsBetter } from '../../protocol/automl-config.ts';
import { leaderboardOf, ranked } from '../../protocol/automl-leaderboard.ts';
import { automlTags } from '../../protocol/automl-record.ts';
import { notebookText } from '../../models/notebook/notebook.ts';
import { writeRanks } from '../engine/finish.ts';
import type { SearchParts } from '../engine/parts.ts';
import type { AutomlSession } from '../engine/session.ts';
import { metricsOf, runNotebook, type TrialLimits } from '../engine/trial-runner.ts';
import { SearchError } from '../engine/search-error.ts';
import type { FinishedTrial, Repetition, TrialPlan } from '../problem.ts';
import type { Proposal } from '../worker/worker.ts';
import { rowOf, type TrialRow } from './trial-row.ts';

export interface TuneWish {
  readonly rounds: number;
  /** Answers the trial that was given when none is better. */
  readonly keepBetter: boolean;
}

type Draft = Omit<TrialPlan, 'number'>;
type Params = Proposal['params'];

export class LowcodeSession {
  readonly #session: AutomlSession;
  readonly #parts: SearchParts;
  readonly #python: string;
  #ended = false;

  constructor(session: AutomlSession, parts: SearchParts, python: string) {
    this.#session = session;
    this.#parts = parts;
    this.#python = python;
  }

  /** Estimators that can be made, those that are known to do well first. */
  models(): string[] {
    const { problem, context } = this.#session;
    const known = problem.portfolio(context).map(({ estimator }) => estimator);
    return [...new Set([...known, ...Object.keys(problem.space(context))])];
  }

  /** One trial of each estimator, with the first configuration that is known for it. @returns those that ended well, best first */
  async compare(estimators: readonly string[], limits: TrialLimits): Promise<TrialRow[]> {
    const waiting = estimators.map((estimator) => this.#draft(estimator, this.#defaultsOf(estimator)));
    const found: FinishedTrial[] = [];
    const worker = async (): Promise<void> => {
      for (let draft = waiting.shift(); draft && !limits.signal.aborted; draft = waiting.shift()) {
        const { finished } = await this.#session.trial(draft, limits);
        if (finished) found.push(finished);
      }
    };
    await Promise.all(Array.from({ length: this.#session.resources.parallel }, worker));
    if (found.length === 0) throw new SearchError('no model was made: all failed, or there was no time.');
    return ranked(found, this.#session.config).map(rowOf);
  }

  async create(estimator: string, params: Params, limits: TrialLimits): Promise<TrialRow> {
    return rowOf(await this.#made(this.#draft(estimator, { ...this.#defaultsOf(estimator), ...params }), limits));
  }

  /** Lets the optimiser choose hyperparameters of a trial's estimator. */
  async tune(runId: string, { rounds, keepBetter }: TuneWish, limits: TrialLimits): Promise<TrialRow> {
    const base = this.#trial(runId);
    const { problem, context, config, workshop, resources } = this.#session;
    const space = problem.space(context)[base.estimator];
    if (!space) throw new SearchError(`there is nothing to tune of ${base.estimator}.`);
    const searcher = await this.#parts.searcher({
      python: this.#python,
      space: { [base.estimator]: space },
      seed: config.seed,
      greaterIsBetter: greaterIsBetter.has(config.primary_metric),
      environment: workshop.environment,
    });
    const found: FinishedTrial[] = keepBetter ? [base] : [];
    let left = rounds;
    try {
      await searcher.tell({ estimator: base.estimator, params: base.params }, base.validation);
      const worker = async (): Promise<void> => {
        while (left-- > 0 && !limits.signal.aborted && Date.now() < limits.deadline) {
          const proposal = await searcher.ask();
          if (!proposal) return;
          const { finished } = await this.#session.trial(this.#draft(base.estimator, proposal.params), limits);
          await searcher.tell(proposal, finished?.validation);
          if (finished) found.push(finished);
        }
      };
      await Promise.all(Array.from({ length: resources.parallel }, worker));
    } finally {
      await searcher.close();
    }
    const [best] = ranked(found, config);
    if (!best) throw new SearchError(`no configuration of ${base.estimator} ended well.`);
    return rowOf(best);
  }

  /** Many of one model. */
  async repeat(runId: string, how: Repetition, count: number, limits: TrialLimits): Promise<TrialRow> {
    const { problem, context } = this.#session;
    const plan = problem.repeatedPlan?.(this.#trial(runId), how, count, context);
    if (!plan) throw new SearchError('forecasts are not bagged or boosted.');
    return rowOf(await this.#made(plan, limits));
  }

  /** One model out of several trials. */
  async combine(kind: 'blend' | 'stack', runIds: readonly string[], limits: TrialLimits): Promise<TrialRow> {
    const trials = ranked(
      runIds.map((id) => this.#trial(id)),
      this.#session.config,
    );
    const { problem, context } = this.#session;
    const plan = problem.ensembles(trials, context).find((one) => one.kind === kind);
    if (!plan)
      throw new SearchError(
        `these trials cannot be made into a ${kind}: it takes two or more of different learners, no ensembles among them, and some hundred rows.`,
      );
    return rowOf(await this.#made(plan, limits));
  }

  /** A trial's model, fitted to all that it may see. */
  async finalize(runId: string, limits: TrialLimits): Promise<TrialRow> {
    const base = this.#trial(runId);
    const plan = this.#session.problem.finalPlan(base, this.#session.context);
    // It has been fitted to all that already.
    return rowOf(plan ? await this.#made(plan, limits) : base);
  }

  /** Scores trials by the test rows. @returns metrics by run id */
  async test(
    runIds: readonly string[],
    limits: TrialLimits,
  ): Promise<Record<string, Readonly<Record<string, number>>>> {
    const { problem, context, workshop, store, run } = this.#session;
    // A final model has been fitted to the test rows too: its score is that of the trial that it is made of.
    const bases = runIds.flatMap((id) => this.#trial(id).params['refit_of'] ?? []).map(String);
    const trials = [...new Set([...runIds, ...bases])].map((id) => this.#trial(id));
    const notebook = problem.testNotebook(trials, context);
    const end = await runNotebook(workshop, notebook, run.runId, limits, ['inference']);
    await store.upload(run, `${notebook.name}.ipynb`, end.text || notebookText(notebook.cells));
    if (end.status !== 'finished') throw new SearchError(`the test rows were not scored: ${end.message}`);
    const scores = (end.results['scores'] ?? {}) as Readonly<Record<string, unknown>>;
    const found = runIds.map((id) => [id, metricsOf(scores[id])] as const);
    for (const [id, metrics] of found) this.#session.addMetrics(id, metrics);
    return Object.fromEntries(found);
  }

  leaderboard() {
    return leaderboardOf(this.#session.trials, this.#session.config);
  }

  /** What a search leaves at its end; once. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const { store, run } = this.#session;
    await writeRanks(this.#session);
    await this.#session.phase('finished');
    await store.tag(run.runId, { [automlTags.message]: 'Made step by step.' });
    await store.end(run.runId, 'FINISHED');
  }

  async #made(draft: Draft, limits: TrialLimits): Promise<FinishedTrial> {
    const end = await this.#session.trial(draft, limits);
    if (end.finished) return end.finished;
    throw new SearchError(`${end.plan.name} failed: ${end.message}`, end.runId);
  }

  #trial(runId: string): FinishedTrial {
    const found = this.#session.trials.find((trial) => trial.runId === runId);
    if (found) return found;
    throw new SearchError(`the run ${runId} is no trial of this session.`);
  }

  #defaultsOf(estimator: string): Params {
    const { problem, context } = this.#session;
    const known = this.models();
    if (!known.includes(estimator)) {
      throw new SearchError(`there is no estimator '${estimator}' here. There are: ${known.join(', ')}.`);
    }
    return problem.portfolio(context).find((one) => one.estimator === estimator)?.params ?? {};
  }

  #draft(estimator: string, params: Params): Draft {
    const framework = this.#session.problem.frameworkOf(estimator);
    const name = estimator
      .replace(/(Classifier|Regressor)$/, '')
      .replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-')
      .toLowerCase();
    const kind = estimator.startsWith('Dummy') ? 'baseline' : 'search';
    return { name, kind, framework, estimator, params, bases: [] };
  }
}
