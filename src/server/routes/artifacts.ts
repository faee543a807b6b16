/** Artifacts: lists, streams in and out. Their handlers see the request, because its body and headers are the payload. */
import { artifacts as api, loggedModels } from '../../protocol/api.ts';
import { compileDecoder } from '../../protocol/decode.ts';
import { compileEncoder } from '../../protocol/encode.ts';
import { doesNotExist, invalidParameter } from '../../protocol/errors.ts';
import { decodeUrlPath, resolveArtifactFilePath, resolveArtifactPath } from '../../artifacts/artifact-path.ts';
import type { ArtifactEntry } from '../../artifacts/artifact-store.ts';
import { json } from '../responses.ts';
import { download } from './artifact-download.ts';
import { storeOfVersion } from './artifact-owners.ts';
import { requiredPath, text, type ArtifactCall, type ArtifactContext, type ArtifactRoute } from './artifact-route.ts';
import { artifactViewRoutes } from './artifact-views.ts';
import { automlUpload } from './automl-upload.ts';
import { runIdOf } from './runs.ts';

export type { ArtifactRoute } from './artifact-route.ts';

const mountPoints = { api: ['/api/2.0', '/ajax-api/2.0'], ajax: ['/ajax-api/2.0'], root: [''] } as const;

/** Where a route is mounted, without a static prefix. */
export function artifactPathsOf({ mount, path }: ArtifactRoute): string[] {
  return mountPoints[mount].map((base) => base + path);
}

const decodeList = compileDecoder(api.listArtifacts.request);
const encodeList = compileEncoder(api.listArtifacts.response);
const encodeProxiedList = compileEncoder(api.listProxiedArtifacts.response);

/** The UI uploads through the server's memory; larger files go through the artifact proxy. */
const greatestUiUpload = 10 * 1024 * 1024;

function listed(entries: readonly ArtifactEntry[], name: 'path' | 'name') {
  return entries.map((entry) => ({
    path: entry[name],
    is_dir: entry.isDir,
    file_size: entry.isDir ? undefined : entry.size,
  }));
}

async function listBelow(context: ArtifactContext, rootUri: string, path: string): Promise<Response> {
  const entries = await context.repository.storeFor(rootUri).list(resolveArtifactPath(path));
  return json(encodeList({ root_uri: rootUri, files: listed(entries, 'path') }));
}

function expectedSize(request: Request): number | undefined {
  const length = request.headers.get('content-length');
  return length === null ? undefined : Number(length);
}

function filePath(call: ArtifactCall): string {
  return resolveArtifactFilePath(decodeUrlPath(call.parameters['path'] ?? ''));
}

/** Calls back with the run whose files lie here: `…/RUN_ID/artifacts/…` in every location that we give. */
function ofRun(path: string, runChanged: (id: string) => void): void {
  const id = /(?:^|\/)([0-9a-f]{32})\/artifacts(?:\/|$)/.exec(path)?.[1];
  if (id !== undefined) runChanged(id);
}

function runIdIn({ query }: ArtifactCall): string {
  return text(query, 'run_id') || text(query, 'run_uuid');
}

const proxied: readonly ArtifactRoute[] = [
  {
    name: 'downloadArtifact',
    method: 'GET',
    path: '/mlflow-artifacts/artifacts/{*path}',
    mount: 'api',
    permission: 'artifact:read',
    summary: 'Download a file of the proxied store; ranges are served.',
    proxy: true,
    handle: (call, { repository }) => download(call.request, repository.destination, filePath(call)),
  },
  {
    name: 'uploadArtifact',
    method: 'PUT',
    path: '/mlflow-artifacts/artifacts/{*path}',
    mount: 'api',
    permission: 'artifact:write',
    summary: 'Upload a file to the proxied store: all of it or nothing, streamed in constant memory.',
    proxy: true,
    handle: async (call, { repository, runChanged }) => {
      const path = filePath(call);
      await repository.destination.write(path, call.request.body, { expectedSize: expectedSize(call.request) });
      ofRun(path, runChanged);
      return new Response(null, { status: 200 });
    },
  },
  {
    name: 'deleteArtifact',
    method: 'DELETE',
    path: '/mlflow-artifacts/artifacts/{*path}',
    mount: 'api',
    permission: 'artifact:delete',
    summary: 'Delete a file, or a folder with all it holds, of the proxied store.',
    proxy: true,
    handle: async (call, { repository, runChanged }) => {
      const path = filePath(call);
      await repository.destination.delete(path);
      ofRun(path, runChanged);
      return json('{}');
    },
  },
  {
    name: api.listProxiedArtifacts.name,
    method: 'GET',
    path: api.listProxiedArtifacts.path,
    mount: 'api',
    permission: api.listProxiedArtifacts.permission,
    summary: api.listProxiedArtifacts.summary,
    proxy: true,
    handle: async (call, { repository }) => {
      const entries = await repository.destination.list(resolveArtifactPath(text(call.query, 'path')));
      return json(encodeProxiedList({ files: listed(entries, 'name') }));
    },
  },
];

