/** The fluent functions of runs: start one, log to the active one, end it. Names are those of the Python client. */
import { createRun, getRun as getRunContract } from '../protocol/runs.ts';
import { ActiveRuns, type Place } from './active-run.ts';
import { call } from './call.ts';
import type { DatasetSource } from './dataset.ts';
import { runInfoOf, runOf, type Run, type RunStatus } from './entities.ts';
import { experimentIdForRuns } from './fluent-experiments.ts';
import { sourceTags, watchSystem } from './host.ts';
import type { ImageSource, KeyedImage } from './image.ts';
import { ActiveRun, flushAll } from './run.ts';
import { textOf, type MetricOptions, type TextValue } from './run-values.ts';
import { environment, isSet, settingsOf, takeEnvironment } from './settings.ts';
import type { TableSource } from './table.ts';
import type { Int64 } from '../protocol/schema.ts';

export interface StartRunOptions {
  /** Goes on with this run instead of making one. Default: `MLFLOW_RUN_ID`. */
  readonly runId?: string | undefined;
  /** Default: that of `setExperiment`, `MLFLOW_EXPERIMENT_NAME`, `MLFLOW_EXPERIMENT_ID`, `0`. */
  readonly experimentId?: string | undefined;
  readonly runName?: string | undefined;
  /** Allows a run within the active one, as its child. */
  readonly nested?: boolean | undefined;
  readonly parentRunId?: string | undefined;
  readonly tags?: Readonly<Record<string, TextValue>> | undefined;
  /** Markdown. */
  readonly description?: string | undefined;
  /** Logs CPU, memory, disk, network and GPU while the run is under way (Node and Bun). */
  readonly logSystemMetrics?: boolean | undefined;
}

type Body<T> = (run: ActiveRun) => T | Promise<T>;

const runs = new ActiveRuns<ActiveRun>();
const watches = new WeakMap<ActiveRun, { stop(): Promise<void> }>();
let last: ActiveRun | undefined;

/**
 * Starts a run and makes it the active one. With a function, the run is active within it and ends with it: FINISHED, or
 * FAILED when it throws; the result is the function's.
 *
 * ```ts
 * await startRun({ runName: 'first' }, async () => {
 *   await logParam('rate', 0.01);
 *   await logMetric('loss', 0.5, 1);
 * });
 * ```
 *
 * @throws Error when a run is active and `nested` is not set
 */
export function startRun(options?: StartRunOptions): Promise<ActiveRun>;
export function startRun<T>(body: Body<T>): Promise<T>;
export function startRun<T>(options: StartRunOptions, body: Body<T>): Promise<T>;
export function startRun<T>(first: StartRunOptions | Body<T> = {}, second?: Body<T>): Promise<ActiveRun | T> {
  const options = typeof first === 'function' ? {} : first;
  const body = typeof first === 'function' ? first : second;
  // Not an async function: the place is entered in the turn of the caller, whose continuation then stands in it.
  const outer = options.nested ? here() : runs.current;
  const active = outer?.run;
  if (active && !options.nested) {
    const advice = 'End it with `await endRun()`, or pass `nested: true` for a run within it.';
    return Promise.reject(new Error(`The run ${active.runId} is already active. ${advice}`));
  }
  if (!body) return begin(runs.enter(outer), options, active);
  const place = runs.make(outer);
  return runs.within(place, async () => {
    const run = await open(place, options, active);
    try {
      const result = await body(run);
      await close(place);
      return result;
    } catch (error) {
      await close(place, 'FAILED').catch(() => undefined);
      throw error;
    }
  });
}

/** Starts on their way, so that what is logged meanwhile waits for them. */
const starts = new WeakMap<Place<ActiveRun>, Promise<ActiveRun>>();
/** Places whose runs are not ended yet. */
const openPlaces = new Set<Place<ActiveRun>>();

function begin(place: Place<ActiveRun>, options: StartRunOptions, active?: ActiveRun): Promise<ActiveRun> {
  const start = open(place, options, active);
  starts.set(place, start);
  return start;
}

