/** Addresses of artifacts: `runs:/…` and `models:/…` → where the files lie. */
import { getLoggedModel } from '../protocol/logged-models.ts';
import { getModelVersion, getModelVersionDownloadUri } from '../protocol/model-versions.ts';
import { getLatestVersions, getModelVersionByAlias } from '../protocol/registered-models.ts';
import { getRun } from '../protocol/runs.ts';
import { artifactStoreFor, joinPath, type ArtifactStore } from './artifact-store.ts';
import { call } from './call.ts';
import { ResourceDoesNotExistError } from './errors.ts';
import type { Settings } from './settings.ts';

interface ModelSource {
  readonly uri: string;
  readonly runId?: string | undefined;
  readonly modelId?: string | undefined;
}

/** What a version records of the model that it is made of. */
export async function modelSourceOf(settings: Settings, uri: string): Promise<ModelSource> {
  const runs = /^runs:\/+([^/]+)\/(.+)$/.exec(uri);
  if (runs) {
    const [, runId = '', path = ''] = runs;
    return { uri: joinPath(await artifactUriOfRun(settings, runId), path), runId };
  }
  const logged = /^models:\/+(m-[^/]+)$/.exec(uri);
  if (!logged) return { uri };
  const { model } = await call(settings, getLoggedModel, { model_id: logged[1] ?? '' });
  return { uri: model?.info?.artifact_uri ?? '', runId: model?.info?.source_run_id, modelId: model?.info?.model_id };
}

/**
 * The store and the path in it that an address names: `runs:/<run id>/<path>`, `models:/<name>/<version>`,
 * `models:/<name>/<stage>`, `models:/<name>/latest`, `models:/<name>@<alias>`, `models:/<logged model id>`, each with a
 * path behind it, or an artifact URI.
 */
export async function resolveArtifact(
  settings: Settings,
  uri: string,
): Promise<{ store: ArtifactStore; path: string }> {
  const runs = /^runs:\/+([^/]+)\/?(.*)$/.exec(uri);
  if (runs) {
    const store = artifactStoreFor(settings, await artifactUriOfRun(settings, runs[1] ?? ''));
    return { store, path: runs[2] ?? '' };
  }
  if (!uri.startsWith('models:')) return { store: artifactStoreFor(settings, uri), path: '' };
  const { location, path } = await locationOfModel(settings, uri);
  return { store: artifactStoreFor(settings, location), path };
}

async function artifactUriOfRun(settings: Settings, runId: string): Promise<string> {
  const { run } = await call(settings, getRun, { run_id: runId });
  return run?.info?.artifact_uri ?? '';
}

async function locationOfModel(settings: Settings, uri: string): Promise<{ location: string; path: string }> {
  const [first = '', ...rest] = uri.replace(/^models:\/+/, '').split('/');
  if (/^m-[0-9a-f]{32}$/.test(first)) {
    const { model } = await call(settings, getLoggedModel, { model_id: first });
    return { location: model?.info?.artifact_uri ?? '', path: rest.join('/') };
  }
  const [name = '', alias] = first.split('@');
  const version =
    alias === undefined
      ? await versionOf(settings, name, rest.shift() ?? '')
      : await versionOfAlias(settings, name, alias);
  const { artifact_uri = '' } = await call(settings, getModelVersionDownloadUri, { name, version });
  if (!artifact_uri.startsWith('models:')) return { location: artifact_uri, path: rest.join('/') };
  // A copy of another version, or a logged model.
  const inner = await locationOfModel(settings, artifact_uri);
  return { location: inner.location, path: joinPath(inner.path, rest.join('/')) };
}

async function versionOfAlias(settings: Settings, name: string, alias: string): Promise<string> {
  const { model_version } = await call(settings, getModelVersionByAlias, { name, alias });
  return model_version?.version ?? '';
}

/** A version's number, or the newest of a stage, or of all by `latest`. */
async function versionOf(settings: Settings, name: string, which: string): Promise<string> {
  if (/^\d+$/.test(which))
    return (await call(settings, getModelVersion, { name, version: which })).model_version?.version ?? which;
  if (which === '') throw new TypeError(`models:/${name} lacks a version, stage or alias, such as models:/${name}/1.`);
  const latest = which.toLowerCase() === 'latest';
  const { model_versions } = await call(settings, getLatestVersions, { name, stages: latest ? [] : [which] });
  const [newest] = model_versions.map(({ version = '0' }) => Number(version)).toSorted((a, b) => b - a);
  if (newest === undefined) {
    throw new ResourceDoesNotExistError(
      'RESOURCE_DOES_NOT_EXIST',
      `${name} has no version of the stage ${which}.`,
      404,
    );
  }
  return String(newest);
}
