/**
 * The steps of a person who tries models one by one on a prepared search. Each step makes trials, with their runs and
 * notebooks; each takes as long as its caller gives it.
 */
import { automlMetrics, greaterIsBetter, type AutomlMetric } from '../../protocol/automl-config.ts';
import { leaderboardOf, ranked } from '../../protocol/automl-leaderboard.ts';
import { automlTags, metricNameOf } from '../../protocol/automl-record.ts';
import { measureByTest, shareTestScores, testScores, writeRanks } from '../engine/finish.ts';
import { inParallel } from '../engine/in-parallel.ts';
import type { SearchParts } from '../engine/parts.ts';
import type { AutomlSession } from '../engine/session.ts';
import type { TrialLimits } from '../engine/trial-runner.ts';
import { SearchError } from '../engine/search-error.ts';
import type { Combination, Derivation, FinishedTrial, TrialPlan } from '../problem.ts';
import { pipelineParams } from '../tabular/preparation.ts';
import type { Proposal } from '../worker/worker.ts';
import { rowOf, type TrialRow } from './trial-row.ts';

export interface TuneWish {
  readonly rounds: number;
  /** What configurations are compared by; undefined: the metric of the session. */
  readonly metric?: string | undefined;
  /** Answers the trial that was given when none is better. */
  readonly keepBetter: boolean;
}

type Draft = Omit<TrialPlan, 'number'>;
type Params = Proposal['params'];

export class LowcodeSession {
  readonly #session: AutomlSession;
  readonly #parts: SearchParts;
  readonly #python: string;
  #preparation: Params = {};
  #ended = false;

  constructor(session: AutomlSession, parts: SearchParts, python: string) {
    this.#session = session;
    this.#parts = parts;
    this.#python = python;
  }

  /** Hyperparameters of the pipeline that all models have from now on. */
  prepare(params: Params): void {
    this.#preparation = params;
  }

  /** Estimators that can be made, those that are known to do well first. */
  models(): string[] {
    const { problem, context } = this.#session;
    const known = problem.portfolio(context).map(({ estimator }) => estimator);
    return [...new Set([...known, ...Object.keys(problem.space(context))])];
  }

