/** Artifacts that go for good: folders that bear the id of the run or model they belong to, and nothing else. */
import type { ArtifactStore } from '../artifacts/artifact-store.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { ApiError, type ErrorCode } from '../protocol/errors.ts';

/** The artifact stores of this server, as `ArtifactRepository` has them: it throws for storage that is not its own. */
export interface ArtifactHome {
  storeFor(artifactUri: string): ArtifactStore;
}

/** A run or logged model, by its id, and where its artifacts lie. */
export interface Owner {
  readonly uuid: string;
  readonly artifact_uri: string;
}

const notOurs: readonly ErrorCode[] = ['PERMISSION_DENIED', 'NOT_IMPLEMENTED', 'INVALID_PARAMETER_VALUE'];

/** The folder named by the owner's id, which holds `artifacts`; undefined where this server owns no such folder. */
async function ownFolder(
  home: ArtifactHome | undefined,
  uri: string,
  owner: string,
): Promise<ArtifactStore | undefined> {
  const { scheme, authority, path } = parseArtifactUri(uri);
  // Another server's store, or a folder that may hold what others logged.
  if (scheme === 'mlflow-artifacts' && authority !== '') return undefined;
  if (!`/${path}`.endsWith(`/${owner}/artifacts`) || !uri.endsWith('/artifacts')) return undefined;
  return orNotOurs(async () => home?.storeFor(uri.slice(0, -'/artifacts'.length)));
}

/** Removes the artifacts of a run or model; false when they do not lie in a folder that this server owns. */
export async function eraseArtifacts(home: ArtifactHome | undefined, uri: string, owner: string): Promise<boolean> {
  const folder = await ownFolder(home, uri, owner);
  if (folder === undefined) return false;
  const removed = await orNotOurs(async () => {
    await folder.delete('artifacts');
    await removeIfEmpty(folder);
    return true;
  });
  return removed === true;
}

/** Removes what is left of an experiment's own folder when nothing lies in it any more. */
export async function tidyLocation(home: ArtifactHome | undefined, location: string): Promise<void> {
  for (const uri of [`${location}/models`, location]) {
    const { scheme, authority } = parseArtifactUri(uri);
    if (scheme === 'mlflow-artifacts' && authority !== '') return;
    await orNotOurs(async () => {
      const folder = home?.storeFor(uri);
      if (folder) await removeIfEmpty(folder);
    });
  }
}

/** How many bytes of artifacts would go with some runs or models, and where artifacts would stay. */
export async function artifactsInSight(
  home: ArtifactHome | undefined,
  owners: readonly Owner[],
): Promise<{ bytes: number; kept: string[] }> {
  const kept: string[] = [];
  let bytes = 0;
  for (const { uuid, artifact_uri: uri } of owners) {
    const folder = await ownFolder(home, uri, uuid);
    const size = folder && (await orNotOurs(() => bytesIn(folder, 'artifacts')));
    if (size === undefined) kept.push(uri);
    else bytes += size;
  }
  return { bytes, kept };
}

async function bytesIn(folder: ArtifactStore, path: string): Promise<number> {
  let bytes = 0;
  for (const entry of await folder.list(path)) {
    bytes += entry.isDir ? await bytesIn(folder, entry.path) : entry.size;
  }
  return bytes;
}

async function removeIfEmpty(folder: ArtifactStore): Promise<void> {
  if ((await folder.list('')).length === 0) await folder.delete('');
}

/** Undefined for what is refused because it lies elsewhere or behind a link; a disk that fails is an error. */
async function orNotOurs<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && notOurs.includes(error.code)) return undefined;
    throw error;
  }
}
