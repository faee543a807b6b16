/** An endpoint from its making to its end. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Client } from '../../../src/sdk/index.ts';
import { Api } from '../../support/api.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { answers, registerModel, setAlias } from './support/models.ts';
import { EndpointApi, startServing } from './support/serving.ts';

const dir = freshFolder();
let server: TestServer;
let endpoints: EndpointApi;

beforeAll(async () => {
  server = await startServing(dir);
  endpoints = new EndpointApi(server.url);
  await registerModel(server.url, 'tiny', 'Identity');
  await registerModel(server.url, 'tiny', 'Neg');
  await setAlias(server.url, 'tiny', 'champion', '1');
});
afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

test('a version is deployed, answers, and is stopped, started and deleted', async () => {
  const made = await endpoints.create('life', 'models:/tiny/1', { description: 'the first', timeout_seconds: 30 });
  expect(made).toMatchObject({
    name: 'life',
    description: 'the first',
    state: 'pending',
    invocations_path: '/endpoints/life/invocations',
    served_models: [{ model_uri: 'models:/tiny/1', model_name: 'tiny', version: '1', traffic_percentage: 100 }],
    workers: 1,
    timeout_seconds: 30,
    capture_sample_rate: 0,
  });
  const early = await endpoints.predict('life');
  if (early.status !== 200) {
    expect(early).toMatchObject({ status: 503, retryAfter: '1' });
    expect(early.text).toContain("The endpoint 'life' is not ready yet.");
  }

  const ready = await endpoints.ready('life');
  expect(ready.serving).toMatchObject([{ model_uri: 'models:/tiny/1', model_name: 'tiny', version: '1' }]);
  expect(ready.message).toBe('');
  expect(await endpoints.ping('life')).toBe(200);
  const predicted = await endpoints.predict('life');
  expect(predicted).toMatchObject({ status: 200, model: 'models:/tiny/1', predictions: answers.Identity });
  // As the scoring server wrote it: floats stay floats.
  expect(predicted.text).toBe('{"predictions": {"y": [[1.0, -2.0]]}}');

  expect((await endpoints.stop('life')).state).toBe('stopped');
  expect(await endpoints.ping('life')).toBe(503);
  const refused = await endpoints.predict('life');
  expect(refused).toMatchObject({ status: 503, retryAfter: '60', model: null });
  expect(refused.text).toContain('modelyard endpoints start -n life');

  await endpoints.start('life');
  await endpoints.ready('life');
  expect((await endpoints.predict('life')).predictions).toEqual(answers.Identity);

  await endpoints.ask('DELETE', '/modelyard/endpoints/life');
  expect((await endpoints.predict('life')).status).toBe(404);
  expect(await endpoints.ping('life')).toBe(404);
  // The name is free.
  await endpoints.create('life', 'models:/tiny/2');
  await endpoints.ready('life');
  expect((await endpoints.predict('life')).predictions).toEqual(answers.Neg);
  expect((await endpoints.log('life'))[0]).toStartWith('started process');
});

test('an update keeps what it does not give, and the old version answers until the new one is ready', async () => {
  await endpoints.create('changing', 'models:/tiny@champion', { description: 'kept', workers: 2 });
  await endpoints.ready('changing');
  const updated = await endpoints.update('changing', { served_models: [{ model_uri: 'models:/tiny/2' }] });
  expect(updated).toMatchObject({
    description: 'kept',
    workers: 2,
    state: 'updating',
    message: 'models:/tiny/2 is being started. models:/tiny/1 goes on answering.',
    serving: [{ model_uri: 'models:/tiny/1' }],
  });
  expect((await endpoints.predict('changing')).status).toBe(200);
  expect((await endpoints.ready('changing')).serving).toMatchObject([{ version: '2' }]);
  expect((await endpoints.predict('changing')).predictions).toEqual(answers.Neg);
});

test('the scoring server’s own refusals come through as they are', async () => {
  await endpoints.create('strict', 'models:/tiny/1');
  await endpoints.ready('strict');
  expect(await endpoints.predict('strict', '{"inputs": [[1, 2, 3]]}')).toMatchObject({
    status: 400,
    model: 'models:/tiny/1',
    text: expect.stringContaining('error_code') as string,
  });
  expect((await endpoints.predict('strict', 'a,b', 'text/unknown')).status).toBe(415);
  const wrongMethod = await fetch(`${server.url}/endpoints/strict/invocations`);
  expect(wrongMethod.status).toBe(405);
});

test('all are listed by name, or those of a model', async () => {
  await registerModel(server.url, 'other', 'Abs');
  await endpoints.create('z-other', 'models:/other/1');
  await endpoints.create('a-tiny', 'models:/tiny/1');
  const namesOf = async (query: string): Promise<string[]> => {
    const { endpoints: found } = await endpoints.ask('GET', `/modelyard/endpoints${query}`);
    return (found as { name: string }[]).map(({ name }) => name);
  };
  const all = await namesOf('');
  expect(all).toEqual([...all].sort());
  expect(all).toContain('z-other');
  expect(await namesOf('?model_name=other')).toEqual(['z-other']);
  expect(await namesOf('?model_name=nothing')).toEqual([]);
});

test('a model may have any name', async () => {
  const name = 'größe 50% – 模型';
  await registerModel(server.url, name, 'Neg');
  await setAlias(server.url, name, 'beste', '1');
  await endpoints.create('any-name', `models:/${name}@beste`);
  const ready = await endpoints.ready('any-name');
  expect(ready.serving).toMatchObject([{ model_uri: `models:/${name}/1`, model_name: name, version: '1' }]);
  const { status, model, predictions } = await endpoints.predict('any-name');
  expect([status, predictions]).toEqual([200, answers.Neg]);
  expect(decodeURI(model ?? '')).toBe(`models:/${name}/1`);
});

test('the client of the SDK has each method, typed', async () => {
  const client = new Client({ trackingUri: server.url });
  const served_models = [{ model_uri: 'models:/tiny/1' }];
  const { endpoint: made } = await client.createEndpoint({
    name: 'by-sdk',
    served_models,
    capture: { sample_rate: 1 },
  });
  expect(made?.state).toBe('pending');
  await endpoints.ready('by-sdk');
  for (let at = 0; at < 3; at++) await endpoints.predict('by-sdk');
  const captured: unknown[] = [];
  for await (const { request } of client.each('listEndpointCaptures', { name: 'by-sdk', max_results: 2 })) {
    captured.push(request);
  }
  expect(captured).toEqual(Array.from({ length: 3 }, () => ({ inputs: [[1, -2]] })));
  const { total } = await client.getEndpointMetrics({ name: 'by-sdk' });
  expect(total?.requests).toBe(3);
  await client.deleteEndpoint({ name: 'by-sdk' });
  expect((await client.listEndpoints({})).endpoints.map(({ name }) => name)).not.toContain('by-sdk');
});

test('open pages hear of an endpoint over the live feed', async () => {
  const feed = await fetch(`${server.url}/api/2.0/modelyard/events`);
  const reader = feed.body?.pipeThrough(new TextDecoderStream()).getReader();
  await endpoints.create('told-of', 'models:/tiny/1');
  let heard = '';
  while (!/"endpoints":\[[^\]]*"told-of"/.test(heard)) heard += (await within(20_000, reader!.read())).value ?? '';
  await reader?.cancel();
});

test('no page of another origin may ask an endpoint', async () => {
  const from = (origin: string): Promise<Response> =>
    fetch(`${server.url}/endpoints/told-of/invocations`, {
      method: 'POST',
      body: '{}',
      headers: { origin, 'content-type': 'application/json' },
    });
  expect((await from('https://evil.example.com')).status).toBe(403);
  expect((await from(server.url)).status).not.toBe(403);
});

describe('what cannot be is refused with words that help', () => {
  const one = [{ model_uri: 'models:/tiny/1' }];
  test.each([
    [{ name: 'a/b', served_models: one }, "Invalid endpoint name 'a/b'"],
    [{ name: 'x'.repeat(64), served_models: one }, 'at most 63'],
    [{ served_models: one }, "required parameter 'name'"],
    [{ name: 'n' }, "required parameter 'served_models'"],
    [{ name: 'n', served_models: [{ model_uri: 'runs:/1/model' }] }, 'models:/churn@champion'],
    [{ name: 'n', served_models: [{ model_uri: 'models:/tiny/Production' }] }, 'models:/churn@champion'],
    [{ name: 'n', served_models: [{ model_uri: 'models:/none/1' }] }, "There is no registered model 'none'."],
    [{ name: 'n', served_models: [{ model_uri: 'models:/tiny/9' }] }, "The model 'tiny' has no version 9."],
    [{ name: 'n', served_models: [{ model_uri: 'models:/tiny@none' }] }, "The model 'tiny' has no alias 'none'."],
    [{ name: 'n', served_models: [...one, { model_uri: 'models:/tiny/2' }] }, 'need a traffic_percentage each'],
    [
      {
        name: 'n',
        served_models: [
          { model_uri: 'models:/tiny/1', traffic_percentage: 50 },
          { model_uri: 'models:/tiny/2', traffic_percentage: 40 },
        ],
      },
      'adds up to 90; it must be 100',
    ],
    [
      {
        name: 'n',
        served_models: [
          { model_uri: 'models:/tiny/1', traffic_percentage: 50 },
          { model_uri: 'models:/tiny/1', traffic_percentage: 50 },
        ],
      },
      'models:/tiny/1 is served twice',
    ],
    [{ name: 'n', served_models: [...one, ...one, ...one] }, 'one or two served models, not 3'],
    [{ name: 'n', served_models: one, env_manager: 'docker' }, "local, uv, virtualenv, conda, not 'docker'"],
    [{ name: 'n', served_models: one, workers: 0 }, 'workers is from 1 to 64, not 0'],
    [{ name: 'n', served_models: one, timeout_seconds: 1000 }, 'timeout_seconds is from 1 to 240, not 1000'],
    [{ name: 'n', served_models: one, capture: { sample_rate: 2 } }, 'from 0 (nothing) to 1 (every request), not 2'],
  ])('%j', async (request, words) => {
    const api = new Api(server, '/api/2.0/modelyard');
    const { status, message } = await api.refused('POST', 'endpoints', request);
    expect(status).toBeOneOf([400, 404]);
    expect(message).toContain(words);
  });

  test('a name that is taken, and one that is not there', async () => {
    const api = new Api(server, '/api/2.0/modelyard');
    await endpoints.create('taken', 'models:/tiny/1');
    expect(await api.refused('POST', 'endpoints', { name: 'taken', served_models: one })).toMatchObject({
      error_code: 'RESOURCE_ALREADY_EXISTS',
    });
    for (const [method, path] of [
      ['GET', 'endpoints/nowhere'],
      ['PATCH', 'endpoints/nowhere'],
      ['DELETE', 'endpoints/nowhere'],
      ['POST', 'endpoints/nowhere/start'],
      ['POST', 'endpoints/nowhere/stop'],
      ['GET', 'endpoints/nowhere/logs'],
      ['GET', 'endpoints/nowhere/metrics'],
      ['GET', 'endpoints/nowhere/captures'],
    ] as const) {
      const refused = await api.refused(method, path, method === 'GET' ? undefined : {});
      expect(refused).toMatchObject({ status: 404, message: "There is no endpoint 'nowhere'." });
    }
  });
});
