/** Begins a search, or goes on with one: its run, its clock, its folder. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { automlVerbs, type AutomlConfig } from '../../protocol/automl-config.ts';
import { automlTags, databricksTags, searchFiles } from '../../protocol/automl-record.ts';
import { jobTag } from '../../protocol/jobs.ts';
import { jobVariable } from '../../config/job-variable.ts';
import { getExperimentByName, setExperiment } from '../../sdk/fluent-experiments.ts';
import { getRun } from '../../sdk/fluent-runs.ts';
import { environment, type Settings } from '../../sdk/settings.ts';
import { mostPart, SearchClock } from './clock.ts';
import type { SearchEvents } from './events.ts';
import {
  checkAbandoned,
  configOf,
  findUnfinished,
  hasEnded,
  nothingToResume,
  readBack,
  storedRun,
  withoutSecrets,
  type Earlier,
} from './resume.ts';
import { SearchError } from './search-error.ts';
import { own } from './search-owner.ts';
import { searchFolder } from './session.ts';
import { cacheOfSearches } from './trial-environment.ts';
import { TrackingStore, type StoredRun } from './tracking-store.ts';

export interface ResumeWish {
  /** Undefined: the last unfinished search of the experiment for the same. */
  readonly runId?: string | undefined;
  /** The budget of the configuration is a new one; else what is left of the old counts. */
  readonly newBudget: boolean;
}

export interface OpenedSearch {
  readonly config: AutomlConfig;
  readonly store: TrackingStore;
  readonly run: StoredRun;
  readonly clock: SearchClock;
  /** Holds the prepared data, in `data`. */
  readonly folder: string;
  /** The folder that holds those of all searches. */
  readonly cache: string;
  /** Of a search that goes on. */
  readonly earlier: Earlier | undefined;
}

const never = new AbortController().signal;
const moreToGoOn = 'To go on from its trials give it more: --timeout 10m';

/** Looks for the experiment of a new search and makes none. @throws what the SDK does, when the server is away or it is deleted */
export async function checkExperiment(config: AutomlConfig): Promise<void> {
  const name = experimentName(config);
  if (name !== undefined && (await getExperimentByName(name))) await setExperiment(name);
}

/** @returns an id @throws what the SDK does */
async function experimentFor(config: AutomlConfig): Promise<string> {
  const name = experimentName(config);
  return name === undefined ? (environment('MLFLOW_EXPERIMENT_ID') ?? '0') : (await setExperiment(name)).experimentId;
}

/** Of what goes on: nothing is made for it. @throws SearchError when there is none, what the SDK does */
async function knownExperiment(config: AutomlConfig): Promise<string> {
  const name = experimentName(config);
  if (name !== undefined && !(await getExperimentByName(name))) throw nothingToResume();
  return experimentFor(config);
}

/** As it was asked for, else one for this data and target; undefined where an id stands for it. */
function experimentName(config: AutomlConfig): string | undefined {
  const name = config.experiment_name ?? environment('MLFLOW_EXPERIMENT_NAME');
  if (name !== undefined || environment('MLFLOW_EXPERIMENT_ID') !== undefined) return name;
  return `automl-${dataName(config)}-${config.target_col}`;
}

/** Such as `churn`, of `/data/churn.csv`. */
export function dataName({ dataset }: AutomlConfig): string {
  const last =
    withoutQuery(dataset)
      .split(/[/\\]/)
      .filter((part) => part !== '')
      .at(-1) ?? 'data';
  return last.replace(/(\.(csv|tsv|parquet|jsonl?|ndjson|gz|db|sqlite|duckdb))+$/i, '') || 'data';
}

function withoutQuery(dataset: string): string {
  return /^[a-z][a-z0-9+]+:\/\//i.test(dataset) ? dataset.replace(/[?#].*$/, '') : dataset;
}

/** @param clock of which the time runs @param staged the folder with its data */
export async function beginSearch(
  config: AutomlConfig,
  settings: Settings,
  events: SearchEvents,
  clock: SearchClock,
  staged: string,
): Promise<OpenedSearch> {
  try {
    const store = storeOf(settings, await experimentFor(config), events);
    return await begin(config, store, clock, staged);
  } finally {
    // It has moved, or nobody needs it.
    rmSync(staged, { recursive: true, force: true });
  }
}

export async function resumeSearch(
  asked: AutomlConfig,
  settings: Settings,
  events: SearchEvents,
  resume: ResumeWish,
): Promise<OpenedSearch> {
  const { runId } = resume;
  const id = runId === undefined ? await knownExperiment(asked) : (await getRun(runId)).info.experimentId;
  return goOn(asked, storeOf(settings, id, events), resume);
}

function storeOf(settings: Settings, experimentId: string, events: SearchEvents): TrackingStore {
  return new TrackingStore(settings, experimentId, never, (text) => events.note(text));
}

