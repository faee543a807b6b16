import { join } from 'node:path';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { ApiClient, at } from './api-client.ts';

/** A server with one run, one logged model and one model version, each holding the file `ok.txt`. */
export interface ArtifactTargets {
  readonly server: TestServer;
  readonly api: ApiClient;
  readonly prefix: string;
  readonly runId: string;
  readonly modelId: string;
  /** Folder of the run's artifacts, absolute. */
  readonly runFolder: string;
}

export const okContent = 'this one is meant to be read';
export const modelName = 'guarded';

export async function startWithArtifacts(args: readonly string[] = []): Promise<ArtifactTargets> {
  const server = await startServer(args);
  const api = new ApiClient(server);
  const runId = await api.createRun();
  const model = await api.post('logged-models', { experiment_id: '0', name: 'm' });
  const modelId = String(at(model.json, 'model', 'info', 'model_id'));
  await api.post('registered-models/create', { name: modelName });
  const source = `mlflow-artifacts:/0/${runId}/artifacts/folder`;
  const version = await api.post('model-versions/create', { name: modelName, source, run_id: runId });
  if (version.status !== 200) throw new Error(version.text);
  const prefix = new URL(server.url).pathname.replace(/\/$/, '');
  const folders = [`0/${runId}/artifacts`, `0/${runId}/artifacts/folder`, `0/models/${modelId}/artifacts`];
  for (const path of ['ok.txt', ...folders.map((folder) => `${folder}/ok.txt`)]) {
    const target = `${prefix}/api/2.0/mlflow-artifacts/artifacts/${path}`;
    const { status } = await rawRequest({ port: server.port, method: 'PUT', target, body: okContent });
    if (status !== 200) throw new Error(`PUT ${target} answered ${status}`);
  }
  return { server, api, prefix, runId, modelId, runFolder: join(server.dir, 'artifacts/0', runId, 'artifacts') };
}

export interface ArtifactRouteUnderTest {
  readonly name: string;
  readonly kind: 'read' | 'list' | 'write' | 'delete';
  readonly method: string;
  /** The request target for a path, which stands in it as it is. */
  readonly target: (path: string) => string;
}

/** Every route and alias that takes an artifact path. */
export function artifactRoutes(targets: ArtifactTargets): ArtifactRouteUnderTest[] {
  const { prefix, runId, modelId } = targets;
  const aliases = [`${prefix}/api/2.0`, `${prefix}/ajax-api/2.0`];
  const proxied = (kind: ArtifactRouteUnderTest['kind'], method: string): ArtifactRouteUnderTest[] =>
    aliases.map((alias) => route(kind, method, (path) => `${alias}/mlflow-artifacts/artifacts/${path}`));
  const ofVersion = `name=${modelName}&version=1`;
  return [
    ...proxied('read', 'GET'),
    ...proxied('read', 'HEAD'),
    route('read', 'GET', (path) => `${prefix}/get-artifact?run_id=${runId}&path=${path}`),
    route('read', 'GET', (path) => `${prefix}/get-artifact?run_uuid=${runId}&path=${path}`),
    route('read', 'GET', (path) => `${prefix}/model-versions/get-artifact?${ofVersion}&path=${path}`),
    route(
      'read',
      'GET',
      (path) => `${aliases[1]}/mlflow/logged-models/${modelId}/artifacts/files?artifact_file_path=${path}`,
    ),
    ...aliases.flatMap((alias) => [
      route('list', 'GET', (path) => `${alias}/mlflow-artifacts/artifacts?path=${path}`),
      route('list', 'GET', (path) => `${alias}/mlflow/artifacts/list?run_id=${runId}&path=${path}`),
      route('list', 'GET', (path) => `${alias}/mlflow/artifacts/list?run_uuid=${runId}&path=${path}`),
      route(
        'list',
        'GET',
        (path) => `${alias}/mlflow/logged-models/${modelId}/artifacts/directories?artifact_directory_path=${path}`,
      ),
    ]),
    ...proxied('write', 'PUT'),
    route('write', 'POST', (path) => `${aliases[1]}/mlflow/upload-artifact?run_uuid=${runId}&path=${path}`),
    // Multipart uploads are not offered yet; should they come, they are guarded from the first day.
    ...aliases.flatMap((alias) =>
      ['create', 'complete', 'abort'].map((step) =>
        route('write', 'POST', (path) => `${alias}/mlflow-artifacts/mpu/${step}/${path}`),
      ),
    ),
    ...proxied('delete', 'DELETE'),
  ];
}

function route(
  kind: ArtifactRouteUnderTest['kind'],
  method: string,
  target: (path: string) => string,
): ArtifactRouteUnderTest {
  return { name: `${method} ${target('PATH').replaceAll(/[0-9a-f]{32}/g, 'ID')}`, kind, method, target };
}
