/** A search from its configuration to its result. */
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { greaterIsBetter } from '../../protocol/automl-config.ts';
import {
  automlTags,
  championAlias,
  databricksTags,
  type AutomlPhase,
  type LeaderboardRow,
} from '../../protocol/automl-record.ts';
import type { RunStatus } from '../../protocol/runs.ts';
import { automlAddress } from '../../sdk/automl-address.ts';
import { registerAutoml } from '../../sdk/automl-register.ts';
import type { Settings } from '../../sdk/settings.ts';
import type { Searcher } from '../worker/worker.ts';
import type { SearchClock } from './clock.ts';
import type { SearchEvents } from './events.ts';
import {
  leadsBaseline,
  makeEarlyFinal,
  makeEnsembles,
  makeFinal,
  scoreTest,
  shareTestScores,
  tellBaseline,
  tellEvent,
  tellShortcoming,
  testGoesFirst,
  writeInference,
  writeRanks,
} from './finish.ts';
import { inParallel } from './in-parallel.ts';
import { checkNewSearch, newSearch } from './new-search.ts';
import { resumeSearch, type OpenedSearch, type ResumeWish } from './open-search.ts';
import type { SearchParts } from './parts.ts';
import { PlanSource } from './plan-source.ts';
import { prepareSession, startRunner, type Prepared } from './prepare-session.ts';
import { searchTrials } from './scheduler.ts';
import { moreTime, SearchError } from './search-error.ts';
import type { AutomlSession } from './session.ts';
import { watchSearch } from './watch.ts';
import { within } from './within.ts';

export interface SearchOptions {
  readonly settings: Settings;
  readonly parts: SearchParts;
  readonly events: SearchEvents;
  /** Ends it as at its limit. */
  readonly stop: AbortSignal;
  /** Ends it at once. */
  readonly hurry: AbortSignal;
  readonly resume?: ResumeWish | undefined;
}

export interface SearchEnd {
  readonly runId: string;
  readonly experimentId: string;
  /** Of its page. */
  readonly address: string;
  readonly status: RunStatus;
  readonly phase: AutomlPhase;
  /** Why it ended. */
  readonly message: string;
  /** Best first. */
  readonly leaderboard: readonly LeaderboardRow[];
  /** Such as `runs:/…/model`. */
  readonly modelUri: string;
  /** Such as `churn/3`. */
  readonly registered: string | undefined;
  /** That version has the alias `champion`. */
  readonly champion: boolean;
  /** Trials that had not ended when the search did. */
  readonly killed: number;
  /** What was left out that the result is worse for. */
  readonly warnings: readonly string[];
  /** Columns of lists in the data: models take a column for each of their places. */
  readonly listColumns: readonly string[];
}

/** Processes that were asked to end have so long. */
const closing = 1500;
const endedAtOnce = 'Ended at once.';
/** So long a person who stops it waits for the ranks, in milliseconds, if what follows the trials is in time. */
const patience = 8000;

/** @throws SearchError when there is no result, what the data is refused with, what the SDK throws */
export async function runSearch(config: AutomlConfig, options: SearchOptions): Promise<SearchEnd> {
  const { settings, parts, events, stop, hurry, resume } = options;
  // What goes on has been read before, maybe of a file that is gone.
  if (!resume) await checkNewSearch(config);
  const python = await findPython(config, options);
  const reader = { python, parts, events };
  // Stopped by whom; undefined while nobody did.
  let stopped: string | undefined;
  const endBy = (clock: SearchClock, by: string) => (): void => {
    stopped ??= by;
    clock.endTrials(patience);
  };
  const heed = (clock: SearchClock): void => {
    events.deadline(clock.deadline);
    onAbort(stop, endBy(clock, 'Stopped by a signal.'));
    onAbort(hurry, () => clock.endAll());
  };
  const starting = startRunner(config, reader);
  let opened: OpenedSearch | undefined;
  let prepared: Prepared | undefined;
  let unwatch: (() => void) | undefined;
  try {
    if (resume) {
      opened = await resumeSearch(config, settings, events, resume);
      heed(opened.clock);
    } else {
      opened = await newSearch(config, settings, reader, heed);
    }
    const { clock, run, store } = opened;
    const { experimentId } = store;
    const address = await automlAddress(settings, run.runId, experimentId);
    events.begun({ runId: run.runId, experimentId, address });
    unwatch = watchSearch({
      store,
      runId: run.runId,
      clock,
      onDeadline: (time) => events.deadline(time),
      onStop: endBy(clock, 'Stopped as it was wished.'),
    });
    const preparing = prepareSession(opened, starting, reader, settings);
    const work = async (): Promise<Result> => {
      prepared = await preparing;
      return search(prepared, python, options, () => stopped);
    };
    const result = await unlessEnded(work(), hurry);
    return { runId: run.runId, experimentId, address, ...result };
  } catch (error) {
    if (opened) await (hurry.aborted ? endNow(opened) : fail(opened, error as Error, stopped));
    if (stopped !== undefined && !(error instanceof SearchError && prepared)) {
      throw new SearchError(`${stopped} There was no trial yet.`, opened?.run.runId);
    }
    throw error;
  } finally {
    unwatch?.();
    opened?.clock.close();
    const closed = starting.then((runner) => runner.close()).catch(() => undefined);
    await within(closed, Date.now() + closing).catch(() => undefined);
  }
}

