/** A search of AutoML as its tracking server knows it, under way or ended. */
import { checkedConfig } from '../protocol/automl-config-check.ts';
import type { AutomlConfig } from '../protocol/automl-config.ts';
import { leaderboardOf } from '../protocol/automl-leaderboard.ts';
import {
  automlTags,
  metricNameOf,
  searchFiles,
  type Alert,
  type AutomlPhase,
  type DataProfile,
  type LeaderboardRow,
  type TrialFailure,
  type TrialKind,
} from '../protocol/automl-record.ts';
import { MlflowError } from './errors.ts';
import type { Run, RunStatus } from './entities.ts';
import { loadDict } from './fluent-artifacts.ts';
import { getRun } from './fluent-runs.ts';
import { searchRuns } from './fluent-search.ts';

export interface AutomlTrial {
  readonly runId: string;
  readonly name: string;
  /** From 1 on, in the order in which they began. */
  readonly number: number;
  readonly kind: TrialKind;
  readonly estimator: string;
  readonly status: RunStatus;
  /** Of the metric that was asked for; undefined while it runs and when it failed. */
  readonly validation: number | undefined;
  readonly params: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, number>>;
  /** Such as `runs:/<run id>/model`. */
  readonly modelUri: string;
  readonly failure: TrialFailure | undefined;
  /** Why it failed. */
  readonly message: string;
}

export interface AutomlState {
  readonly runId: string;
  readonly experimentId: string;
  readonly status: RunStatus;
  readonly phase: AutomlPhase;
  readonly config: AutomlConfig;
  /** Milliseconds since 1970. */
  readonly deadline: number;
  /** Why it ended. */
  readonly message: string;
  /** What was left out that the result is worse for, such as the refit of the best to all rows: sentences. */
  readonly warnings: readonly string[];
  /** Such as `churn/3`. */
  readonly registered: string | undefined;
  readonly trials: readonly AutomlTrial[];
  /** Best first. */
  readonly leaderboard: readonly LeaderboardRow[];
}

/** @throws ResourceDoesNotExistError, or TypeError when the run is no search */
export async function readAutoml(runId: string): Promise<AutomlState> {
  const run = await getRun(runId);
  const { tags } = run.data;
  const config = await readAutomlConfig(run);
  const { experimentId } = run.info;
  const filter = `tags.\`mlflow.parentRunId\` = '${run.info.runId}'`;
  const metric = metricNameOf(config, 'val');
  const trials = (await searchRuns({ experimentIds: [experimentId], filter }))
    .filter(({ data }) => data.tags[automlTags.role] === 'trial')
    .map((child) => trialOf(child, metric))
    .sort((a, b) => a.number - b.number);
  const scored = trials.flatMap((trial) =>
    trial.status === 'FINISHED' && trial.validation !== undefined ? [{ ...trial, validation: trial.validation }] : [],
  );
  return {
    runId: run.info.runId,
    experimentId,
    status: run.info.status,
    phase: (tags[automlTags.phase] ?? 'preparing') as AutomlPhase,
    config,
    deadline: Number(tags[automlTags.deadline] ?? 0),
    message: tags[automlTags.message] ?? '',
    warnings: (tags[automlTags.warning] ?? '').split('\n').filter((line) => line !== ''),
    registered: tags[automlTags.registered],
    trials,
    leaderboard: leaderboardOf(scored, config),
  };
}

/** What the profile of the data says; nothing where it was not read to its end. */
export async function readAutomlAlerts(runId: string): Promise<readonly Alert[]> {
  try {
    return ((await loadDict(`runs:/${runId}/${searchFiles.profile}`)) as DataProfile).alerts;
  } catch (error) {
    if (error instanceof MlflowError && error.status === 404) return [];
    throw error;
  }
}

/** @throws TypeError when the run is no search */
export async function readAutomlConfig({ info, data }: Run): Promise<AutomlConfig> {
  if (data.tags[automlTags.role] !== 'search') {
    throw new TypeError(`The run ${info.runId} is no search of AutoML: give the run that its trials stand below.`);
  }
  const text = data.tags[automlTags.config];
  return checkedConfig(
    text === undefined ? await loadDict(`runs:/${info.runId}/${searchFiles.config}`) : JSON.parse(text),
  );
}

function trialOf({ info, data }: Run, metric: string): AutomlTrial {
  const { tags, metrics, params } = data;
  return {
    runId: info.runId,
    name: info.runName,
    number: Number(tags[automlTags.number] ?? 0),
    kind: (tags[automlTags.kind] ?? 'edited') as TrialKind,
    estimator: tags[automlTags.estimator] ?? '',
    status: info.status,
    validation: metrics[metric],
    params,
    metrics,
    modelUri: `runs:/${info.runId}/model`,
    failure: tags[automlTags.failure] as TrialFailure | undefined,
    message: tags[automlTags.message] ?? '',
  };
}
