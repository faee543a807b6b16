/** From an opened search to one whose data is prepared and whose Python is warm. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlTags, databricksTags, searchFiles, type DataProfile } from '../../protocol/automl-record.ts';
import type { Settings } from '../../sdk/settings.ts';
import { DataError } from '../data/data-error.ts';
import { datasetSchema } from '../data/dataset-schema.ts';
import { downloadArtifacts } from '../../sdk/node/download.ts';
import type { NotebookRunner } from '../worker/worker.ts';
import type { SearchEvents } from './events.ts';
import type { SearchClock } from './clock.ts';
import { dataName, type OpenedSearch } from './open-search.ts';
import type { SearchParts } from './parts.ts';
import { resourcesFor } from './resources.ts';
import { moreTime, SearchError } from './search-error.ts';
import { AutomlSession } from './session.ts';
import { trialEnvironment } from './trial-environment.ts';

export interface Prepared {
  readonly session: AutomlSession;
  readonly runner: NotebookRunner;
  /** The data on its way to the server. */
  readonly uploading: Promise<void>;
}

/** @throws SearchError, or what the data is refused with */
export async function prepareSession(
  opened: OpenedSearch,
  python: string,
  parts: SearchParts,
  settings: Settings,
  events: SearchEvents,
): Promise<Prepared> {
  const { config, store, run, clock, folder, cache, earlier } = opened;
  const problem = parts.problem(config);
  const resources = resourcesFor(config);
  const environment = trialEnvironment(store.experimentId, cache);
  const starting = parts.runner({ python, imports: problem.imports, warmUp: problem.warmUp, environment });
  // Waited for below; until then it is nobody's error.
  starting.catch(() => undefined);
  try {
    const { profile, uploading } = await profileOf(opened, parts, python, environment, resources.memory, events);
    events.profile(profile);
    const runner = await starting;
    const context = {
      config,
      profile,
      trackingUri: settings.baseUrl,
      experimentId: store.experimentId,
      searchRunId: run.runId,
      threads: resources.threads,
    };
    const workshop = { context, store, runner, folder, environment, memory: resources.memory };
    const session = new AutomlSession({ config, problem, clock, store, run, resources, events, workshop });
    if (earlier) {
      session.restore(earlier);
      events.resumed(session.trials);
    }
    return { session, runner, uploading };
  } catch (error) {
    void starting.then((runner) => runner.close()).catch(() => undefined);
    throw error;
  }
}

async function profileOf(
  opened: OpenedSearch,
  parts: SearchParts,
  python: string,
  environment: Readonly<Record<string, string>>,
  memory: number,
  events: SearchEvents,
): Promise<{ profile: DataProfile; uploading: Promise<void> }> {
  const { config, store, run, clock, folder } = opened;
  const kept = join(folder, 'profile.json');
  const data = join(folder, searchFiles.data);
  if (existsSync(kept)) {
    return { profile: JSON.parse(readFileSync(kept, 'utf8')) as DataProfile, uploading: Promise.resolve() };
  }
  const fetched = opened.earlier && (await fetchPrepared(opened));
  if (fetched) return { profile: fetched, uploading: Promise.resolve() };
  mkdirSync(data, { recursive: true });
  const begun = Date.now();
  const options = {
    python,
    folder: data,
    memory,
    environment,
    onProgress: (step: string) => events.step(step),
    signal: untilDeadline(clock),
  };
  const profile = await parts.prepare(config, options).catch((error: unknown) => {
    throw clock.trialsOver.aborted && !(error instanceof DataError) ? noTime(opened, begun, undefined) : error;
  });
  if (clock.trialsOver.aborted) throw noTime(opened, begun, profile.rows);
  writeFileSync(`${kept}.part`, JSON.stringify(profile));
  renameSync(`${kept}.part`, kept);
  await tell(opened, profile);
  const uploading = store.uploadFolder(run, data, searchFiles.data);
  uploading.catch(() => undefined);
  return { profile, uploading };
}

/** There are no trials any more, but what is wrong with the data is still worth hearing: not for who stops the search. */
function untilDeadline(clock: SearchClock): AbortSignal {
  const end = new AbortController();
  const trialsOver = (): void => {
    if (!clock.isTimeUp) end.abort();
    else AbortSignal.timeout(Math.max(0, clock.deadline - Date.now())).addEventListener('abort', () => end.abort());
  };
  if (clock.trialsOver.aborted) trialsOver();
  else clock.trialsOver.addEventListener('abort', trialsOver, { once: true });
  clock.over.addEventListener('abort', () => end.abort(), { once: true });
  return end.signal;
}

function noTime({ clock, run }: OpenedSearch, begun: number, rows: number | undefined): SearchError {
  const seconds = (Date.now() - begun) / 1000;
  return new SearchError(
    `there was no time for a trial: preparing the data took ${seconds.toFixed(0)} of ${(clock.budget / 1000).toFixed(0)} s. ` +
      moreTime(rows),
    run.runId,
  );
}

/** The data of a search that goes on elsewhere. */
async function fetchPrepared({ store, run, folder }: OpenedSearch): Promise<DataProfile | undefined> {
  try {
    const profile = (await (await store.download(run, searchFiles.profile)).json()) as DataProfile;
    await downloadArtifacts(`runs:/${run.runId}/${searchFiles.data}`, folder);
    return profile;
  } catch {
    // It was killed before they were there: they are made again.
    return undefined;
  }
}

async function tell({ config, store, run }: OpenedSearch, profile: DataProfile): Promise<void> {
  await Promise.all([
    store.upload(run, searchFiles.profile, JSON.stringify(profile, undefined, 2)),
    store.tag(run.runId, { [automlTags.dataHash]: profile.data_hash }),
    store.dataset(run.runId, {
      name: dataName(config),
      digest: profile.data_hash.slice(0, 16),
      source_type: 'local',
      source: JSON.stringify({ uri: config.dataset.includes('@') ? dataName(config) : config.dataset }),
      schema: datasetSchema(profile.columns),
      profile: JSON.stringify({ num_rows: profile.rows, num_elements: profile.rows * profile.columns.length }),
    }),
    store.tagExperiment(
      Object.fromEntries(
        profile.alerts.map(({ name, severity, message, columns: affected }) => [
          databricksTags.alertPrefix + name,
          JSON.stringify({
            version: '1',
            severity,
            message,
            affected: {
              values: affected.slice(0, 10).map((id) => ({ id, type: 'column' })),
              others: Math.max(affected.length - 10, 0),
            },
          }),
        ]),
      ),
    ),
  ]);
}