/** Makes it where there is none, which takes nothing of the search's time. @throws SearchError when it is stopped meanwhile */
async function findPython(
  { timeout_seconds: seconds }: AutomlConfig,
  { parts, events, stop }: SearchOptions,
): Promise<string> {
  let isTold = false;
  const onProgress = (step: string): void => {
    if (!isTold) events.note(`Making the environment, once; the ${seconds} s count from then.`);
    isTold = true;
    events.step(step);
  };
  try {
    return await parts.python({ onProgress, signal: stop });
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new SearchError('Stopped by a signal while the environment was made; nothing was recorded.');
  }
}

type Result = Omit<SearchEnd, 'runId' | 'experimentId' | 'address'>;

async function search(
  { session, uploading }: Prepared,
  python: string,
  { parts, events, hurry }: SearchOptions,
  stoppedBy: () => string | undefined,
): Promise<Result> {
  const { clock, store, run, config } = session;
  // What was ended at once writes nothing over its end.
  const step = async <T>(what: string, work: () => Promise<T>): Promise<T | undefined> => {
    hurry.throwIfAborted();
    return tried(session, what, work);
  };
  hurry.throwIfAborted();
  await session.phase('searching');
  const ready = Date.now();
  const reason = await tryModels(session, python, parts);
  hurry.throwIfAborted();
  if (session.trials.length === 0) throw noModel(session, ready, stoppedBy());
  const combines = (await step('The ensembles', async () => session.ensembles().length > 0)) ?? false;
  if (stoppedBy() === undefined && combines) {
    await session.phase('ensembling');
    await step('The final model', () => makeEarlyFinal(session));
    await step('The ensembles', () => makeEnsembles(session));
  }
  clock.endTrials();
  await step('The phase', () => session.phase('finishing'));
  const last = [
    ['The final model', makeFinal],
    ['The test scores', scoreTest],
  ] as const;
  await inParallel(testGoesFirst(session) ? last.toReversed() : last, session.resources.parallel, ([what, work]) =>
    step(what, () => work(session)),
  );
  await step('The test scores of the final model', () => shareTestScores(session));
  tellBaseline(session);
  tellEvent(session);
  tellShortcoming(session);
  const leaderboard = (await step('The leaderboard', () => writeRanks(session))) ?? [];
  const best = session.best?.runId ?? '';
  const name = config.register;
  const registered =
    name === undefined
      ? undefined
      : await step(`The registration as ${name}`, () => registerAutoml(run.runId, name, best));
  if (registered && !registered.champion && leadsBaseline(session)) {
    session.warn(`The alias ${championAlias} of ${name} stays where it is: a baseline does not take it.`);
  }
  const version = registered ? `${registered.name}/${registered.version}` : undefined;
  const modelUri = version === undefined ? `runs:/${best}/model` : `models:/${version}`;
  await step('The notebooks that predict', () => writeInference(session, modelUri));
  await step('The data', () => within(uploading, clock.hardEnd, clock.over));
  hurry.throwIfAborted();
  const phase = stoppedBy() === undefined ? 'finished' : 'stopped';
  const message = stoppedBy() ?? reason;
  const { warnings, killed } = session;
  const warning = warnings.length === 0 ? {} : { [automlTags.warning]: warnings.join('\n') };
  await store.tag(run.runId, { [automlTags.phase]: phase, [automlTags.message]: message, ...warning });
  await store.tagExperiment({ [`${databricksTags.prefix}state`]: 'SUCCESS' });
  await store.end(run.runId, 'FINISHED');
  events.phase(phase);
  const champion = registered?.champion ?? false;
  const { alerts } = session.context.profile;
  const listColumns = alerts.find(({ name }) => name === 'arrays_as_columns')?.columns ?? [];
  return {
    status: 'FINISHED',
    phase,
    message,
    leaderboard,
    modelUri,
    registered: version,
    champion,
    killed,
    warnings,
    listColumns,
  };
}