async function open(
  place: Place<ActiveRun>,
  options: StartRunOptions,
  active: ActiveRun | undefined,
): Promise<ActiveRun> {
  try {
    const run = await makeRun(options, options.parentRunId ?? active?.runId);
    if (options.logSystemMetrics ?? isSet('MLFLOW_ENABLE_SYSTEM_METRICS_LOGGING')) {
      const watch = watchSystem((metrics, step) => void run.logMetrics(metrics, step));
      if (watch) watches.set(run, watch);
    }
    place.run = run;
    place.state = 'open';
    openPlaces.add(place);
    last = run;
    return run;
  } catch (error) {
    place.state = 'over';
    throw error;
  }
}

async function makeRun(options: StartRunOptions, parent: string | undefined): Promise<ActiveRun> {
  const settings = settingsOf();
  const runId = options.runId ?? takeEnvironment('MLFLOW_RUN_ID');
  if (runId !== undefined) {
    const found = runOf((await call(settings, getRunContract, { run_id: runId })).run ?? emptyRun);
    if (found.info.lifecycleStage === 'deleted') {
      throw new Error(`The run ${runId} is deleted and cannot be continued. Restore it first.`);
    }
    const run = new ActiveRun(settings, found.info);
    await run.update({ status: 'RUNNING', ...(options.runName === undefined ? {} : { runName: options.runName }) });
    await run.setTags({ ...describing(options), ...options.tags });
    return run;
  }
  const source = await sourceTags();
  const user = environment('MLFLOW_TRACKING_USERNAME') ?? source['mlflow.user'] ?? environment('USER') ?? 'unknown';
  const tags: Record<string, TextValue> = {
    'mlflow.source.type': 'LOCAL',
    ...source,
    'mlflow.user': user,
    ...(parent === undefined ? {} : { 'mlflow.parentRunId': parent }),
    ...describing(options),
    ...options.tags,
  };
  const answer = await call(settings, createRun, {
    experiment_id: options.experimentId ?? (await experimentIdForRuns()),
    user_id: user,
    start_time: Date.now(),
    run_name: options.runName,
    tags: Object.entries(tags).map(([key, value]) => ({ key, value: textOf(value, key) })),
  });
  return new ActiveRun(settings, runInfoOf(answer.run?.info ?? {}));
}

function describing({ description }: StartRunOptions): Record<string, string> {
  return description === undefined ? {} : { 'mlflow.note.content': description };
}

const emptyRun = {};

async function close(place: Place<ActiveRun>, status: RunStatus = 'FINISHED'): Promise<void> {
  // The place is left even when the server is lost, or the next run could not start.
  place.state = 'over';
  openPlaces.delete(place);
  if (!place.run) return;
  await watches.get(place.run)?.stop();
  await place.run.end(status);
}

/** Ends the active run, if there is one; sends its metrics first. @param status FINISHED by default */
export async function endRun(status?: RunStatus): Promise<void> {
  const place = here();
  if (place) await close(place, status);
}

/**
 * The innermost open run of this strand of asynchronous code. Code that comes from outside of any run, such as the
 * caller of a function that started one, or a timer that was there before, is in the only run that is open.
 */
function here(): Place<ActiveRun> | undefined {
  if (!runs.isFresh) return runs.current;
  const innermost = [...openPlaces].at(-1);
  let found = 0;
  for (let place = innermost; place; place = place.outer) if (openPlaces.has(place)) found++;
  return found === openPlaces.size ? innermost : undefined;
}

/** The active run of this strand of asynchronous code; else the only one that is open. */
export function activeRun(): ActiveRun | undefined {
  return here()?.run;
}

/** The active run, else the one that was started last. */
export function lastActiveRun(): ActiveRun | undefined {
  return here()?.run ?? last;
}

/** A run as it is on the server. @throws ResourceDoesNotExistError */
export async function getRun(runId: string): Promise<Run> {
  return runOf((await call(settingsOf(), getRunContract, { run_id: runId })).run ?? emptyRun);
}

/** The run that a run was nested in; undefined when it has none. @throws ResourceDoesNotExistError */
export async function getParentRun(runId: string): Promise<Run | undefined> {
  const parent = (await getRun(runId)).data.tags['mlflow.parentRunId'];
  return parent === undefined ? undefined : getRun(parent);
}

/** Where the active run's files lie, or one of them. */
export async function getArtifactUri(path = ''): Promise<string> {
  const root = (await current()).info.artifactUri.replace(/\/+$/, '');
  return path === '' ? root : `${root}/${path}`;
}