  /** One trial of each estimator, with the first configuration that is known for it. @returns those that ended well, best first */
  async compare(estimators: readonly string[], limits: TrialLimits): Promise<TrialRow[]> {
    const drafts = estimators.map((estimator) => this.#draft(estimator, this.#defaultsOf(estimator)));
    const found: FinishedTrial[] = [];
    await inParallel(drafts, this.#session.resources.parallel, async (draft) => {
      if (limits.signal.aborted) return;
      const { finished } = await this.#session.trial(draft, limits);
      if (finished) found.push(finished);
    });
    if (found.length === 0) throw new SearchError('no model was made: all failed, or there was no time.');
    return ranked(found, this.#session.config).map(rowOf);
  }

  async create(estimator: string, params: Params, limits: TrialLimits): Promise<TrialRow> {
    return rowOf(await this.#made(this.#draft(estimator, { ...this.#defaultsOf(estimator), ...params }), limits));
  }

  /** Lets the optimiser choose hyperparameters of a trial's estimator. */
  async tune(runId: string, { rounds, metric, keepBetter }: TuneWish, limits: TrialLimits): Promise<TrialRow> {
    const base = this.#trial(runId);
    const { problem, context, config, workshop, resources } = this.#session;
    const goal = { ...config, primary_metric: this.#metric(metric) };
    const name = metricNameOf(goal, 'val');
    const space = problem.space(context)[base.estimator];
    if (!space) throw new SearchError(`there is nothing to tune of ${base.estimator}.`);
    const searcher = await this.#parts.searcher({
      python: this.#python,
      space: { [base.estimator]: space },
      seed: config.seed,
      greaterIsBetter: greaterIsBetter.has(goal.primary_metric),
      environment: workshop.environment,
    });
    const found: FinishedTrial[] = keepBetter ? [base] : [];
    const kept = pipelineParams(base.params);
    let left = rounds;
    try {
      await searcher.tell({ estimator: base.estimator, params: base.params }, base.metrics[name]);
      const worker = async (): Promise<void> => {
        while (left-- > 0 && !limits.signal.aborted && Date.now() < limits.deadline) {
          const proposal = await searcher.ask();
          if (!proposal) return;
          const draft = this.#draft(base.estimator, { ...kept, ...proposal.params });
          const { finished } = await this.#session.trial(draft, limits);
          await searcher.tell(proposal, finished?.metrics[name]);
          if (finished) found.push(finished);
        }
      };
      await Promise.all(Array.from({ length: resources.parallel }, worker));
    } finally {
      await searcher.close();
    }
    const [best] = ranked(
      found.map((trial) => ({ ...trial, validation: trial.metrics[name] ?? NaN, trial })),
      goal,
    );
    if (!best) throw new SearchError(`no configuration of ${base.estimator} ended well.`);
    return rowOf(best.trial);
  }

  /** Something that is made of one trial. */
  async derive(runId: string, how: Derivation, limits: TrialLimits): Promise<TrialRow> {
    const { problem, context } = this.#session;
    const plan = problem.derivedPlan?.(this.#trial(runId), how, context);
    if (!plan) throw new SearchError('this is for classification and regression: forecasts are tuned and blended.');
    return rowOf(await this.#made(plan, limits));
  }

  /** One model out of several trials. @param weights of a blend, in the order of the trials */
  async combine(
    kind: Combination['kind'],
    runIds: readonly string[],
    weights: readonly number[] | undefined,
    limits: TrialLimits,
  ): Promise<TrialRow> {
    const { problem, context } = this.#session;
    const bases = runIds.map((id) => this.#trial(id));
    const plan = problem.combinedPlan?.({ kind, bases, weights }, context);
    if (!plan) throw new SearchError('there is nothing that combines models of this kind.');
    return rowOf(await this.#made(plan, limits));
  }

  /** A trial's model, fitted to all that it may see. */
  async finalize(runId: string, limits: TrialLimits): Promise<TrialRow> {
    const base = this.#trial(runId);
    const plan = this.#session.problem.finalPlan(base, this.#session.context);
    // It has been fitted to all that already.
    if (!plan) return rowOf(base);
    const final = await this.#made(plan, limits);
    await shareTestScores(this.#session);
    return rowOf(this.#trial(final.runId));
  }

  /** Scores trials by the test rows. @returns metrics by run id */
  async test(
    runIds: readonly string[],
    limits: TrialLimits,
  ): Promise<Record<string, Readonly<Record<string, number>>>> {
    // A final model has been fitted to the test rows too: its score is that of the trial that it is made of.
    const bases = runIds.flatMap((id) => this.#trial(id).params['refit_of'] ?? []).map(String);
    const trials = [...new Set([...runIds, ...bases])].map((id) => this.#trial(id));
    const end = await measureByTest(this.#session, trials, limits);
    if (end.status !== 'finished') throw new SearchError(`the test rows were not scored: ${end.message}`);
    await shareTestScores(this.#session);
    return Object.fromEntries(runIds.map((id) => [id, testScores(this.#trial(id))]));
  }

  /** The first of the leaderboard, with all that is known of it. */
  best(): TrialRow | undefined {
    const { best } = this.#session;
    return best && rowOf(best);
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

  #metric(name: string | undefined): AutomlMetric {
    const { problem_type: problem, primary_metric } = this.#session.config;
    const known: readonly AutomlMetric[] = automlMetrics[problem];
    const found = name === undefined ? primary_metric : known.find((one) => one === name);
    if (found === undefined) throw new SearchError(`the metrics of ${problem} are ${known.join(', ')}.`);
    return found;
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
    const usual = problem.portfolio(context).find((one) => one.estimator === estimator)?.params;
    return { ...usual, ...this.#preparation };
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