async function tryModels(session: AutomlSession, python: string, parts: SearchParts): Promise<string> {
  const { problem, context, config, workshop, events } = session;
  const space = problem.space(context);
  const metric = config.primary_metric;
  const { environment } = workshop;
  const known = problem.portfolio(context);
  const options = {
    python,
    space,
    seed: config.seed,
    greaterIsBetter: greaterIsBetter.has(metric),
    known,
    environment,
  };
  const searcher: Searcher | undefined = Object.keys(space).length === 0 ? undefined : await parts.searcher(options);
  try {
    const note = (text: string): void => events.note(text);
    const source = new PlanSource(problem, known, searcher, note);
    for (const trial of session.trials.sort((a, b) => a.number - b.number)) await source.replay(trial);
    return await searchTrials(session, source);
  } finally {
    if (searcher) await within(searcher.close(), Date.now() + closing).catch(() => undefined);
  }
}

/** What follows the trials takes nothing from them: what cannot be done is told. */
async function tried<T>(session: AutomlSession, what: string, work: () => Promise<T>): Promise<T | undefined> {
  const { clock } = session;
  try {
    return await within(work(), clock.hardEnd, clock.over, 500);
  } catch (error) {
    session.warn(`${what} could not be made: ${(error as Error).message}`);
    return undefined;
  }
}

/** @param ready when the data was */
function noModel({ failed, run, clock, context }: AutomlSession, ready: number, stopped?: string): SearchError {
  if (stopped !== undefined) return new SearchError(`${stopped} No trial had ended yet.`, run.runId);
  const [first] = failed;
  if (first && !first.finished) {
    const count = failed.length === 1 ? 'The only trial' : `All ${failed.length} trials`;
    return new SearchError(`no model was found. ${count} failed; the first: ${first.message}`, run.runId);
  }
  const [all, trials] = [clock.budget, Date.now() - ready].map((time) => (time / 1000).toFixed(0));
  return new SearchError(
    `no model was found: no trial ended in the ${trials} of ${all} s that were left when the data was ready. ` +
      moreTime(context.profile.rows),
    run.runId,
  );
}

async function fail({ store, run }: OpenedSearch, error: Error, stopped: string | undefined): Promise<void> {
  try {
    const message = stopped ?? error.message;
    const phase: AutomlPhase = stopped === undefined ? 'failed' : 'stopped';
    await store.tag(run.runId, { [automlTags.phase]: phase, [automlTags.message]: message });
    await store.tagExperiment({ [`${databricksTags.prefix}state`]: stopped === undefined ? 'FAILED' : 'CANCELED' });
    await store.end(run.runId, stopped === undefined ? 'FAILED' : 'KILLED');
  } catch {
    // The server is gone; what went wrong first is told.
  }
}

/** What a person ended at once: first what counts, as the process has little time for more. */
async function endNow({ store, run }: OpenedSearch): Promise<void> {
  try {
    await store.end(run.runId, 'KILLED');
    await Promise.all([
      store.tag(run.runId, { [automlTags.phase]: 'stopped', [automlTags.message]: endedAtOnce }),
      store.tagExperiment({ [`${databricksTags.prefix}state`]: 'CANCELED' }),
    ]);
  } catch {
    // The server is gone; nobody waits for it.
  }
}

/** @throws SearchError when a person ends it at once: what is done then is not waited for */
async function unlessEnded<T>(work: Promise<T>, hurry: AbortSignal): Promise<T> {
  const { promise: ended, reject } = Promise.withResolvers<never>();
  onAbort(hurry, () => reject(new SearchError(endedAtOnce)));
  return Promise.race([work, ended]);
}

function onAbort(signal: AbortSignal, then: () => void): void {
  if (signal.aborted) then();
  else signal.addEventListener('abort', then, { once: true });
}
