/** What the registry asks of tracking; it has the shape of the registry's `ModelSources`. */
import type { Reader, Writer } from '../database/database.ts';
import { lifecycle } from './lifecycle.ts';
import { findLoggedModel, setLoggedModelTags, tagsOfLoggedModels } from './logged-model-store.ts';
import { findRun } from './run-store.ts';

/** A logged model's registrations, as clients of mlflow 3 read them. */
const registrationsTag = 'mlflow.modelVersions';

async function runArtifactUri(reader: Reader, runId: string): Promise<string | undefined> {
  return (await findRun(reader, runId))?.artifact_uri;
}

async function loggedModel(
  reader: Reader,
  modelId: string,
): Promise<{ artifactUri: string; sourceRunId: string } | undefined> {
  const model = await findLoggedModel(reader, modelId);
  if (model?.lifecycle !== lifecycle.active) return undefined;
  return { artifactUri: model.artifact_uri, sourceRunId: model.source_run_id ?? '' };
}

async function noteRegistration(writer: Writer, modelId: string, name: string, version: number): Promise<void> {
  const model = await findLoggedModel(writer, modelId);
  if (!model) return;
  const tags = await tagsOfLoggedModels(writer, [model.id]);
  const before = tags.find((tag) => tag.key === registrationsTag)?.value;
  const entry = `{"name": ${JSON.stringify(name)}, "version": ${version}}`;
  const value = before === undefined ? `[${entry}]` : `${before.slice(0, -1)}, ${entry}]`;
  await setLoggedModelTags(writer, model.id, [{ key: registrationsTag, value }]);
}

export const modelSources = { runArtifactUri, loggedModel, noteRegistration };
