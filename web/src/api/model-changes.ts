/** What the pages of the model registry change. Each change makes what was read of the model old. */
import {
  createModelVersion,
  deleteModelVersion,
  deleteModelVersionTag,
  setModelVersionTag,
  transitionModelVersionStage,
  updateModelVersion,
} from '../../../src/protocol/model-versions.ts';
import {
  createRegisteredModel,
  deleteRegisteredModel,
  deleteRegisteredModelAlias,
  deleteRegisteredModelTag,
  renameRegisteredModel,
  setRegisteredModelAlias,
  setRegisteredModelTag,
  updateRegisteredModel,
} from '../../../src/protocol/registered-models.ts';
import type { Sent } from '../../../src/protocol/schema.ts';
import { call } from './client.ts';
import { queryClient } from './query-client.ts';

async function changed(name: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['models'] }),
    queryClient.invalidateQueries({ queryKey: ['model', name] }),
  ]);
}

async function listChanged(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: ['models'] });
}

export async function createModel(name: string, description: string): Promise<void> {
  await call(createRegisteredModel, { name, ...(description === '' ? {} : { description }) });
  await listChanged();
}

export async function renameModel(name: string, newName: string): Promise<void> {
  await call(renameRegisteredModel, { name, new_name: newName });
  await listChanged();
}

export async function deleteModel(name: string): Promise<void> {
  await call(deleteRegisteredModel, { name });
  // A new model may get the name, and versions of the same numbers.
  queryClient.removeQueries({ queryKey: ['mlmodel', name] });
  await listChanged();
}

export async function describeModel(name: string, description: string): Promise<void> {
  await call(updateRegisteredModel, { name, description });
  await changed(name);
}

export async function setModelTag(name: string, key: string, value: string): Promise<void> {
  await call(setRegisteredModelTag, { name, key, value });
  await changed(name);
}

export async function deleteModelTag(name: string, key: string): Promise<void> {
  await call(deleteRegisteredModelTag, { name, key });
  await changed(name);
}

export async function setAlias(name: string, alias: string, version: string): Promise<void> {
  await call(setRegisteredModelAlias, { name, alias, version });
  await changed(name);
}

export async function deleteAlias(name: string, alias: string): Promise<void> {
  await call(deleteRegisteredModelAlias, { name, alias });
  await changed(name);
}

export async function setStage(name: string, version: string, stage: string, archiveOthers = false): Promise<void> {
  await call(transitionModelVersionStage, { name, version, stage, archive_existing_versions: archiveOthers });
  await changed(name);
}

export async function describeVersion(name: string, version: string, description: string): Promise<void> {
  await call(updateModelVersion, { name, version, description });
  await changed(name);
}

export async function setVersionTag(name: string, version: string, key: string, value: string): Promise<void> {
  await call(setModelVersionTag, { name, version, key, value });
  await changed(name);
}

export async function deleteVersionTag(name: string, version: string, key: string): Promise<void> {
  await call(deleteModelVersionTag, { name, version, key });
  await changed(name);
}

export async function deleteVersion(name: string, version: string): Promise<void> {
  await call(deleteModelVersion, { name, version });
  // Not waited for: the page of the version is left first.
  void changed(name);
}

/** Adds a version and gives its number. */
export async function addVersion(version: Sent<(typeof createModelVersion)['request']>): Promise<string> {
  const answer = await call(createModelVersion, version);
  await changed(version.name);
  return answer.model_version?.version ?? '';
}
