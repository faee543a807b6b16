/** T2 and T3: no location or source that a client names makes the server read or write outside the artifact root. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { join } from 'node:path';
import { forEachAtOnce, rawRequest } from '../support/raw-request.ts';
import { modelName, okContent, startWithArtifacts, type ArtifactTargets } from './artifact-routes.ts';
import { at, type Answer } from './api-client.ts';
import { outsideFiles, plantSecrets, secret, secretFile } from './planted-files.ts';

let targets: ArtifactTargets;
let hostile: string[];

beforeAll(async () => {
  targets = await startWithArtifacts();
  plantSecrets(targets.server.dir, targets.runFolder);
  hostile = hostileUris(targets);
}, 30_000);

afterAll(() => targets.server.stop());

/** URIs that mean the folder `outside`, or may be taken to. */
function hostileUris({ server, runId, modelId }: ArtifactTargets): string[] {
  const folder = join(server.dir, 'outside');
  const schemes = [
    'file://',
    'file:',
    'FILE://',
    'File:///',
    ' file://',
    '\tfile://',
    'fi%6ce://',
    'file%3a//',
    'file:\\\\',
  ];
  const ups = ['..', '%2e%2e', '%252e%252e', '..%00', '..\\..', '....', '..;', '%c0%ae%c0%ae', '..%2f..'];
  const climb = (depth: number, up: string): string => `${`${up}/`.repeat(depth)}outside`;
  const roots = [
    'mlflow-artifacts:/',
    'mlflow-artifacts:',
    'MLFLOW-ARTIFACTS:/',
    'mlflow-artifacts://host/',
    'mlflow-artifacts:/0/',
    `mlflow-artifacts:/0/${runId}/artifacts/`,
    `runs:/${runId}/`,
    `models:/${modelName}/1/`,
    `models:/${modelId}/`,
    's3://bucket/',
    'http://localhost/',
    'http:///#/',
    'http:///?x=/',
    'https://localhost/api/2.0/mlflow-artifacts/artifacts/',
    'dbfs:/',
    'x#/',
    'x?/',
    'x;/',
    './',
    '',
  ];
  return [
    ...schemes.flatMap((scheme) => [
      `${scheme}${folder}`,
      `${scheme}/${folder}`,
      `${scheme}localhost${folder}`,
      `${scheme}host${folder}`,
    ]),

    folder,
    `/${folder}`,
    `//${folder}`,
    `//localhost${folder}`,
    ` ${folder}`,
    `${folder} `,
    `.${folder}`,
    folder.replaceAll('/', '\\'),

    `${folder}/../outside`,
    `${folder}?x`,
    `${folder}#x`,
    `${folder};x`,
    `file://${folder}?x=/../`,
    `file://${folder}#/..`,
    ...roots.flatMap((root) => ups.flatMap((up) => [1, 4].map((depth) => root + climb(depth, up)))),
    ...roots.map((root) => `${root}${folder}`),
    ...['link-folder', '/link-folder'].flatMap((link) => [
      `mlflow-artifacts:/0/${runId}/artifacts/${link}`,
      `runs:/${runId}/${link}`,
    ]),

    'file:///',
    'file:',
    '/',
    '//',
    '.',
    '..',
    '~',
    '/proc/self/cwd/outside',
    'C:\\x',
    '\\\\host\\share',
    'file:///C:/x',
    '\0',
    'x\0y',

    'mlflow-artifacts:/.modelyard-staging',
    'mlflow-artifacts:/0/../..',
    'mlflow-artifacts:..',
    'mlflow-artifacts:/%2e%2e',
  ];
}

/** Refused, or accepted: never a fault. */
function mustBeCalm(answer: Answer, what: string): void {
  if (answer.status >= 500 && answer.status !== 501) throw new Error(`${what}: ${answer.status} ${answer.text}`);
}

async function get(target: string, method = 'GET', body = ''): Promise<void> {
  const answer = await rawRequest({ port: targets.server.port, method, target, body });
  if (answer.body.includes(secret)) throw new Error(`${target} leaks: ${answer.body}`);
  if (answer.status >= 500 && answer.status !== 501) throw new Error(`${target}: ${answer.status} ${answer.body}`);
}

/** Tries to reach the secret through a run, whatever its artifact root became. */
async function useRun(runId: string): Promise<void> {
  for (const path of [secretFile, `outside/${secretFile}`]) await get(`/get-artifact?run_id=${runId}&path=${path}`);
  for (const path of ['', 'outside']) await get(`/api/2.0/mlflow/artifacts/list?run_id=${runId}&path=${path}`);
  await get(`/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=written.txt`, 'POST', 'written by the test');
}

