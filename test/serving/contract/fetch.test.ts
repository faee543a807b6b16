/** Models by every kind of address. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { modelyard, startServer, type TestServer } from '../../support/start-server.ts';
import { tinyOnnxOf } from '../../sdk/support/tiny-onnx.ts';
import { within } from '../../support/within.ts';
import { libraries, makeModels, python, spawn, startServing } from './support/processes.ts';
import { startFolderAsS3 } from './support/folder-as-s3.ts';

const folder = freshFolder();
const model = join(folder, 'models/onnx-total');
let tracking: TestServer | undefined;
let addresses: readonly string[] = [];

beforeAll(async () => {
  [tracking] = await Promise.all([startServer(), makeModels(join(folder, 'models'), 'onnx-total')]);
  const script = join(import.meta.dir, 'log_model.py');
  const logging = spawn([python, script, tracking.url], folder);
  const [out, error] = await Promise.all([new Response(logging.stdout).text(), new Response(logging.stderr).text()]);
  if ((await logging.exited) !== 0) throw new Error(error);
  addresses = JSON.parse(out.trim().split('\n').at(-1) ?? '') as string[];
}, 120_000);

afterAll(async () => {
  await tracking?.stop();
  removeFolder(folder);
});

function environment(): Record<string, string> {
  return { MLFLOW_TRACKING_URI: tracking?.url ?? '', XDG_CACHE_HOME: join(folder, 'cache') };
}

/** Serves the model and asks it once, by default for a sum. */
async function scoreOf(
  uri: string,
  env: Readonly<Record<string, string>>,
  request: unknown = { inputs: [{ a: 1, b: 2, c: 3.5 }] },
): Promise<unknown> {
  await using serving = await startServing(uri, [], libraries, env);
  expect(serving.log()).toContain(`serving ${uri} `);
  const body = JSON.stringify(request);
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${serving.url}/invocations`, { method: 'POST', body, headers })).json();
}

test('a model is found by its run, its version, stage, alias, its own id and where it lies', async () => {
  expect(addresses.map((uri) => uri.replace(/[0-9a-f]{32}/, 'ID'))).toEqual([
    'runs:/ID/total',
    'models:/total/1',
    'models:/total/Production',
    'models:/total@champion',
    'models:/total/latest',
    'models:/m-ID',
    expect.stringMatching(/^mlflow-artifacts:/) as string,
  ]);
  for (const uri of addresses) expect(await scoreOf(uri, environment())).toEqual({ predictions: [{ sum: 6.5 }] });
});

test('what was fetched is kept once, whole', async () => {
  await scoreOf('models:/total@champion', environment());
  expect(readdirSync(join(folder, 'cache/modelyard/models'))).toHaveLength(1);
});

test('two models whose files look alike are two', async () => {
  const uri = 'mlflow-artifacts:/alike';
  const mlmodel = await Bun.file(join(model, 'MLmodel')).text();
  for (const operator of ['Abs', 'Neg']) {
    const files = {
      MLmodel: mlmodel.replace(/^signature:\n( .*\n)*/m, ''),
      'model.onnx': tinyOnnxOf('float32', [], operator),
    };
    for (const [name, body] of Object.entries(files)) {
      const path = `/api/2.0/mlflow-artifacts/artifacts/alike/${operator}/${name}`;
      expect((await fetch(`${tracking?.url}${path}`, { method: 'PUT', body })).status).toBe(200);
    }
  }
  const answers = ['Abs', 'Neg'].map((operator) => scoreOf(`${uri}/${operator}`, environment(), { inputs: [[-1, 2]] }));
  expect(await Promise.all(answers)).toEqual([{ predictions: { y: [[1, 2]] } }, { predictions: { y: [[1, -2]] } }]);
});

test('a folder is read where it lies', async () => {
  const env = { ...environment(), XDG_CACHE_HOME: join(folder, 'unused') };
  for (const uri of [model, pathToFileURL(model).href]) {
    expect(await scoreOf(uri, env)).toEqual({ predictions: [{ sum: 6.5 }] });
  }
  expect(existsSync(join(folder, 'unused/modelyard'))).toBe(false);
});

test('a model in S3 is read with the credentials of the environment', async () => {
  await using s3 = startFolderAsS3(join(folder, 'models'));
  const env = { ...environment(), ...credentialsFor(s3.url), MLFLOW_TRACKING_URI: 'databricks' };
  expect(await scoreOf('s3://bucket/onnx-total', env)).toEqual({ predictions: [{ sum: 6.5 }] });
});

function credentialsFor(url: string): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret', MLFLOW_S3_ENDPOINT_URL: url };
}

test('stopped while it fetches, it ends at once and leaves nothing', async () => {
  let asked = Promise.withResolvers<void>();
  await using s3 = startFolderAsS3(join(folder, 'models'), async (path) => {
    if (!path.endsWith('model.onnx')) return;
    asked.resolve();
    await new Promise(() => undefined);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const env = { ...credentialsFor(s3.url), XDG_CACHE_HOME: join(folder, 'stopped') };
    const child = spawn([modelyard, 'models', 'serve', '-m', 's3://bucket/onnx-total', '-p', '0'], folder, env);
    await within(30_000, asked.promise);
    asked = Promise.withResolvers<void>();
    child.kill(signal);
    expect(await within(30_000, child.exited)).toBe(130);
    expect(readdirSync(join(folder, 'stopped/modelyard/models'))).toEqual([]);
  }
});

test('two servers that fetch a model at the same time both have it, and it is kept once', async () => {
  const together = Promise.withResolvers<void>();
  let asked = 0;
  await using s3 = startFolderAsS3(join(folder, 'models'), async (path) => {
    if (!path.endsWith('model.onnx')) return;
    if (++asked === 2) together.resolve();
    await together.promise;
  });
  const env = { ...credentialsFor(s3.url), XDG_CACHE_HOME: join(folder, 'together') };
  const answers = [1, 2].map(() => scoreOf('s3://bucket/onnx-total', env));
  expect(await Promise.all(answers)).toEqual([{ predictions: [{ sum: 6.5 }] }, { predictions: [{ sum: 6.5 }] }]);
  expect(readdirSync(join(folder, 'together/modelyard/models'))).toHaveLength(1);
});

test('what needs no tracking server is served whatever is said of one, and the rest says what is wrong', async () => {
  for (const [at, uri] of ['sqlite:///x.db', './mlruns'].entries()) {
    const env = { ...environment(), MLFLOW_TRACKING_URI: uri };
    expect(await scoreOf(at === 0 ? model : pathToFileURL(model).href, env)).toEqual({ predictions: [{ sum: 6.5 }] });
    const child = spawn([modelyard, 'models', 'serve', '-m', 'models:/total/1', '-p', '0'], folder, env);
    const [code, error] = await within(30_000, Promise.all([child.exited, new Response(child.stderr).text()]));
    expect(error).toMatch(
      /^modelyard: The tracking URI ".*" is not an http address\. Give the address of a server.*\n$/,
    );
    expect(code).toBe(2);
  }
});

test('what is not there is said, with the way to what is', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['models:/nothing/1', /nothing.*not found/i],
    ['models:/total/7', /total.*7.*not found/i],
    ['models:/total@nobody', /nobody.*not found/i],
    ['models:/total', /lacks a version, stage or alias/],
    ['runs:/00000000000000000000000000000000/model', /Run.*not found/i],
    ['ftp://somewhere/model', /ftp.*cannot be reached/],
  ];
  for (const [uri, words] of cases) {
    const child = spawn([modelyard, 'models', 'serve', '-m', uri, '-p', '0'], folder, environment());
    const [code, error] = await within(30_000, Promise.all([child.exited, new Response(child.stderr).text()]));
    expect(error).toMatch(words);
    expect(error).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  }
});
