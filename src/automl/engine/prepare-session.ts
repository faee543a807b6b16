/** From an opened search to one whose data is prepared and whose Python is warm. */
import { join } from 'node:path';
import type { AutomlConfig } from '../../protocol/automl-config.ts';
import { automlTags, databricksTags, searchFiles, type DataProfile } from '../../protocol/automl-record.ts';
import type { Settings } from '../../sdk/settings.ts';
import { datasetSchema } from '../data/dataset-schema.ts';
import { downloadArtifacts } from '../../sdk/node/download.ts';
import type { NotebookRunner } from '../worker/worker.ts';
import { dataName, type OpenedSearch } from './open-search.ts';
import { resourcesFor } from './resources.ts';
import { AutomlSession } from './session.ts';
import { preparedProfile, prepareInto, type Reader } from './stage-data.ts';
import { cacheOfSearches, serverEnvironment, trialEnvironment } from './trial-environment.ts';

export interface Prepared {
  readonly session: AutomlSession;
  readonly runner: NotebookRunner;
  /** The data on its way to the server. */
  readonly uploading: Promise<void>;
}

/** Warms Python up, which takes as long as to prepare data: both are begun together. */
export function startRunner(config: AutomlConfig, { python, parts }: Reader): Promise<NotebookRunner> {
  const { imports, warmUp } = parts.problem(config);
  const starting = parts.runner({ python, imports, warmUp, environment: serverEnvironment(cacheOfSearches()) });
  // Waited for later; until then it is nobody's error.
  starting.catch(() => undefined);
  return starting;
}

/** @throws SearchError, or what the data is refused with */
export async function prepareSession(
  opened: OpenedSearch,
  starting: Promise<NotebookRunner>,
  reader: Reader,
  settings: Settings,
): Promise<Prepared> {
  const { config, store, run, clock, folder, cache, earlier } = opened;
  const { events } = reader;
  const problem = reader.parts.problem(config);
  const resources = resourcesFor(config);
  const { profile, uploading } = await profileOf(opened, reader);
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
  const environment = trialEnvironment(store.experimentId, cache);
  const workshop = { context, store, runner, folder, environment, memory: resources.memory };
  const session = new AutomlSession({ config, problem, clock, store, run, resources, events, workshop });
  if (earlier) {
    session.restore(earlier);
    events.resumed(session.trials);
  }
  return { session, runner, uploading };
}

async function profileOf(
  opened: OpenedSearch,
  reader: Reader,
): Promise<{ profile: DataProfile; uploading: Promise<void> }> {
  const { config, store, run, clock, folder, earlier } = opened;
  const known = earlier && (preparedProfile(folder) ?? (await fetchPrepared(opened)));
  if (known) return { profile: known, uploading: Promise.resolve() };
  const profile = preparedProfile(folder) ?? (await prepareInto(folder, config, clock, reader));
  await tell(opened, profile);
  const uploading = store.uploadFolder(run, join(folder, searchFiles.data), searchFiles.data);
  uploading.catch(() => undefined);
  return { profile, uploading };
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
