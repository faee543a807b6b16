/** The fluent functions of experiments. */
import * as api from '../protocol/experiments.ts';
import { call } from './call.ts';
import { experimentOf, type Experiment } from './entities.ts';
import { ResourceDoesNotExistError } from './errors.ts';
import { collect, type ViewType } from './pages.ts';
import { textOf, type TextValue } from './run-values.ts';
import { environment, settingsOf } from './settings.ts';

/** The id that `setExperiment` chose. */
let chosen: string | undefined;

/**
 * Chooses the experiment of the runs that are started from now on; one of a name that is not there is made.
 *
 * @throws Error when it is deleted
 */
export async function setExperiment(which: string | { readonly experimentId: string }): Promise<Experiment> {
  const experiment = typeof which === 'string' ? await byNameOrNew(which) : await getExperiment(which.experimentId);
  if (experiment.lifecycleStage === 'deleted') {
    throw new Error(
      `The experiment ${JSON.stringify(experiment.name)} is deleted. Restore it, or choose another name.`,
    );
  }
  chosen = experiment.experimentId;
  return experiment;
}

async function byNameOrNew(name: string): Promise<Experiment> {
  const there = await getExperimentByName(name);
  if (there) return there;
  try {
    return await getExperiment(await createExperiment(name));
  } catch (error) {
    // Somebody else made it meanwhile.
    const made = await getExperimentByName(name);
    if (made) return made;
    throw error;
  }
}

/** The experiment in which a run starts that names none. */
export async function experimentIdForRuns(): Promise<string> {
  const name = environment('MLFLOW_EXPERIMENT_NAME');
  if (chosen === undefined && name !== undefined) await setExperiment(name);
  return chosen ?? environment('MLFLOW_EXPERIMENT_ID') ?? '0';
}

export interface ExperimentOptions {
  readonly artifactLocation?: string | undefined;
  readonly tags?: Readonly<Record<string, TextValue>> | undefined;
}

/** @returns the id @throws ResourceAlreadyExistsError */
export async function createExperiment(name: string, options: ExperimentOptions = {}): Promise<string> {
  const tags = Object.entries(options.tags ?? {}).map(([key, value]) => ({ key, value: textOf(value, key) }));
  const request = { name, artifact_location: options.artifactLocation, tags };
  return (await call(settingsOf(), api.createExperiment, request)).experiment_id ?? '';
}

/** @throws ResourceDoesNotExistError */
export async function getExperiment(experimentId: string): Promise<Experiment> {
  const { experiment } = await call(settingsOf(), api.getExperiment, { experiment_id: experimentId });
  return experimentOf(experiment ?? { tags: [] });
}

/** Undefined when there is none of that name. */
export async function getExperimentByName(name: string): Promise<Experiment | undefined> {
  try {
    const { experiment } = await call(settingsOf(), api.getExperimentByName, { experiment_name: name });
    return experiment && experimentOf(experiment);
  } catch (error) {
    if (error instanceof ResourceDoesNotExistError) return undefined;
    throw error;
  }
}

export interface SearchExperimentsOptions {
  /** Such as `name LIKE 'vision/%'`. */
  readonly filter?: string | undefined;
  /** `filter` by its name in the Python client. */
  readonly filterString?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  readonly viewType?: ViewType | undefined;
  /** Default: all. */
  readonly maxResults?: number | undefined;
}

export async function searchExperiments(options: SearchExperimentsOptions = {}): Promise<Experiment[]> {
  const settings = settingsOf();
  const found = await collect(options.maxResults, 1000, async (max_results, page_token) => {
    const { experiments, next_page_token } = await call(settings, api.searchExperiments, {
      filter: options.filter ?? options.filterString,
      order_by: options.orderBy,
      view_type: options.viewType,
      max_results,
      page_token,
    });
    return { items: experiments, next: next_page_token };
  });
  return found.map(experimentOf);
}

export async function renameExperiment(experimentId: string, newName: string): Promise<void> {
  await call(settingsOf(), api.updateExperiment, { experiment_id: experimentId, new_name: newName });
}

/** It can be restored. */
export async function deleteExperiment(experimentId: string): Promise<void> {
  await call(settingsOf(), api.deleteExperiment, { experiment_id: experimentId });
}

export async function restoreExperiment(experimentId: string): Promise<void> {
  await call(settingsOf(), api.restoreExperiment, { experiment_id: experimentId });
}

/** Sets a tag of the experiment that `setExperiment` chose. */
export async function setExperimentTag(key: string, value: TextValue): Promise<void> {
  await call(settingsOf(), api.setExperimentTag, {
    experiment_id: await experimentIdForRuns(),
    key,
    value: textOf(value, key),
  });
}

/** Deletes a tag of the experiment that `setExperiment` chose. */
export async function deleteExperimentTag(key: string): Promise<void> {
  await call(settingsOf(), api.deleteExperimentTag, { experiment_id: await experimentIdForRuns(), key });
}

export async function setExperimentTags(tags: Readonly<Record<string, TextValue>>): Promise<void> {
  for (const [key, value] of Object.entries(tags)) await setExperimentTag(key, value);
}
