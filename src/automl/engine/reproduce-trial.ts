/** Runs the notebook of a trial again, in a clean kernel, and compares what it reaches. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { automlTags, metricNameOf } from '../../protocol/automl-record.ts';
import { setTag } from '../../protocol/runs.ts';
import { readAutomlConfig } from '../../sdk/automl-search.ts';
import { call } from '../../sdk/call.ts';
import type { Run } from '../../sdk/entities.ts';
import { ResourceDoesNotExistError } from '../../sdk/errors.ts';
import { loadText } from '../../sdk/fluent-artifacts.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { settingsOf } from '../../sdk/settings.ts';
import { reproduceNotebook } from '../worker/reproduce.ts';
import { resourcesFor } from './resources.ts';
import { SearchError } from './search-error.ts';
import { cacheOfSearches, trialEnvironment } from './trial-environment.ts';
import { metricsOf } from './trial-runner.ts';

export interface ReproducedTrial {
  readonly name: string;
  /** The final model that was asked for, which is this trial fitted again to all rows and bears its figures. */
  readonly final?: string | undefined;
  /** Such as `val_roc_auc`. */
  readonly metric: string;
  readonly before: number;
  readonly now: number;
  readonly equal: boolean;
}

/** Sums of floating-point numbers by several threads differ in their last digits. */
const tolerance = 1e-9;
const limit = 3_600_000;

/** Nothing is left to measure a final model by: its notebook takes the figures of the trial that it is made of. */
async function measuredRun(asked: Run): Promise<Run> {
  const { kind, proposal } = automlTags;
  if (asked.data.tags[kind] !== 'final') return asked;
  const { refit_of: base } = JSON.parse(asked.data.tags[proposal] ?? '{}') as { readonly refit_of?: string };
  if (base === undefined) throw new SearchError(`the run ${asked.info.runId} does not say which trial it is made of.`);
  return trialRun(base);
}

async function trialRun(runId: string): Promise<Run> {
  try {
    return await getRun(runId);
  } catch (error) {
    if (!(error instanceof ResourceDoesNotExistError)) throw error;
    throw new SearchError(`there is no run ${runId}: give what the leaderboard has under RUN, not the model's name.`);
  }
}

/** @throws SearchError when it cannot be run again */
export async function reproduceTrial(asked: string, python: string): Promise<ReproducedTrial> {
  const given = await trialRun(asked);
  const { info, data } = await measuredRun(given);
  const { runId } = info;
  const final = given.info.runId === runId ? undefined : given.info.runName;
  const parent = data.tags['mlflow.parentRunId'];
  if (data.tags[automlTags.role] !== 'trial' || parent === undefined) {
    throw new SearchError(`the run ${runId} is no trial of a search: give one of its leaderboard.`);
  }
  const config = await readAutomlConfig(await getRun(parent));
  const metric = metricNameOf(config, 'val');
  const before = data.metrics[metric];
  if (before === undefined) throw new SearchError(`the run ${runId} has no ${metric} to compare with.`);
  const folder = mkdtempSync(join(tmpdir(), 'modelyard-reproduce-'));
  try {
    const end = await reproduceNotebook({
      python,
      text: await loadText(`runs:/${runId}/${info.runName}.ipynb`),
      results: ['metrics'],
      // Nothing is recorded twice.
      skip: ['log', 'plots', 'explain', 'test', 'inference'],
      folder,
      environment: trialEnvironment(info.experimentId, cacheOfSearches()),
      threads: resourcesFor(config).threads,
      deadline: Date.now() + limit,
    });
    const now = metricsOf(end.results['metrics'])[metric];
    if (now === undefined) throw new SearchError(`${info.runName} did not run again: ${end.message}`);
    const equal = Math.abs(now - before) <= tolerance * Math.max(1, Math.abs(before));
    await call(settingsOf(), setTag, { run_id: runId, key: automlTags.reproduced, value: String(equal) });
    return { name: info.runName, final, metric, before, now, equal };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
