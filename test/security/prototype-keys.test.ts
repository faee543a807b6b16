/** T24: names that mean something to JavaScript are names like any other. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { startServer, type TestServer } from '../support/start-server.ts';
import { ApiClient, at } from './api-client.ts';

let server: TestServer;
let api: ApiClient;

beforeAll(async () => {
  server = await startServer();
  api = new ApiClient(server);
}, 30_000);

afterAll(() => server.stop());

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'length',
  'toJSON',
];

/** The list under a run's data as a map. */
function pairs(value: unknown): Map<string, unknown> {
  return new Map((value as { key: string; value: unknown }[]).map((pair) => [pair.key, pair.value]));
}

describe.each(names)('%s', (name) => {
  test('as tag, param and metric of a run, one by one and in a batch', async () => {
    const id = await api.createRun();
    const batch = await api.createRun();
    for (const [path, body] of [
      ['runs/set-tag', { run_id: id, key: name, value: 'tag' }],
      ['runs/log-parameter', { run_id: id, key: name, value: 'param' }],
      ['runs/log-metric', { run_id: id, key: name, value: 2, timestamp: 1, step: 0 }],
      [
        'runs/log-batch',
        {
          run_id: batch,
          tags: [{ key: name, value: 'tag' }],
          params: [{ key: name, value: 'param' }],
          metrics: [{ key: name, value: 2, timestamp: 1, step: 0 }],
        },
      ],
    ] as const) {
      expect([path, (await api.post(path, body)).status]).toEqual([path, 200]);
    }
    for (const run of [id, batch]) {
      const { json } = await api.call('GET', `runs/get?run_id=${run}`);
      expect(pairs(at(json, 'run', 'data', 'tags')).get(name)).toBe('tag');
      expect(pairs(at(json, 'run', 'data', 'params')).get(name)).toBe('param');
      expect(pairs(at(json, 'run', 'data', 'metrics')).get(name)).toBe(2);
      const history = await api.call('GET', `metrics/get-history?run_id=${run}&metric_key=${name}`);
      expect(at(history.json, 'metrics', 0, 'value')).toBe(2);
    }
    for (const filter of [`tags.${name} = 'tag'`, `params.\`${name}\` = 'param'`, `metrics."${name}" = 2`]) {
      const found = await api.post('runs/search', {
        experiment_ids: ['0'],
        filter,
        order_by: [`metrics.\`${name}\` DESC`],
      });
      expect([filter, (at(found.json, 'runs') as unknown[] | undefined)?.length]).toEqual([filter, 2]);
    }
    await api.post('runs/delete', { run_id: id });
    await api.post('runs/delete', { run_id: batch });
  });

  test('as name and tag of experiments, models, versions and aliases', async () => {
    const tags = [{ key: name, value: 'tag' }];
    const experiment = await api.post('experiments/create', { name, tags });
    expect(experiment.status).toBe(200);
    const got = await api.call('GET', `experiments/get-by-name?experiment_name=${name}`);
    expect(at(got.json, 'experiment', 'tags')).toEqual(tags);
    expect((await api.post('registered-models/create', { name, tags })).status).toBe(200);
    expect((await api.post('model-versions/create', { name, source: 's3://bucket/model', tags })).status).toBe(200);
    const alias = await api.post('registered-models/alias', { name, alias: name, version: '1' });
    expect(alias.status).toBe(200);
    const model = await api.call('GET', `registered-models/get?name=${name}`);
    expect(at(model.json, 'registered_model', 'tags')).toEqual(tags);
    const version = await api.call('GET', `registered-models/alias?name=${name}&alias=${name}`);
    expect(at(version.json, 'model_version', 'aliases')).toEqual([name]);
    const logged = await api.post('logged-models', { experiment_id: '0', name: 'm', tags, params: tags });
    expect(at(logged.json, 'model', 'info', 'tags')).toEqual(tags);
  });

  test('as an id, a field, a parameter or a part of the filter', async () => {
    for (const path of [
      `runs/get?run_id=${name}`,
      `experiments/get?experiment_id=${name}`,
      `logged-models/${name}`,
      name,
      `runs/${name}`,
    ]) {
      const { status } = await api.call('GET', path);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
    for (const filter of [`${name}.a = 'b'`, `attributes.${name} = 'b'`, `${name} = 'b'`]) {
      const { status } = await api.post('runs/search', { experiment_ids: ['0'], filter });
      expect([filter, status]).toEqual([filter, 400]);
    }
    for (const order of [`attributes.${name}`, `${name}.a`]) {
      const { status } = await api.post('runs/search', { experiment_ids: ['0'], order_by: [order] });
      expect([order, status]).toEqual([order, 400]);
    }
    expect((await api.post('runs/search', { experiment_ids: ['0'], max_results: name })).status).toBe(400);
    // MLflow takes a word that it does not know for the default.
    const view = await api.post('runs/search', { experiment_ids: ['0'], run_view_type: name });
    const plain = await api.post('runs/search', { experiment_ids: ['0'] });
    expect(view.text).toBe(plain.text);
    const id = await api.createRun();
    await api.post('runs/update', { run_id: id, status: name });
    expect(at((await api.call('GET', `runs/get?run_id=${id}`)).json, 'run', 'info', 'status')).toBe('RUNNING');
    const stage = await api.post('model-versions/transition-stage', { name: 'x', version: '1', stage: name });
    expect([400, 404]).toContain(stage.status);
  });

  test('as a key of the request changes nothing', async () => {
    const polluted = `{"${name}":{"experiment_id":"0","polluted":"yes","admin":true,"max_results":0},"experiment_ids":["0"]}`;
    const { status, text } = await api.send('POST', 'runs/search', polluted);
    expect([200, 400]).toContain(status);
    expect(text).not.toContain('polluted');
    const required = await api.send('POST', 'experiments/create', `{"${name}":{"name":"by the prototype"}}`);
    expect(required.status).toBe(400);
    const query = await api.call('GET', `runs/get?${name}=x&${name}[run_id]=x&${name}.run_id=x`);
    expect(query.status).toBe(400);
    const clean = await api.post('experiments/search', { max_results: 1000 });
    expect(clean.status).toBe(200);
    expect(clean.text).not.toContain('polluted');
  });
});
