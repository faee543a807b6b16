/** Versions change places under load, with no request lost; traffic is split as it was asked. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { askOf, answers, registerModel, setAlias } from './support/models.ts';
import { EndpointApi, startServing, type Predicted } from './support/serving.ts';

const dir = freshFolder();
let server: TestServer;
let endpoints: EndpointApi;

beforeAll(async () => {
  server = await startServing(dir);
  endpoints = new EndpointApi(server.url);
  await registerModel(server.url, 'tiny', 'Identity');
  await registerModel(server.url, 'tiny', 'Neg');
  await registerModel(server.url, 'tiny', 'Abs');
  await registerModel(server.url, 'tiny', 'broken');
});
afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

/** Many clients ask again and again until `work` is over; what each was answered, in its order. */
async function underLoad(name: string, work: () => Promise<void>): Promise<Predicted[][]> {
  const state = { over: false };
  const clients = Array.from({ length: 32 }, async () => {
    const heard: Predicted[] = [];
    while (!state.over) heard.push(await endpoints.predict(name));
    return heard;
  });
  await work().finally(() => (state.over = true));
  return Promise.all(clients);
}

test('an alias that moves again and again under load costs no request', async () => {
  await setAlias(server.url, 'tiny', 'champion', '1');
  await endpoints.create('champion', 'models:/tiny@champion');
  await endpoints.ready('champion');
  const versions = ['2', '3', '1', '2'];
  const heard = await underLoad('champion', async () => {
    for (const version of versions) {
      await setAlias(server.url, 'tiny', 'champion', version);
      await endpoints.until('champion', ({ serving }) => serving[0]?.version === version);
      // The new version is asked too before it goes.
      await endpoints.predict('champion');
    }
  });
  const all = heard.flat();
  expect(all.length).toBeGreaterThan(100);
  expect([...new Set(all.map(({ status }) => status))]).toEqual([200]);
  const expected = { 1: answers.Identity, 2: answers.Neg, 3: answers.Abs };
  for (const { model, predictions } of all) {
    const version = /^models:\/tiny\/([123])$/.exec(model ?? '')?.[1] as '1' | '2' | '3';
    expect(predictions).toEqual(expected[version]);
  }
  // Nobody hears of an old version once the new one has answered somebody.
  expect(new Set(all.map(({ model }) => model)).size).toBeGreaterThan(1);
  expect(await endpoints.log('champion')).toContain('models:/tiny@champion is version 3');
});

test('a version that cannot be started leaves the old one at work and says so; the next one takes over', async () => {
  await setAlias(server.url, 'tiny', 'careful', '1');
  await endpoints.create('careful', 'models:/tiny@careful');
  await endpoints.ready('careful');
  const heard = await underLoad('careful', async () => {
    await setAlias(server.url, 'tiny', 'careful', '4');
    const failed = await endpoints.until('careful', ({ served_models: [one] }) => one?.state === 'failed');
    expect(failed).toMatchObject({
      state: 'ready',
      served_models: [{ version: '4', state: 'failed' }],
      serving: [{ version: '1' }],
    });
    expect(failed.message).toContain('models:/tiny/4 cannot be started: its process ended with code 1');
    expect(failed.message).toEndWith('models:/tiny/1 goes on answering.');
  });
  expect(new Set(heard.flat().map(({ status, model }) => `${status} ${model}`))).toEqual(
    new Set(['200 models:/tiny/1']),
  );
  await setAlias(server.url, 'tiny', 'careful', '2');
  const mended = await endpoints.ready('careful');
  expect(mended).toMatchObject({ message: '', serving: [{ version: '2' }] });
});