const ofRunsAndModels: readonly ArtifactRoute[] = [
  {
    name: api.listArtifacts.name,
    method: 'GET',
    path: api.listArtifacts.path,
    mount: 'api',
    permission: api.listArtifacts.permission,
    summary: api.listArtifacts.summary,
    proxy: false,
    handle: async (call, context) => {
      const request = decodeList(call.query);
      const runId = runIdOf(request);
      return listBelow(context, await context.services.runs.artifactUri(runId), request.path ?? '');
    },
  },
  {
    name: loggedModels.listLoggedModelArtifacts.name,
    method: 'GET',
    path: loggedModels.listLoggedModelArtifacts.path,
    mount: 'api',
    permission: loggedModels.listLoggedModelArtifacts.permission,
    summary: loggedModels.listLoggedModelArtifacts.summary,
    proxy: false,
    handle: async (call, context) => {
      const rootUri = await context.services.loggedModels.artifactUri(decodeUrlPath(call.parameters['model_id'] ?? ''));
      return listBelow(context, rootUri, text(call.query, 'artifact_directory_path'));
    },
  },
  {
    name: 'getLoggedModelArtifact',
    method: 'GET',
    path: '/mlflow/logged-models/{model_id}/artifacts/files',
    mount: 'ajax',
    permission: 'artifact:read',
    summary: 'Download a file of a logged model, named by `artifact_file_path`.',
    proxy: false,
    handle: async (call, { services, repository }) => {
      const path = requiredPath(call.query, 'artifact_file_path');
      const rootUri = await services.loggedModels.artifactUri(decodeUrlPath(call.parameters['model_id'] ?? ''));
      return download(call.request, repository.storeFor(rootUri), path);
    },
  },
  {
    name: 'getArtifact',
    method: 'GET',
    path: '/get-artifact',
    mount: 'root',
    permission: 'artifact:read',
    summary: 'Download a file of a run, named by `run_id` (or `run_uuid`) and `path`.',
    proxy: false,
    handle: async (call, { services, repository }) => {
      const runId = runIdIn(call);
      const path = requiredPath(call.query, 'path');
      if (runId === '') throw doesNotExist('Run with id=None not found');
      return download(call.request, repository.storeFor(await services.runs.artifactUri(runId)), path);
    },
  },
  {
    name: 'getModelVersionArtifact',
    method: 'GET',
    path: '/model-versions/get-artifact',
    mount: 'root',
    permission: 'artifact:read',
    summary: 'Download a file of a model version, named by `name`, `version` and `path`.',
    proxy: false,
    handle: async (call, context) => {
      const path = requiredPath(call.query, 'path');
      return download(call.request, await storeOfVersion(call, context), path);
    },
  },
  {
    name: 'uploadArtifactOfRun',
    method: 'POST',
    path: '/mlflow/upload-artifact',
    mount: 'ajax',
    permission: 'artifact:write',
    summary:
      'Upload a file of at most 10 MB to a run, named by `run_id` (or `run_uuid`) and `path` in the query; the body is the file.',
    proxy: false,
    handle: async (call, { services, repository, runChanged }) => {
      const runId = runIdIn(call);
      if (runId === '') throw invalidParameter('Request must specify run_uuid.');
      if (text(call.query, 'path') === '') throw invalidParameter('Request must specify path.');
      const path = resolveArtifactFilePath(text(call.query, 'path'));
      const size = expectedSize(call.request);
      if (size === undefined || size === 0) throw invalidParameter('Request must specify data.');
      if (size > greatestUiUpload) throw invalidParameter('Artifact size is too large. Max size is 10MB.');
      const rootUri = await services.runs.artifactUri(runId);
      await repository.storeFor(rootUri).write(path, call.request.body, { expectedSize: size });
      runChanged(runId);
      return new Response(null, { status: 200, headers: { 'content-type': 'application/json' } });
    },
  },
];

export const artifactRoutes: readonly ArtifactRoute[] = [
  ...proxied,
  ...ofRunsAndModels,
  ...artifactViewRoutes,
  automlUpload,
];