test('artifact locations of experiments', async () => {
  const { api, server } = targets;
  const before = outsideFiles(server.dir);
  let accepted = 0;
  await forEachAtOnce([...hostile.entries()], async ([index, uri]) => {
    const answer = await api.post('experiments/create', { name: `hostile ${index}`, artifact_location: uri });
    mustBeCalm(answer, `artifact_location ${JSON.stringify(uri)}`);
    if (answer.status !== 200) return;
    accepted++;
    const experimentId = String(answer.json['experiment_id']);
    await useRun(await api.createRun(experimentId));
    const model = await api.post('logged-models', { experiment_id: experimentId, name: 'm' });
    mustBeCalm(model, `logged model below ${uri}`);
    const modelId = at(model.json, 'model', 'info', 'model_id');
    const files = `/ajax-api/2.0/mlflow/logged-models/${String(modelId)}/artifacts`;
    await get(`${files}/files?artifact_file_path=${secretFile}`);
    await get(`${files}/directories?artifact_directory_path=`);
  });
  expect(outsideFiles(server.dir)).toEqual(before);
  expect(accepted).toBeLessThan(hostile.length);
}, 30_000);

test('an artifact root set later changes nothing', async () => {
  const { api, runId, server } = targets;
  const before = outsideFiles(server.dir);
  const outside = `file://${server.dir}/outside`;
  await api.post('runs/update', { run_id: runId, artifact_uri: outside, info: { artifact_uri: outside } });
  for (const key of ['mlflow.artifactLocation', 'artifact_uri', 'mlflow.prompt.is_prompt', 'mlflow.source.name']) {
    await api.post('runs/set-tag', { run_id: runId, key, value: outside });
    await api.post('experiments/set-experiment-tag', { experiment_id: '0', key, value: outside });
  }
  await api.post('experiments/update', { experiment_id: '0', artifact_location: outside, new_name: 'Default' });
  await useRun(runId);
  expect(outsideFiles(server.dir)).toEqual(before);
  const ok = await rawRequest({ port: server.port, target: `/get-artifact?run_id=${runId}&path=ok.txt` });
  expect(ok.body).toBe(okContent);
});

test('sources of model versions', async () => {
  const { api, server, runId, modelId } = targets;
  const before = outsideFiles(server.dir);
  const prompt = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
  await api.post('registered-models/create', { name: 'hostile' });
  await api.post('registered-models/create', { name: 'hostile-prompt', tags: prompt });
  const extras = [
    { name: 'hostile' },
    { name: 'hostile', run_id: runId },
    { name: 'hostile', model_id: modelId },
    { name: 'hostile', tags: prompt },
    { name: 'hostile', run_id: runId, tags: prompt },
    { name: 'hostile-prompt' },
    { name: 'hostile-prompt', tags: prompt, run_id: runId },
  ];
  const accepted: string[] = [];
  await forEachAtOnce(
    hostile.flatMap((source) => extras.map((extra) => ({ source, extra }))),
    async ({ source, extra }) => {
      const answer = await api.post('model-versions/create', { ...extra, source });
      mustBeCalm(answer, `source ${JSON.stringify(source)}`);
      if (answer.status !== 200) return;
      const version = String(at(answer.json, 'model_version', 'version'));
      accepted.push(version);
      const named = `name=${extra.name}&version=${version}`;
      mustBeCalm(await api.call('GET', `model-versions/get-download-uri?${named}`), source);
      for (const path of [secretFile, `outside/${secretFile}`, 'ok.txt'])
        await get(`/model-versions/get-artifact?${named}&path=${path}`);
    },
  );
  expect(outsideFiles(server.dir)).toEqual(before);
  // Sources on other machines pass, for instance; most of the list must not.
  expect(accepted.length).toBeLessThan(hostile.length);
}, 30_000);

test('a version created harmlessly and changed afterwards', async () => {
  const { api, server } = targets;
  const outside = `file://${server.dir}/outside`;
  const named = { name: modelName, version: '1' };
  await api.call('PATCH', 'model-versions/update', { ...named, source: outside, description: outside });
  await api.post('model-versions/set-tag', { ...named, key: 'mlflow.prompt.is_prompt', value: 'true' });
  await api.post('model-versions/set-tag', { ...named, key: 'source', value: outside });
  for (const path of [secretFile, `outside/${secretFile}`]) {
    await get(`/model-versions/get-artifact?name=${modelName}&version=1&path=${path}`);
  }
  const ok = await rawRequest({
    port: server.port,
    target: `/model-versions/get-artifact?name=${modelName}&version=1&path=ok.txt`,
  });
  expect(ok.body).toBe(okContent);
});
