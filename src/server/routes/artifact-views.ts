/** What the web UI needs of artifacts beyond MLflow's routes: a folder in one file, and pages shown without rights. */
import { resolveArtifactPath } from '../../artifacts/artifact-path.ts';
import type { ArtifactStore } from '../../artifacts/artifact-store.ts';
import { contentDisposition, downloadHeaders, viewHeaders } from '../../artifacts/content-type.ts';
import { zipOf } from '../../artifacts/zip/zip-folder.ts';
import { missingParameter } from '../../protocol/decode.ts';
import { doesNotExist } from '../../protocol/errors.ts';
import { download } from './artifact-download.ts';
import { requiredPath, text, type ArtifactCall, type ArtifactContext, type ArtifactRoute } from './artifact-route.ts';

/** The artifacts of the run or logged model that the query names, and its id. */
async function ownerOf(
  { query }: ArtifactCall,
  { services, repository }: ArtifactContext,
): Promise<{ store: ArtifactStore; id: string }> {
  const [runId, modelId] = [text(query, 'run_id'), text(query, 'model_id')];
  if (runId === '' && modelId === '') throw missingParameter('run_id');
  const uri = runId === '' ? services.loggedModels.artifactUri(modelId) : services.runs.artifactUri(runId);
  return { store: repository.storeFor(await uri), id: runId === '' ? modelId : runId };
}

export const artifactViewRoutes: readonly ArtifactRoute[] = [
  {
    name: 'zipArtifacts',
    method: 'GET',
    path: '/modelyard/artifacts/zip',
    mount: 'ajax',
    permission: 'artifact:read',
    summary:
      'Download a folder, with all below it, of the run `run_id` or the logged model `model_id` as one ZIP file, streamed in constant memory; `path` is empty for all.',
    proxy: false,
    handle: async (call, context) => {
      const path = resolveArtifactPath(text(call.query, 'path'));
      const { store, id } = await ownerOf(call, context);
      if ((await store.list(path)).length === 0) throw doesNotExist(`No artifacts below '${path}'`);
      const name = path.slice(path.lastIndexOf('/') + 1) || id;
      const headers = {
        ...downloadHeaders('x.zip'),
        'content-disposition': contentDisposition(`${name}.zip`),
        'cache-control': 'no-store',
      };
      return new Response(call.request.method === 'HEAD' ? null : zipOf(store, path, name), { headers });
    },
  },
  {
    name: 'viewArtifact',
    method: 'GET',
    path: '/modelyard/artifacts/view',
    mount: 'ajax',
    permission: 'artifact:read',
    summary:
      'An HTML file of the run `run_id` or the logged model `model_id` as a page without an origin: its scripts can reach neither this server nor another. Other files download.',
    proxy: false,
    handle: async (call, context) => {
      const path = requiredPath(call.query, 'path');
      const { store } = await ownerOf(call, context);
      return download(call.request, store, path, viewHeaders);
    },
  },
];
