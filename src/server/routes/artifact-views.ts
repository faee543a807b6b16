/**
 * What the web UI needs of artifacts beyond MLflow's routes: a folder in one file, pages shown without rights, and small
 * files that may be there.
 */
import { resolveArtifactPath } from '../../artifacts/artifact-path.ts';
import { isOutOfReach } from '../../artifacts/artifact-repository.ts';
import type { ArtifactFile, ArtifactStore } from '../../artifacts/artifact-store.ts';
import { contentDisposition, downloadHeaders, viewHeaders } from '../../artifacts/content-type.ts';
import { zipOf } from '../../artifacts/zip/zip-folder.ts';
import { doesNotExist, isApiError } from '../../protocol/errors.ts';
import { json } from '../responses.ts';
import { download } from './artifact-download.ts';
import { ownerOf, storeOfVersion } from './artifact-owners.ts';
import { requiredPath, text, type ArtifactRoute } from './artifact-route.ts';

/** No description of a model is larger, nor an example of what it takes, nor the record of a build. */
const largestSmall = 16_000_000;

/** Undefined for a folder. */
async function openFile(store: ArtifactStore, path: string): Promise<ArtifactFile | undefined> {
  try {
    return await store.open(path);
  } catch (error) {
    if (isApiError(error) && error.code === 'INVALID_PARAMETER_VALUE') return undefined;
    throw error;
  }
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
  {
    name: 'getSmallArtifact',
    method: 'GET',
    path: '/modelyard/artifacts/small',
    mount: 'ajax',
    permission: 'artifact:read',
    summary:
      'The `text` of the file `path`, of at most 16 MB, of the run `run_id`, of the logged model `model_id` or of the version `version` of the model `name`, for who does not know whether it is there: `{}` where it is not, or is larger; `unreadable` says why where this server cannot reach its storage.',
    proxy: false,
    handle: async (call, context) => {
      const path = requiredPath(call.query, 'path');
      const ofVersion = text(call.query, 'name') !== '';
      try {
        const store = ofVersion ? await storeOfVersion(call, context) : (await ownerOf(call, context)).store;
        const file = await openFile(store, path);
        if (file && file.size <= largestSmall)
          return json(JSON.stringify({ text: await new Response(await file.body()).text() }));
        await file?.close();
        return json('{}');
      } catch (error) {
        if (isOutOfReach(error)) return json(JSON.stringify({ unreadable: error.message }));
        if (isApiError(error) && error.status === 404) return json('{}');
        throw error;
      }
    },
  },
];