async function begin(
  config: AutomlConfig,
  store: TrackingStore,
  clock: SearchClock,
  staged: string,
): Promise<OpenedSearch> {
  store.until(clock.over);
  const shown = withoutSecrets(config);
  const text = JSON.stringify(shown);
  const run = await store.createRun(`${automlVerbs[config.problem_type]} ${config.target_col}`, {
    'mlflow.source.name': 'modelyard automl',
    'mlflow.source.type': 'LOCAL',
    [automlTags.role]: 'search',
    [automlTags.phase]: 'preparing',
    [automlTags.deadline]: String(clock.deadline),
    [automlTags.heartbeat]: String(Date.now()),
    // A tag has no room for the names of thousands of columns.
    ...(text.length < longestTag && { [automlTags.config]: text }),
    ...jobTags(),
  });
  const cache = cacheOfSearches();
  const folder = join(cache, run.runId);
  renameSync(staged, folder);
  own(folder);
  await store.upload(run, searchFiles.config, text);
  await store.params(run.runId, paramsOf(shown));
  await store.tagExperiment(experimentTags(shown));
  return { config, store, run, clock, folder, cache, earlier: undefined };
}

const longestTag = 5000;

async function goOn(
  asked: AutomlConfig,
  store: TrackingStore,
  { runId, newBudget }: ResumeWish,
): Promise<OpenedSearch> {
  const cache = cacheOfSearches();
  const found = runId === undefined ? await findUnfinished(store, asked) : await store.run(runId);
  const { tags } = found.data;
  if (tags[automlTags.role] !== 'search') {
    throw new SearchError(`the run ${found.info.runId} is no search of AutoML: name the parent run of the trials.`);
  }
  const run = storedRun(found);
  const folder = searchFolder(cache, run.runId);
  await checkAbandoned(store, found, folder);
  own(folder);
  const before = await configOf(store, found);
  const config = { ...before, ...effortOf(asked), dataset: asked.dataset };
  const budget = config.timeout_seconds * 1000;
  const left = Number(tags[automlTags.deadline]) - Number(tags[automlTags.heartbeat]);
  if (!newBudget && hasEnded(found) && !(left > budget * mostPart)) {
    throw new SearchError(
      `the search has ended by itself: ${tags[automlTags.message] ?? 'its time was up.'} ${moreToGoOn}`,
    );
  }
  const clock = new SearchClock(newBudget || !(left > 0) ? budget : left);
  store.until(clock.over);
  await store.tag(run.runId, {
    [automlTags.deadline]: clock.deadline,
    [automlTags.heartbeat]: Date.now(),
    [automlTags.wish]: '',
    [automlTags.message]: '',
    [automlTags.warning]: '',
    ...jobTags(),
  });
  await store.end(run.runId, 'RUNNING');
  const earlier = await readBack(store, run.runId, config);
  return { config, store, run, clock, folder, cache, earlier };
}

/** Of a search that is a job of a server. */
function jobTags(): Record<string, string> {
  const job = environment(jobVariable);
  return job === undefined ? {} : { [jobTag]: job };
}

/** What the one who goes on may say anew. */
function effortOf(config: AutomlConfig): Partial<AutomlConfig> {
  const { timeout_seconds, max_trials, parallel_trials, memory_mb, early_stopping, register } = config;
  return { timeout_seconds, max_trials, parallel_trials, memory_mb, early_stopping, register };
}

const ofForecasts = ['horizon', 'frequency', 'country_code'];

function paramsOf(config: AutomlConfig): Record<string, string> {
  const forecasting = config.problem_type === 'forecasting';
  const said = Object.entries(config).filter(([name]) => forecasting || !ofForecasts.includes(name));
  const texts = said.map(([name, value]: [string, unknown]): [string, string] => [
    name,
    typeof value === 'string' ? value : (JSON.stringify(value) ?? ''),
  ]);
  return Object.fromEntries(texts.filter(([, text]) => !['', '[]', '{}'].includes(text)));
}

/** As Databricks' tools read them. */
function experimentTags(config: AutomlConfig): Record<string, string> {
  const { prefix } = databricksTags;
  const job = environment(jobVariable);
  return {
    [databricksTags.automl]: 'True',
    [`${prefix}problem_type`]: config.problem_type,
    [`${prefix}target_col`]: config.target_col,
    [`${prefix}table_name`]: config.dataset,
    [`${prefix}evaluation_metric`]: config.primary_metric,
    [`${prefix}state`]: 'RUNNING',
    [`${prefix}start_time`]: String(Math.floor(Date.now() / 1000)),
    [`${prefix}timeout_minutes`]: String(config.timeout_seconds / 60),
    [`${prefix}source_gui`]: job === undefined ? 'False' : 'True',
    // The empty text, or what an earlier search of the experiment has left would be told of this one.
    [`${prefix}max_trials`]: String(config.max_trials ?? ''),
    [`${prefix}job_run_id`]: job ?? '',
    [databricksTags.bestNotebook]: '',
    ...(Object.keys(config.imputers).length > 0 && { [`${prefix}imputers`]: JSON.stringify(config.imputers) }),
  };
}
