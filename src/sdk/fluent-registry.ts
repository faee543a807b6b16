/** The fluent functions of the model registry. */
import * as versions from '../protocol/model-versions.ts';
import * as models from '../protocol/registered-models.ts';
import { call } from './call.ts';
import { modelVersionOf, registeredModelOf, type ModelVersion, type RegisteredModel } from './entities.ts';
import { ResourceAlreadyExistsError } from './errors.ts';
import { modelSourceOf } from './artifact-uri.ts';
import { collect } from './pages.ts';
import { textOf, type TextValue } from './run-values.ts';
import { settingsOf } from './settings.ts';

type Tags = Readonly<Record<string, TextValue>>;

export interface RegisterOptions {
  readonly tags?: Tags | undefined;
  readonly description?: string | undefined;
}

/**
 * Makes the next version of a registered model, and the model when it is not there.
 *
 * @param modelUri `runs:/<run id>/<path>`, `models:/<logged model id>` or an artifact URI
 */
export async function registerModel(
  modelUri: string,
  name: string,
  options: RegisterOptions = {},
): Promise<ModelVersion> {
  const settings = settingsOf();
  const source = await modelSourceOf(settings, modelUri);
  await createRegisteredModel(name).catch((error: unknown) => {
    if (!(error instanceof ResourceAlreadyExistsError)) throw error;
  });
  const answer = await call(settings, versions.createModelVersion, {
    name,
    source: source.uri,
    run_id: source.runId,
    model_id: source.modelId,
    tags: pairs(options.tags),
    description: options.description,
  });
  return versionOf(answer);
}

export async function createRegisteredModel(name: string, options: RegisterOptions = {}): Promise<RegisteredModel> {
  const request = { name, tags: pairs(options.tags), description: options.description };
  const { registered_model } = await call(settingsOf(), models.createRegisteredModel, request);
  return registeredModelOf(registered_model ?? noModel);
}

/** @throws ResourceDoesNotExistError */
export async function getRegisteredModel(name: string): Promise<RegisteredModel> {
  const { registered_model } = await call(settingsOf(), models.getRegisteredModel, { name });
  return registeredModelOf(registered_model ?? noModel);
}

export interface SearchRegistryOptions {
  /** Such as `name LIKE 'churn%'`. */
  readonly filter?: string | undefined;
  /** `filter` by its name in the Python client. */
  readonly filterString?: string | undefined;
  readonly orderBy?: readonly string[] | undefined;
  /** Default: all. */
  readonly maxResults?: number | undefined;
}

export async function searchRegisteredModels(options: SearchRegistryOptions = {}): Promise<RegisteredModel[]> {
  const settings = settingsOf();
  const found = await collect(options.maxResults, 1000, async (max_results, page_token) => {
    const request = {
      filter: options.filter ?? options.filterString,
      order_by: options.orderBy,
      max_results,
      page_token,
    };
    const page = await call(settings, models.searchRegisteredModels, request);
    return { items: page.registered_models, next: page.next_page_token };
  });
  return found.map(registeredModelOf);
}

export async function searchModelVersions(options: SearchRegistryOptions = {}): Promise<ModelVersion[]> {
  const settings = settingsOf();
  const found = await collect(options.maxResults, 10_000, async (max_results, page_token) => {
    const request = {
      filter: options.filter ?? options.filterString,
      order_by: options.orderBy,
      max_results,
      page_token,
    };
    const page = await call(settings, versions.searchModelVersions, request);
    return { items: page.model_versions, next: page.next_page_token };
  });
  return found.map(modelVersionOf);
}

export async function getModelVersion(name: string, version: string | number): Promise<ModelVersion> {
  return versionOf(await call(settingsOf(), versions.getModelVersion, { name, version: String(version) }));
}

export async function getModelVersionByAlias(name: string, alias: string): Promise<ModelVersion> {
  return versionOf(await call(settingsOf(), models.getModelVersionByAlias, { name, alias }));
}

export async function setRegisteredModelAlias(name: string, alias: string, version: string | number): Promise<void> {
  await call(settingsOf(), models.setRegisteredModelAlias, { name, alias, version: String(version) });
}

export async function deleteRegisteredModelAlias(name: string, alias: string): Promise<void> {
  await call(settingsOf(), models.deleteRegisteredModelAlias, { name, alias });
}

export async function setRegisteredModelTag(name: string, key: string, value: TextValue): Promise<void> {
  await call(settingsOf(), models.setRegisteredModelTag, { name, key, value: textOf(value, key) });
}

export async function setModelVersionTag(
  name: string,
  version: string | number,
  key: string,
  value: TextValue,
): Promise<void> {
  const request = { name, version: String(version), key, value: textOf(value, key) };
  await call(settingsOf(), versions.setModelVersionTag, request);
}

export async function deleteRegisteredModelTag(name: string, key: string): Promise<void> {
  await call(settingsOf(), models.deleteRegisteredModelTag, { name, key });
}

export async function deleteModelVersionTag(name: string, version: string | number, key: string): Promise<void> {
  await call(settingsOf(), versions.deleteModelVersionTag, { name, version: String(version), key });
}

export async function updateRegisteredModel(
  name: string,
  change: { readonly description: string },
): Promise<RegisteredModel> {
  const request = { name, description: change.description };
  const { registered_model } = await call(settingsOf(), models.updateRegisteredModel, request);
  return registeredModelOf(registered_model ?? noModel);
}

export async function updateModelVersion(
  name: string,
  version: string | number,
  change: { readonly description: string },
): Promise<ModelVersion> {
  const request = { name, version: String(version), description: change.description };
  return versionOf(await call(settingsOf(), versions.updateModelVersion, request));
}

/** @param stage `Staging`, `Production`, `Archived` or `None` */
export async function transitionModelVersionStage(
  name: string,
  version: string | number,
  stage: string,
  options: { readonly archiveExistingVersions?: boolean } = {},
): Promise<ModelVersion> {
  const request = {
    name,
    version: String(version),
    stage,
    archive_existing_versions: options.archiveExistingVersions ?? false,
  };
  return versionOf(await call(settingsOf(), versions.transitionModelVersionStage, request));
}

export async function renameRegisteredModel(name: string, newName: string): Promise<RegisteredModel> {
  const { registered_model } = await call(settingsOf(), models.renameRegisteredModel, { name, new_name: newName });
  return registeredModelOf(registered_model ?? noModel);
}

/** With all its versions; their files stay. */
export async function deleteRegisteredModel(name: string): Promise<void> {
  await call(settingsOf(), models.deleteRegisteredModel, { name });
}

export async function deleteModelVersion(name: string, version: string | number): Promise<void> {
  await call(settingsOf(), versions.deleteModelVersion, { name, version: String(version) });
}

const noModel = { latest_versions: [], tags: [], aliases: [] };
const noVersion = { tags: [], aliases: [], model_params: [], model_metrics: [] };

function versionOf(answer: { model_version?: Parameters<typeof modelVersionOf>[0] | undefined }): ModelVersion {
  return modelVersionOf(answer.model_version ?? noVersion);
}

function pairs(tags: Tags = {}): { key: string; value: string }[] {
  return Object.entries(tags).map(([key, value]) => ({ key, value: textOf(value, key) }));
}
