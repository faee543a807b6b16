/** Where the files of a model lie. */
import { getLoggedModel } from '../../protocol/logged-models.ts';
import { getRun } from '../../protocol/runs.ts';
import { artifactStoreFor, joinPath, type ArtifactStore } from '../artifact-store.ts';
import { resolveArtifact } from '../artifact-uri.ts';
import { call } from '../call.ts';
import { ResourceDoesNotExistError } from '../errors.ts';
import type { Settings } from '../settings.ts';

export interface ModelPlace {
  readonly store: ArtifactStore;
  /** In the store. */
  readonly folder: string;
  readonly mlmodel: string;
}

const file = 'MLmodel';

/** @throws ResourceDoesNotExistError when there is no MLmodel file at the address */
export async function locateModel(settings: Settings, uri: string): Promise<ModelPlace> {
  const { store, path } = await resolveArtifact(settings, uri);
  const folder = path.replace(/\/+$/, '');
  try {
    return { store, folder, mlmodel: await (await store.download(joinPath(folder, file))).text() };
  } catch (error) {
    if (!(error instanceof ResourceDoesNotExistError)) throw error;
    const logged = await loggedModelOf(settings, uri);
    if (logged) return logged;
    throw new ResourceDoesNotExistError(
      'RESOURCE_DOES_NOT_EXIST',
      `There is no MLmodel file at ${uri}: it is no model.`,
      404,
    );
  }
}

/** `runs:/<run id>/<name>` is also the name of a model that the run logged, whose files lie elsewhere. */
async function loggedModelOf(settings: Settings, uri: string): Promise<ModelPlace | undefined> {
  const [, runId, name] = /^runs:\/+([^/]+)\/(.+?)\/*$/.exec(uri) ?? [];
  if (runId === undefined) return undefined;
  const { run } = await call(settings, getRun, { run_id: runId });
  const made = (run?.outputs?.model_outputs ?? []).toSorted((a, b) => Number(b.step ?? 0) - Number(a.step ?? 0));
  for (const { model_id = '' } of made) {
    const { model } = await call(settings, getLoggedModel, { model_id });
    if (model?.info?.name !== name) continue;
    const store = artifactStoreFor(settings, model?.info?.artifact_uri ?? '');
    return { store, folder: '', mlmodel: await (await store.download(file)).text() };
  }
  return undefined;
}
