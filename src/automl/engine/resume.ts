/** Goes on with a search that was killed or stopped: everything it needs stands on the server. */
import { checkedConfig } from '../../protocol/automl-config-check.ts';
import type { AutomlConfig, AutomlFramework } from '../../protocol/automl-config.ts';
import { automlTags, costMetrics, metricNameOf, searchFiles, type TrialKind } from '../../protocol/automl-record.ts';
import type { Run } from '../../sdk/entities.ts';
import type { FinishedTrial } from '../problem.ts';
import type { Proposal } from '../worker/worker.ts';
import { SearchError } from './search-error.ts';
import { isAtWork, ownerOf } from './search-owner.ts';
import type { StoredRun, TrackingStore } from './tracking-store.ts';

/** These say how long and with what it is searched, not for what. */
const ofEffort: readonly (keyof AutomlConfig)[] = [
  'timeout_seconds',
  'max_trials',
  'parallel_trials',
  'memory_mb',
  'early_stopping',
  'register',
  'experiment_name',
];
/** A search that lives tells it more often. */
const lively = 12_000;
const look = 500;

/** Of the experiment, the last that did not end by itself and looks for the same. */
export async function findUnfinished(store: TrackingStore, config: AutomlConfig): Promise<Run> {
  const runs = await store.search(`tags.\`${automlTags.role}\` = 'search'`);
  for (const run of runs) {
    if (hasEnded(run)) continue;
    if (goalOf(await configOf(store, run)) === goalOf(withoutSecrets(config))) return run;
  }
  throw nothingToResume();
}

/** By itself: with its result, or with an end that the same search would come to again. */
export function hasEnded({ data }: Run): boolean {
  return ['finished', 'failed'].includes(data.tags[automlTags.phase] ?? '');
}

export function nothingToResume(): SearchError {
  return new SearchError(
    'there is nothing to resume: this experiment holds no unfinished search for the same target, data and options. ' +
      'Leave --resume out to begin one, or name a run: --run-id RUN.',
  );
}

export async function configOf(store: TrackingStore, run: Run): Promise<AutomlConfig> {
  const text = run.data.tags[automlTags.config];
  if (text !== undefined) return checkedConfig(JSON.parse(text));
  return checkedConfig(await (await store.download(storedRun(run), searchFiles.config)).json());
}

export function withoutSecrets(config: AutomlConfig): AutomlConfig {
  if (!URL.canParse(config.dataset)) return config;
  const url = new URL(config.dataset);
  if (url.password === '') return config;
  return { ...config, dataset: config.dataset.replace(`:${url.password}@`, '@') };
}

function goalOf(config: AutomlConfig): string {
  return JSON.stringify(Object.entries(config).filter(([name]) => !ofEffort.includes(name as keyof AutomlConfig)));
}

export function storedRun({ info }: Run): StoredRun {
  return { runId: info.runId, artifactUri: info.artifactUri };
}

/** @throws SearchError when somebody still works on it */
export async function checkAbandoned(store: TrackingStore, run: Run, folder: string): Promise<void> {
  const beat = Number(run.data.tags[automlTags.heartbeat]);
  if (await isAbandoned(store, run, folder, Math.min(Date.now(), beat))) return;
  throw new SearchError(
    `this search still runs (${run.info.runId}). Watch it in the web UI, or end it: modelyard automl stop ${run.info.runId}`,
  );
}

/** @param folder of the search, which says who works on it, if that lies here @param since when it is listened for */
export async function isAbandoned(
  store: TrackingStore,
  run: Run,
  folder: string | undefined,
  since: number,
): Promise<boolean> {
  const owner = folder === undefined ? undefined : ownerOf(folder);
  const atWork = owner && isAtWork(owner);
  if (owner && atWork !== undefined) return owner.pid === process.pid || !atWork;
  if (run.data.tags[automlTags.heartbeat] === undefined) return true;
  const before = lifeOf(run);
  for (const end = since + lively; Date.now() < end; await Bun.sleep(look)) {
    if (lifeOf(await store.run(run.info.runId)) !== before) return false;
  }
  return true;
}

/** What changes while somebody works on it. */
function lifeOf({ info, data: { tags } }: Run): string {
  return [info.status, tags[automlTags.heartbeat], tags[automlTags.phase]].join();
}

export interface Earlier {
  readonly trials: readonly FinishedTrial[];
  /** The last that was given to a trial. */
  readonly number: number;
  readonly explored: boolean;
}

/** What the search has so far; what it left running is ended. */
export async function readBack(store: TrackingStore, runId: string, config: AutomlConfig): Promise<Earlier> {
  const { children, lost } = await endLost(store, runId);
  const whole = children.filter((run) => !lost.includes(run));
  const trials = children
    .filter(({ data }) => data.tags[automlTags.role] === 'trial')
    .sort((a, b) => numberOf(a) - numberOf(b));
  const metric = metricNameOf(config, 'val');
  return {
    number: Math.max(0, ...trials.map(numberOf)),
    explored: whole.some(
      ({ info, data }) => data.tags[automlTags.role] === 'exploration' && info.status === 'FINISHED',
    ),
    trials: trials.flatMap((run) => {
      const validation = run.data.metrics[metric];
      const ended = run.info.status === 'FINISHED' && !lost.includes(run);
      return ended && validation !== undefined ? [trialOf(run, validation)] : [];
    }),
  };
}

/** Ends what a search that was killed left running. */
export async function endLost(
  store: TrackingStore,
  runId: string,
): Promise<{ readonly children: readonly Run[]; readonly lost: readonly Run[] }> {
  const children = await store.search(`tags.\`mlflow.parentRunId\` = '${runId}'`);
  const lost = children.filter(isLost);
  await Promise.all(
    lost.map(async ({ info: { runId: id } }) => {
      const message = 'The search was killed while it ran.';
      await store.tag(id, { [automlTags.failure]: 'killed', [automlTags.message]: message });
      await store.end(id, 'KILLED');
    }),
  );
  return { children, lost };
}

/** Its notebook ends a run before the search has written all that belongs to it; a person's copy is nobody's. */
function isLost({ info, data }: Run): boolean {
  const { [automlTags.role]: role, [automlTags.kind]: kind } = data.tags;
  if ((role !== 'trial' && role !== 'exploration') || kind === 'edited') return false;
  return info.status === 'RUNNING' || (info.status === 'FINISHED' && !(costMetrics.trialSeconds in data.metrics));
}

function numberOf({ data }: Run): number {
  return Number(data.tags[automlTags.number] ?? 0);
}

function trialOf(run: Run, validation: number): FinishedTrial {
  const { tags, metrics } = run.data;
  return {
    runId: run.info.runId,
    name: run.info.runName,
    number: numberOf(run),
    kind: (tags[automlTags.kind] ?? 'search') as TrialKind,
    estimator: tags[automlTags.estimator] ?? '',
    framework: (tags[automlTags.framework] ?? '') as AutomlFramework,
    params: JSON.parse(tags[automlTags.proposal] ?? '{}') as Proposal['params'],
    validation,
    metrics,
    seconds: metrics[costMetrics.trialSeconds] ?? 0,
  };
}
