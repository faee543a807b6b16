/** Writes that arrive together share a commit; each still ends as if it were alone. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { KeepAlive } from '../support/keep-alive.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

/** Sends the requests over as many connections, 250 at most, so that they arrive together. */
async function atOnce(requests: readonly (readonly [path: string, body: unknown])[]): Promise<number[]> {
  const statuses: number[] = [];
  const waiting = requests.entries();
  const connections = await Promise.all(
    Array.from({ length: Math.min(requests.length, 250) }, () => KeepAlive.open(server.port)),
  );
  const sender = async (connection: KeepAlive): Promise<void> => {
    for (const [i, [path, body]] of waiting) statuses[i] = await connection.post(`/api/2.0/mlflow/${path}`, body);
    connection.close();
  };
  await within(20_000, Promise.all(connections.map(sender)));
  return statuses;
}

test('1,000 points at once are all there, and duplicates are kept once', async () => {
  const id = await api.createRun();
  const numbers = Array.from({ length: 1000 }, (_, i) => i);
  // Every fourth request repeats the one before it.
  const step = (i: number): number => (i % 4 === 3 ? i - 1 : i);
  const statuses = await atOnce(
    numbers.map((i) => [
      'runs/log-metric',
      { run_id: id, key: 'm', value: step(i), timestamp: step(i), step: step(i) },
    ]),
  );
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  const expected = numbers.filter((i) => i % 4 !== 3);
  expect((await api.history(id, 'm')).map((point) => [point.step, point.value])).toEqual(expected.map((i) => [i, i]));
  expect((await api.run(id)).data.metrics).toEqual([{ key: 'm', value: 998, timestamp: 998, step: 998 }]);
});

test('of conflicting params one wins, and the losers harm nobody in the same commit', async () => {
  const id = await api.createRun();
  const requests = Array.from({ length: 300 }, (_, i): [string, unknown] => {
    if (i % 3 === 0) return ['runs/log-parameter', { run_id: id, key: 'contested', value: String(i) }];
    if (i % 3 === 1) return ['runs/log-metric', { run_id: id, key: 'm', value: i, timestamp: i, step: i }];
    const params = [
      { key: `own${i}`, value: 'x' },
      { key: 'contested', value: String(i) },
    ];
    return ['runs/log-batch', { run_id: id, params, tags: [{ key: `tag${i}`, value: 'x' }] }];
  });
  const statuses = await atOnce(requests);
  const { data } = await api.run(id);
  const winner = Number(data.params?.find((param) => param.key === 'contested')?.value);
  const tags = new Set(data.tags?.map((tag) => tag.key));
  const params = new Set(data.params?.map((param) => param.key));
  const steps = new Set((await api.history(id, 'm')).map((point) => point.step));
  for (const [i, status] of statuses.entries()) {
    if (i % 3 === 1) expect([i, status, steps.has(i)]).toEqual([i, 200, true]);
    else expect([i, status]).toEqual([i, i === winner ? 200 : 400]);
    if (i % 3 === 2) expect([i, params.has(`own${i}`), tags.has(`tag${i}`)]).toEqual([i, i === winner, i === winner]);
  }
});

test('failures of every kind among good writes are rolled back alone', async () => {
  const [id, deleted] = [await api.createRun(), await api.createRun()];
  await api.post('runs/delete', { run_id: deleted });
  await api.post('registered-models/create', { name: 'taken' });
  const kinds: ((i: number) => [string, unknown, number])[] = [
    // A new metric name in a session that fails must not be remembered as stored.
    (i) => ['runs/log-metric', { run_id: deleted, key: `name${i}`, value: 1, timestamp: 1 }, 400],
    (i) => ['runs/log-metric', { run_id: 'f'.repeat(32), key: `name${i}`, value: 1, timestamp: 1 }, 404],
    () => ['registered-models/create', { name: 'taken' }, 400],
    (i) => ['runs/log-metric', { run_id: id, key: `name${i - 3}`, value: i, timestamp: 1 }, 200],
    (i) => ['runs/set-tag', { run_id: id, key: `t${i}`, value: 'v' }, 200],
    (i) => ['registered-models/create', { name: `free${i}` }, 200],
  ];
  const requests = Array.from({ length: 300 }, (_, i) => kinds[i % kinds.length]!(i));
  const statuses = await atOnce(requests.map(([path, body]) => [path, body]));
  expect(statuses).toEqual(requests.map(([, , status]) => status));
  const { data } = await api.run(id);
  expect([data.metrics?.length, data.tags?.length]).toEqual([50, 51]);
  for (const metric of data.metrics ?? []) expect(metric.value).toBe(Number(metric.key.slice(4)) + 3);
});

