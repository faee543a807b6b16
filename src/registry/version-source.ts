/** Where a new version comes from: whether it may come from there, and where its files are. */
import { ApiError, doesNotExist, invalidParameter } from '../protocol/errors.ts';
import { checkModelVersionSource } from '../protocol/model-source.ts';
import type { Reader } from '../database/database.ts';
import type { ModelSources } from './model-sources.ts';
import { newestVersion, newestVersionsOfStages, type ModelVersionRow } from './model-version-store.ts';
import { isPrompt } from './prompts.ts';
import { findAlias, type RegisteredModelRow } from './registered-model-store.ts';
import { existingModel, existingVersion, versionOf } from './registry-rules.ts';
import { stages } from './stages.ts';

export interface VersionSource {
  source: string;
  runId: string | undefined;
  modelId: string | undefined;
}

/** @param allowedHostSchemes schemes that name a host, which a source may use */
export async function checkSource(
  reader: Reader,
  sources: ModelSources,
  { source, runId, modelId }: VersionSource,
  model: RegisteredModelRow,
  allowedHostSchemes: readonly string[],
): Promise<void> {
  const modelArtifactUri = modelId ? (await sources.loggedModel(reader, modelId))?.artifactUri : undefined;
  checkModelVersionSource(source, {
    runId,
    runArtifactUri: runId ? await sources.runArtifactUri(reader, runId) : undefined,
    modelId,
    modelArtifactUri,
    isPrompt: await isPrompt(reader, model),
    allowedHostSchemes,
  });
}

/** Where the version comes from and where its files are; `models:/…` addresses are resolved here. */
export async function originOf(
  reader: Reader,
  sources: ModelSources,
  { source, runId, modelId }: VersionSource,
): Promise<{ source: string; location: string; runId: string | null }> {
  const address = /^models:\//i.test(source) ? source.slice('models:/'.length) : undefined;
  if (address === undefined || address === modelId) {
    if (!modelId) return { source, location: source, runId: null };
    const model = await sources.loggedModel(reader, modelId);
    if (!model) throw doesNotExist(`Logged model with ID '${modelId}' not found.`);
    return { source, location: address === undefined ? source : model.artifactUri, runId: model.sourceRunId || null };
  }
  const copied = await resolveModelAddress(reader, address);
  // Else a copy could claim to be of another run.
  if (modelId || (runId !== undefined && runId !== (copied.run_id ?? ''))) {
    throw invalidParameter(
      `Invalid model version source: '${source}'. The run_id and model_id request parameters must match the referenced model version.`,
    );
  }
  return {
    source: `models:/${copied.name}/${copied.version}`,
    location: copied.storage_location,
    runId: copied.run_id,
  };
}

/** `name/3`, `name/latest`, `name/Production` or `name@alias` as a version. */
async function resolveModelAddress(reader: Reader, address: string): Promise<ModelVersionRow> {
  const at = /^([^/@]+)@(.+)$/.exec(address);
  if (at?.[1] !== undefined && at[2] !== undefined) {
    const model = await existingModel(reader, at[1]);
    const alias = await findAlias(reader, model.id, at[2]);
    if (!alias) throw new ApiError('INVALID_PARAMETER_VALUE', `Registered model alias ${at[2]} not found.`);
    return existingVersion(reader, model.name, alias.version);
  }
  const [name = '', suffix = ''] = address.split('/');
  const model = await existingModel(reader, name);
  if (/^\d+$/.test(suffix)) return existingVersion(reader, name, versionOf(suffix));
  if (suffix.toLowerCase() === 'latest') {
    const newest = await newestVersion(reader, model.id);
    if (newest) return newest;
  }
  const stage = stages.find((known) => known.toLowerCase() === suffix.toLowerCase());
  const [found] = stage ? await newestVersionsOfStages(reader, [model.id], [stage]) : [];
  if (!found) throw doesNotExist(`No versions of model with name '${name}' and stage '${suffix}' found`);
  return found;
}
