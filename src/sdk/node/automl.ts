/** Searches for models, by the `modelyard` that this package brings. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkedConfig, type AutomlRequest } from '../../protocol/automl-config-check.ts';
import type { AutomlConfig, AutomlProblem } from '../../protocol/automl-config.ts';
import type { Alert } from '../../protocol/automl-record.ts';
import { ownEnvironment } from '../../config/own-environment.ts';
import { registerAutoml, type RegisteredTrial } from '../automl-register.ts';
import { readAutoml, readAutomlAlerts, type AutomlState, type AutomlTrial } from '../automl-search.ts';
import { extendAutoml, stopAutoml } from '../automl-wish.ts';
import { getTrackingUri } from '../settings.ts';
import { ownProgram } from './own-program.ts';
import { Submission } from './submission.ts';
import type { OnOutput, SubmittedRun } from './submitted-run.ts';

/**
 * As the flags of `modelyard automl`, by the names of Databricks' parameters. Needed are `dataset` and `target_col`, of a
 * forecast `time_col` too; `timeout_seconds` is 600 without it.
 */
export type AutomlOptions = Omit<AutomlRequest, 'problem_type' | 'dataset' | 'target_col'> &
  Pick<AutomlConfig, 'dataset' | 'target_col'> & {
    /** Goes on with the last search for the same that was killed or stopped, or with that of this run. */
    readonly resume?: boolean | string | undefined;
    /** Called with what the search tells, as it comes. */
    readonly onOutput?: OnOutput | undefined;
  };

/** What a search found. */
export interface AutomlSummary extends AutomlState {
  /** Of the leaderboard's first row. */
  readonly bestTrial: AutomlTrial | undefined;
  /** What a person should know of the data before trusting a model, such as a column that gives the answer away. */
  readonly alerts: readonly Alert[];
}

/** A search under way. */
export interface AutomlSearch {
  /** Of its run, as soon as that is there. Rejects when there never is one. */
  readonly runId: Promise<string>;
  /** What it told so far. */
  readonly output: string;
  /** What it has so far. */
  state(): Promise<AutomlState>;
  /**
   * Resolves at its end.
   *
   * @throws Error that says why there is no model: the data cannot be read or searched, no trial ended in its time
   */
  wait(): Promise<AutomlSummary>;
  /**
   * Ends it with the best model that it has. Resolves when that is asked for; `wait` tells the end.
   *
   * @throws TypeError when it has ended already
   */
  stop(): Promise<void>;
  /**
   * Gives it more time, or with a number below 0 less.
   *
   * @returns the new deadline, in milliseconds since 1970
   * @throws TypeError when it does not run, or its trials have ended
   */
  extend(seconds: number): Promise<number>;
  /**
   * Makes the best model, or that of another trial, the next version of a registered model. The best gets the alias
   * `champion`. The option `register` does it at the end.
   *
   * @param trial a run id
   * @throws MlflowError when there is no model yet, or the name is none for a model
   */
  register(name: string, trial?: string): Promise<RegisteredTrial>;
}

/**
 * Finds the best model for a column, recorded as runs of the server that the SDK talks to. Each returns at once.
 *
 * ```ts
 * const search = automl.classify({ dataset: 'churn.csv', target_col: 'churned', timeout_seconds: 60 });
 * const { bestTrial, leaderboard } = await search.wait();
 * ```
 *
 * @throws AutomlConfigError with all that is wrong with the options
 */
export const automl: Readonly<Record<'classify' | 'regress' | 'forecast', (options: AutomlOptions) => AutomlSearch>> = {
  classify: (options) => search('classification', 'classify', options),
  regress: (options) => search('regression', 'regress', options),
  forecast: (options) => search('forecasting', 'forecast', options),
};

function search(problem: AutomlProblem, verb: string, options: AutomlOptions): AutomlSearch {
  const { resume = false, onOutput, ...rest } = options;
  const config = checkedConfig({ ...rest, problem_type: problem });
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-automl-'));
  try {
    const file = join(folder, 'config.json');
    // It may hold a password.
    writeFileSync(file, JSON.stringify({ ...config, dataset: placeOf(config.dataset) }), { mode: 0o600 });
    const words = ['automl', verb, `--config-file=${file}`, `--job-folder=${folder}`];
    if (resume !== false) words.push('--resume');
    if (typeof resume === 'string') words.push(`--run-id=${resume}`);
    const env = ownEnvironment({ MLFLOW_TRACKING_URI: getTrackingUri() });
    const child = spawn(ownProgram(), words, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    return new SubmittedSearch(new Submission(child, folder, onOutput));
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function placeOf(dataset: string): string {
  return /^[a-z][a-z0-9+]+:/i.test(dataset) ? dataset : resolve(dataset);
}

class SubmittedSearch implements AutomlSearch {
  readonly #submitted: SubmittedRun;

  constructor(submitted: SubmittedRun) {
    this.#submitted = submitted;
  }

  get runId(): Promise<string> {
    return this.#submitted.runId;
  }

  get output(): string {
    return this.#submitted.output;
  }

  async state(): Promise<AutomlState> {
    return readAutoml(await this.runId);
  }

  async wait(): Promise<AutomlSummary> {
    const { status, message } = await this.#submitted.wait();
    if (status !== 'FINISHED') throw new Error(message.replace(/^modelyard: /, ''));
    const [state, alerts] = await Promise.all([this.state(), this.runId.then(readAutomlAlerts)]);
    const best = state.leaderboard[0]?.run_id;
    return { ...state, alerts, bestTrial: state.trials.find(({ runId }) => runId === best) };
  }

  async stop(): Promise<void> {
    await stopAutoml(await this.runId);
  }

  async extend(seconds: number): Promise<number> {
    return extendAutoml(await this.runId, seconds);
  }

  async register(name: string, trial?: string): Promise<RegisteredTrial> {
    return registerAutoml(await this.runId, name, trial);
  }
}