test('a session that fails after it has written leaves nothing, not even the name of a metric', async () => {
  const id = await api.createRun();
  // The points go in before the logged model is found missing.
  const lost = (key: string) => ({ key, value: -1, timestamp: 1, step: 99, model_id: 'm-missing' });
  const kinds: ((i: number) => [string, unknown, number])[] = [
    (i) => ['runs/log-metric', { run_id: id, ...lost(`late${i}`) }, 400],
    (i) => {
      const pair = { key: `lost${i}`, value: 'v' };
      return ['runs/log-batch', { run_id: id, metrics: [lost(`late${i}`)], params: [pair], tags: [pair] }, 400];
    },
    (i) => ['runs/log-metric', { run_id: id, key: `late${i - 2}`, value: i, timestamp: 1 }, 200],
    (i) => ['runs/log-metric', { run_id: id, key: `late${i - 2}`, value: i, timestamp: 1 }, 200],
    (i) => ['runs/log-metric', { run_id: id, key: `own${i}`, value: i, timestamp: 1 }, 200],
  ];
  const requests = Array.from({ length: 500 }, (_, i) => kinds[i % kinds.length]!(i));
  const statuses = await atOnce(requests.map(([path, body]) => [path, body]));
  expect(statuses).toEqual(requests.map(([, , status]) => status));
  const { data } = await api.run(id);
  expect([data.params, data.tags?.length]).toEqual([undefined, 1]);
  const found = (data.metrics ?? []).map(({ key, value, step }) => [key, value, step] as const);
  const expected = requests.flatMap(([, body, status], i) => {
    return status === 200 ? [[(body as { key: string }).key, i, 0] as const] : [];
  });
  expect(new Set(found)).toEqual(new Set(expected));
});

test('of 100 who create the same name at once one succeeds', async () => {
  for (const path of ['experiments/create', 'registered-models/create']) {
    const statuses = await atOnce(Array.from({ length: 100 }, () => [path, { name: 'wanted by many' }]));
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...Array<number>(99).fill(400)]);
  }
});

test('versions registered at once get numbers without a gap or a double', async () => {
  await api.post('registered-models/create', { name: 'many versions' });
  const run_id = await api.createRun();
  const request = { name: 'many versions', source: `runs:/${run_id}/m`, run_id };
  const statuses = await atOnce(Array.from({ length: 200 }, () => ['model-versions/create', request]));
  expect(new Set(statuses)).toEqual(new Set([200]));
  const filter = encodeURIComponent("name = 'many versions'");
  const found = await api.get<{ model_versions: { version: string }[] }>(
    `model-versions/search?max_results=1000&filter=${filter}`,
  );
  const numbers = found.model_versions.map(({ version }) => Number(version)).sort((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
});

test('a write that was answered is seen by the next read, on every path', async () => {
  const id = await api.createRun();
  for (let step = 0; step < 50; step++) {
    await api.post('runs/log-metric', { run_id: id, key: 'm', value: step, timestamp: step, step });
    const [run, history, found] = await Promise.all([
      api.run(id),
      api.history(id, 'm'),
      api.searchAll({ experiment_ids: ['0'], filter: `metrics.m = ${step} and run_id = '${id}'` }),
    ]);
    expect([run.data.metrics?.[0]?.step, history.length, found.length]).toEqual([step, step + 1, 1]);
  }
});
