import { decodeUrlPath } from '../../artifacts/artifact-path.ts';
import { automl as api } from '../../protocol/api.ts';
import { compileEncoder } from '../../protocol/encode.ts';
import { json } from '../responses.ts';
import type { ArtifactRoute } from './artifact-route.ts';

const encode = compileEncoder(api.uploadedData);

/** Beside the routes of artifacts, because the body is the payload. */
export const automlUpload: ArtifactRoute = {
  name: 'uploadAutomlData',
  method: 'PUT',
  path: '/modelyard/automl/data/{name}',
  mount: 'api',
  permission: 'job:create',
  summary:
    'Upload a data set for searches of AutoML (CSV, Parquet, JSON lines): the body is the file, of at most 10 GB, and the end of `name` says what is in it. ' +
    'The answer has `dataset`, which a search and `describe` take, and `size` in bytes. It stays for two weeks after its last use.',
  proxy: false,
  handle: async ({ request, parameters }, { services }) => {
    const length = request.headers.get('content-length');
    const size = length === null ? undefined : Number(length);
    const { searches } = await services.jobs.get();
    return json(encode(await searches.upload(decodeUrlPath(parameters['name'] ?? ''), request.body, size)));
  },
};