/** Ends every run that is open, such as those a program forgot; the last one first. */
export async function endAllRuns(status?: RunStatus): Promise<void> {
  for (const place of [...openPlaces].toReversed()) await close(place, status);
}

/** The active run, or the one that is on its way; when there is none, one is started, as in the Python client. */
function current(): Promise<ActiveRun> {
  const run = here()?.run;
  const start = runs.starting && starts.get(runs.starting);
  return start ?? (run ? Promise.resolve(run) : begin(runs.enter(), {}));
}

/** Records a param of the active run. The same value again is allowed, another is refused. */
export async function logParam(key: string, value: TextValue): Promise<void> {
  await (await current()).logParam(key, value);
}

export async function logParams(params: Readonly<Record<string, TextValue>>): Promise<void> {
  await (await current()).logParams(params);
}

/**
 * Records a point of a metric; it is sent in the background, in order.
 *
 * @param options the step, or more
 */
export async function logMetric(key: string, value: number, options?: Int64 | MetricOptions): Promise<void> {
  await (await current()).logMetric(key, value, options);
}

export async function logMetrics(
  metrics: Readonly<Record<string, number>>,
  options?: Int64 | MetricOptions,
): Promise<void> {
  await (await current()).logMetrics(metrics, options);
}

export async function setTag(key: string, value: TextValue): Promise<void> {
  await (await current()).setTag(key, value);
}

export async function setTags(tags: Readonly<Record<string, TextValue>>): Promise<void> {
  await (await current()).setTags(tags);
}

export async function deleteTag(key: string): Promise<void> {
  await (await current()).deleteTag(key);
}

/** Records a dataset that the active run uses. @param context such as `training` */
export async function logInput(
  dataset: DatasetSource,
  context?: string,
  tags?: Readonly<Record<string, string>>,
): Promise<void> {
  await (await current()).logInput(dataset, context, tags);
}

/** Which run keeps an artifact. */
export interface OfRun {
  /** A run that is under way or ended; it is left as it is. Default: the active one. */
  readonly runId?: string | undefined;
}

async function addressed({ runId }: OfRun = {}): Promise<ActiveRun> {
  if (runId === undefined) return current();
  const settings = settingsOf();
  const { run } = await call(settings, getRunContract, { run_id: runId });
  return new ActiveRun(settings, runOf(run ?? emptyRun).info);
}

/** Keeps a file of this machine (in Node and Bun). @param folder of the run's artifacts, the root by default */
export async function logArtifact(localPath: string, folder?: string, of?: OfRun): Promise<void> {
  await (await addressed(of)).logArtifact(localPath, folder);
}

/** Keeps the content of a folder of this machine (in Node and Bun). */
export async function logArtifacts(localFolder: string, folder?: string, of?: OfRun): Promise<void> {
  await (await addressed(of)).logArtifacts(localFolder, folder);
}

export async function logText(text: string, artifactFile: string, of?: OfRun): Promise<void> {
  await (await addressed(of)).logText(text, artifactFile);
}

/** Keeps a record or list: as YAML when the name ends in `.yml` or `.yaml`, else as JSON. */
export async function logDict(value: unknown, artifactFile: string, of?: OfRun): Promise<void> {
  await (await addressed(of)).logDict(value, artifactFile);
}

/** Keeps an image: under a file name, or by key and step for the image grid. Pixels become a PNG. */
export async function logImage(image: ImageSource, place: string | KeyedImage, of?: OfRun): Promise<void> {
  await (await addressed(of)).logImage(image, place);
}

/** Keeps rows as a table; those of a table that is there already stay before them. */
export async function logTable(data: TableSource, artifactFile: string, of?: OfRun): Promise<void> {
  await (await addressed(of)).logTable(data, artifactFile);
}

/** Keeps an SVG text or an encoded image, such as a chart library writes. */
export async function logFigure(
  figure: string | Uint8Array<ArrayBuffer> | Blob,
  artifactFile: string,
  of?: OfRun,
): Promise<void> {
  await (await addressed(of)).logFigure(figure, artifactFile);
}

/** Resolves when every metric point that was logged is on the server. */
export async function flush(): Promise<void> {
  await flushAll();
}
