/** The artifacts of what a query names. */
import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { missingParameter } from '../../protocol/decode.ts';
import type { Services } from '../services.ts';
import { text, type ArtifactCall, type ArtifactContext } from './artifact-route.ts';

/** Those of the run `run_id` or the logged model `model_id`, and its id. */
export async function ownerOf(
  { query }: ArtifactCall,
  { services, repository }: ArtifactContext,
): Promise<{ store: ArtifactStore; id: string }> {
  const [runId, modelId] = [text(query, 'run_id'), text(query, 'model_id')];
  if (runId === '' && modelId === '') throw missingParameter('run_id');
  const uri = runId === '' ? services.loggedModels.artifactUri(modelId) : services.runs.artifactUri(runId);
  return { store: repository.storeFor(await uri), id: runId === '' ? modelId : runId };
}

/** Those of the version `version` of the model `name`. */
export async function storeOfVersion(
  { query }: ArtifactCall,
  { services, repository }: ArtifactContext,
): Promise<ArtifactStore> {
  const name = text(query, 'name');
  if (name === '') throw missingParameter('name');
  const uri = await services.modelVersions.downloadUri(name, text(query, 'version'));
  return repository.storeFor(await filesOf(uri, services));
}

/** A version registered as `runs:/id/path` keeps its files with the run. */
async function filesOf(uri: string, services: Services): Promise<string> {
  const run = /^runs:\/([^/]+)\/?(.*)$/.exec(uri);
  if (run?.[1] === undefined) return uri;
  const rootUri = await services.runs.artifactUri(run[1]);
  return run[2] ? `${rootUri}/${run[2]}` : rootUri;
}
