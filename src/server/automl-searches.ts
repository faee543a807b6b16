/** What may be asked of a search of AutoML while it runs and after, wherever it runs: all goes through its run. */
import { isBaseline } from '../protocol/automl-baseline.ts';
import { automlTags, championAlias, stopWish, wishedDeadline } from '../protocol/automl-record.ts';
import { doesNotExist, invalidParameter, isApiError } from '../protocol/errors.ts';
import type { ModelVersionService } from '../registry/model-version-service.ts';
import type { RegisteredModelService } from '../registry/registered-model-service.ts';
import type { ModelVersion } from '../registry/registry-reader.ts';
import type { Run } from '../tracking/run-reader.ts';
import type { RunService } from '../tracking/run-service.ts';

interface SearchParts {
  readonly runs: RunService;
  readonly registeredModels: RegisteredModelService;
  readonly modelVersions: ModelVersionService;
}

interface Registration {
  readonly name: string;
  /** Undefined: the best. */
  readonly trial_run_id?: string | undefined;
  readonly description?: string | undefined;
}

const parentTag = 'mlflow.parentRunId';

export class AutomlSearches {
  readonly #parts: SearchParts;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  async stop(runId: string): Promise<void> {
    await this.#running(runId, 'stopped');
    await this.#parts.runs.setTag(runId, automlTags.wish, stopWish);
  }

  /** @returns the new deadline */
  async extend(runId: string, seconds: number): Promise<number> {
    const tags = await this.#running(runId, 'extended');
    const wish = tags.get(automlTags.wish);
    if (wish === stopWish) throw invalidParameter(`The search ${runId} is about to stop.`);
    const before = wishedDeadline(tags.get(automlTags.deadline), wish);
    if (!Number.isFinite(before)) throw invalidParameter(`The time of the search ${runId} has not begun yet.`);
    if (!Number.isFinite(seconds)) throw invalidParameter('seconds is a number, such as 600.');
    const deadline = Math.round(Math.max(before + seconds * 1000, Date.now()));
    await this.#parts.runs.setTag(runId, automlTags.wish, String(deadline));
    return deadline;
  }

  async register(search: string, { name, trial_run_id: wanted, description }: Registration): Promise<ModelVersion> {
    const best = tagsOf(await this.#search(search)).get(automlTags.best);
    const runId = wanted || best;
    if (runId === undefined) throw invalidParameter(`No trial of the search ${search} has a model yet.`);
    const modelId = await this.#modelOf(runId, search);
    const { registeredModels, modelVersions, runs } = this.#parts;
    await this.#ensureModel(registeredModels, name);
    // Clients before MLflow 3 log a model among the artifacts of its run.
    const source = modelId === undefined ? `runs:/${runId}/model` : `models:/${modelId}`;
    const link = { source, runId, modelId, runLink: undefined };
    const { version = '' } = await modelVersions.create({ name, ...link, description, tags: [] });
    if (runId === best && (await this.#mayChampion(name, runId)))
      await registeredModels.setAlias(name, championAlias, version);
    await runs.setTag(search, automlTags.registered, `${name}/${version}`);
    return modelVersions.get(name, version);
  }

  /** The version that serves gives way to another model, not to a baseline. */
  async #mayChampion(name: string, trial: string): Promise<boolean> {
    const { registeredModels, runs } = this.#parts;
    const { aliases = [] } = await registeredModels.get(name);
    if (!aliases.some(({ alias }) => alias === championAlias)) return true;
    return !(await isBaseline(trial, async (id) => Object.fromEntries(tagsOf(await runs.get(id)))));
  }

  async #ensureModel(models: RegisteredModelService, name: string): Promise<void> {
    try {
      await models.get(name);
    } catch (error) {
      if (!isApiError(error) || error.code !== 'RESOURCE_DOES_NOT_EXIST') throw error;
      await models.create(name, undefined, []);
    }
  }

  /** The logged model of a trial, if that is one. */
  async #modelOf(trial: string, search: string): Promise<string | undefined> {
    const run = await this.#parts.runs.get(trial);
    const tags = tagsOf(run);
    // The data exploration is a child of the search too.
    const isTrial = tags.get(parentTag) === search && tags.get(automlTags.role) === 'trial';
    if (!isTrial) throw invalidParameter(`${trial} is no trial of the search ${search}.`);
    const model = run.outputs?.model_outputs?.at(-1)?.model_id;
    if (model === undefined && run.info?.status !== 'FINISHED') {
      throw invalidParameter(`The trial ${trial} has no model: only one that finished can be registered.`);
    }
    return model;
  }

  /** Its tags. */
  async #running(runId: string, what: string): Promise<Map<string, string>> {
    const run = await this.#search(runId);
    if (run.info?.status === 'RUNNING') return tagsOf(run);
    throw invalidParameter(`The search ${runId} has ended, so it cannot be ${what}.`);
  }

  async #search(runId: string): Promise<Run> {
    const run = await this.#parts.runs.get(runId);
    if (tagsOf(run).get(automlTags.role) === 'search') return run;
    throw doesNotExist(`The run ${runId} is no search of AutoML.`);
  }
}

function tagsOf({ data }: Run): Map<string, string> {
  return new Map(data?.tags?.map(({ key = '', value = '' }) => [key, value]));
}