test('an endpoint whose only version cannot be started has failed, with the log', async () => {
  await endpoints.create('broken', 'models:/tiny/4');
  const failed = await endpoints.until('broken', 'failed');
  expect(failed.message).toContain('models:/tiny/4 cannot be started');
  expect((await endpoints.log('broken')).join('\n')).toContain('ended with code 1');
  const refused = await endpoints.predict('broken');
  expect(refused.status).toBe(503);
  expect(refused.text).toContain('modelyard endpoints logs -n broken');
  // Who has mended something tries again, and hears how this attempt ends, not the one before.
  for (const attempt of [
    () => endpoints.start('broken'),
    () => endpoints.update('broken', { description: 'mended?' }),
  ]) {
    expect(await attempt()).toMatchObject({ state: 'pending', served_models: [{ state: 'pending' }] });
    await endpoints.until('broken', 'failed');
  }
});

test('an alias that is taken away leaves the version at work that it named', async () => {
  await setAlias(server.url, 'tiny', 'fleeting', '3');
  await endpoints.create('fleeting', 'models:/tiny@fleeting');
  await endpoints.ready('fleeting');
  await askOf(server.url)('DELETE', '/mlflow/registered-models/alias', { name: 'tiny', alias: 'fleeting' });
  const left = await endpoints.until('fleeting', ({ message }) => message !== '');
  expect(left).toMatchObject({
    state: 'ready',
    message: "The model 'tiny' has no alias 'fleeting'. models:/tiny/3 goes on answering.",
  });
  expect((await endpoints.predict('fleeting')).predictions).toEqual(answers.Abs);
});

test('a model that is renamed is served by its new name, with no request lost', async () => {
  await registerModel(server.url, 'maiden', 'Neg');
  await setAlias(server.url, 'maiden', 'best', '1');
  await endpoints.create('renamed', 'models:/maiden@best');
  await endpoints.ready('renamed');
  const heard = await underLoad('renamed', async () => {
    await askOf(server.url)('POST', '/mlflow/registered-models/rename', { name: 'maiden', new_name: 'married' });
    await endpoints.until('renamed', ({ serving: [one] }) => one?.model_uri === 'models:/married/1');
  });
  expect(new Set(heard.flat().map(({ status }) => status))).toEqual(new Set([200]));
  const left = await endpoints.ready('renamed');
  expect(left).toMatchObject({ message: '', served_models: [{ model_uri: 'models:/married@best', version: '1' }] });
});

test('a canary gets its share exactly, and a change of traffic counts at once', async () => {
  await endpoints.create('canary', [
    ['models:/tiny/1', 90],
    ['models:/tiny/2', 10],
  ]);
  const ready = await endpoints.ready('canary');
  expect(ready.serving.map(({ version, traffic_percentage: share }) => [version, share])).toEqual([
    ['1', 90],
    ['2', 10],
  ]);
  const countsOf = async (requests: number): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (let at = 0; at < requests; at++) {
      const { model } = await endpoints.predict('canary');
      counts[model ?? ''] = (counts[model ?? ''] ?? 0) + 1;
    }
    return counts;
  };
  expect(await countsOf(100)).toEqual({ 'models:/tiny/1': 90, 'models:/tiny/2': 10 });

  // Also where something else about it or its model changes again and again.
  const slow: Record<string, number> = {};
  for (let at = 0; at < 10; at++) {
    await endpoints.update('canary', { description: `look ${at}` });
    for (const [model, count] of Object.entries(await countsOf(1))) slow[model] = (slow[model] ?? 0) + count;
  }
  expect(slow).toEqual({ 'models:/tiny/1': 9, 'models:/tiny/2': 1 });

  const split = [
    { model_uri: 'models:/tiny/1', traffic_percentage: 50 },
    { model_uri: 'models:/tiny/2', traffic_percentage: 50 },
  ];
  expect((await endpoints.update('canary', { served_models: split })).state).toBe('ready');
  expect(await countsOf(20)).toEqual({ 'models:/tiny/1': 10, 'models:/tiny/2': 10 });

  // The canary is taken over whole: its process goes on, the other one ends.
  const starts = async (): Promise<number> =>
    (await endpoints.log('canary')).filter((line) => line.startsWith('started process')).length;
  const before = await starts();
  await endpoints.update('canary', { served_models: [{ model_uri: 'models:/tiny/2' }] });
  expect(await countsOf(10)).toEqual({ 'models:/tiny/2': 10 });
  expect(await starts()).toBe(before);
});
