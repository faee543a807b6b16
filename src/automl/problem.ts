/** The seam between the engine, which plans and budgets, and what it knows nothing of: tables and series. */
import type { AutomlConfig, AutomlFramework, AutomlMetric } from '../protocol/automl-config.ts';
import type { DataProfile, TrialKind } from '../protocol/automl-record.ts';
import type { Notebook } from './notebook/cell.ts';
import type { Proposal, SearchSpace } from './worker/worker.ts';

export interface SearchContext {
  readonly config: AutomlConfig;
  readonly profile: DataProfile;
  /** Address of the tracking server, without a password. */
  readonly trackingUri: string;
  readonly experimentId: string;
  readonly searchRunId: string;
  /** Cores of a trial. */
  readonly threads: number;
}

export interface TrialPlan extends Proposal {
  /** Such as `lightgbm-7`: of the run and of its notebook. */
  readonly name: string;
  readonly number: number;
  readonly kind: TrialKind;
  readonly framework: AutomlFramework;
  /** Of blend, stack and final: the trials that it is made of, best first. */
  readonly bases: readonly FinishedTrial[];
}

export interface FinishedTrial extends Omit<TrialPlan, 'bases'> {
  readonly runId: string;
  /** Of the metric that was asked for, on the validation rows. */
  readonly validation: number;
  /** All numbers that its notebook left in `metrics`. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly seconds: number;
}

/**
 * What a person may have made of one trial: many of its learner, each fitted to a sample of the rows (`bagging`) or to what
 * those before got wrong (`boosting`); its probabilities calibrated; its decisions by the threshold that a metric likes best.
 */
export type Derivation =
  | { readonly kind: 'bagging' | 'boosting'; readonly count: number }
  | { readonly kind: 'calibration'; readonly method: 'sigmoid' | 'isotonic' }
  | { readonly kind: 'threshold'; readonly metric: AutomlMetric };

/** Models that a person combines, as they were named, with the weight of each where these were said. */
export interface Combination {
  readonly kind: 'blend' | 'stack';
  readonly bases: readonly FinishedTrial[];
  readonly weights?: readonly number[] | undefined;
}

export interface ProblemKind {
  /** Python modules that trials use: imported once, before the first. */
  readonly imports: readonly string[];
  /** Python that is run once after them, for what libraries do at their first use; it must start no threads. */
  readonly warmUp?: string | undefined;
  frameworkOf(estimator: string): AutomlFramework;
  /** What is tried first, cheap ones first; a baseline before all. */
  portfolio(context: SearchContext): readonly (Proposal & { readonly kind: 'baseline' | 'portfolio' })[];
  /** Without what was excluded; empty when there is nothing to search. */
  space(context: SearchContext): SearchSpace;
  /**
   * Results: `metrics` (names of `metricNameOf` and `costMetrics`). Its cells log to the run of MLFLOW_RUN_ID, or to a new
   * one when a person runs it.
   */
  trialNotebook(plan: TrialPlan, context: SearchContext): Notebook;
  /**
   * Ensembles that are worth a try with these trials, best first.
   *
   * @param fitSeconds that the members of each may take to fit, together; without: any
   */
  ensembles(
    trials: readonly FinishedTrial[],
    context: SearchContext,
    fitSeconds?: number,
  ): readonly Omit<TrialPlan, 'number'>[];
  /** The chosen one again, on all data, that of the test too; undefined when that is what it has been fitted to. */
  finalPlan(best: FinishedTrial, context: SearchContext): Omit<TrialPlan, 'number'> | undefined;
  /** @throws RangeError for what cannot be combined so, which says why */
  combinedPlan?(combination: Combination, context: SearchContext): Omit<TrialPlan, 'number'>;
  /** @throws RangeError for what cannot be made of this trial, which says why */
  derivedPlan?(base: FinishedTrial, how: Derivation, context: SearchContext): Omit<TrialPlan, 'number'>;
  /** Scores the test rows by all of these once, and logs `test_…` to each run; result `scores`: metrics by run id. */
  testNotebook(trials: readonly FinishedTrial[], context: SearchContext): Notebook;
  /** What a person would expect of the models, and none of these does; undefined when there is nothing to tell. */
  shortcoming?(trials: readonly FinishedTrial[], context: SearchContext): string | undefined;
  explorationNotebook(context: SearchContext): Notebook;
  /** Ways to predict with the best model: `batch`, `realtime`; code that runs as it is. @param modelUri such as `models:/churn/3` */
  inferenceNotebooks(modelUri: string, context: SearchContext): readonly Notebook[];
}
