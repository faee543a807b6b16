/** What is remembered of requests: counts by minute, and a sample of the requests themselves. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Api } from '../../support/api.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { registerModel } from './support/models.ts';
import { EndpointApi, startServing } from './support/serving.ts';

const dir = freshFolder();
let server: TestServer;
let endpoints: EndpointApi;

beforeAll(async () => {
  server = await startServing(dir);
  endpoints = new EndpointApi(server.url);
  await registerModel(server.url, 'tiny', 'Identity');
  await registerModel(server.url, 'tiny', 'Neg');
});
afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

interface Counted {
  readonly requests: number;
  readonly errors: number;
  readonly mean_ms?: number;
  readonly p50_ms?: number;
  readonly p99_ms?: number;
}

interface Metrics {
  readonly from: number;
  readonly to: number;
  readonly step_minutes: number;
  readonly total: Counted;
  readonly points: (Counted & { time: number; by_status: Record<string, number>; by_model: Record<string, number> })[];
  readonly by_status: { status: number; requests: number }[];
  readonly by_model: (Counted & { model_uri: string })[];
}

async function metricsOf(name: string, query = ''): Promise<Metrics> {
  return (await endpoints.ask('GET', `/modelyard/endpoints/${name}/metrics${query}`)) as unknown as Metrics;
}

/** Whatever minutes it took. */
function together(points: readonly Record<string, number>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const point of points) for (const [key, count] of Object.entries(point)) sums[key] = (sums[key] ?? 0) + count;
  return sums;
}

test('requests are counted by minute, status and version, and the counts outlive the server', async () => {
  await endpoints.create('counted', [
    ['models:/tiny/1', 75],
    ['models:/tiny/2', 25],
  ]);
  await endpoints.ready('counted');
  for (let at = 0; at < 8; at++) await endpoints.predict('counted');
  for (let at = 0; at < 4; at++) await endpoints.predict('counted', '{"inputs": "wrong"}');
  await endpoints.stop('counted');
  for (let at = 0; at < 2; at++) await endpoints.predict('counted');

  const check = async (): Promise<void> => {
    const metrics = await metricsOf('counted');
    expect(metrics.step_minutes).toBe(1);
    expect(metrics.total).toMatchObject({ requests: 14, errors: 6 });
    expect(metrics.total.p50_ms).toBeGreaterThan(0);
    expect(metrics.total.p99_ms).toBeGreaterThanOrEqual(metrics.total.p50_ms ?? Infinity);
    expect(metrics.by_status.toSorted((a, b) => a.status - b.status)).toEqual([
      { status: 200, requests: 8 },
      { status: 400, requests: 4 },
      { status: 503, requests: 2 },
    ]);
    const counts = metrics.by_model.map(({ model_uri: uri, requests, errors }) => [uri, requests, errors]);
    expect(Object.fromEntries(counts.map(([uri, requests]) => [uri, requests]))).toEqual({
      'models:/tiny/1': 9,
      'models:/tiny/2': 3,
      '': 2,
    });
    expect(together(metrics.points.map((point) => point.by_status))).toEqual({ 200: 8, 400: 4, 503: 2 });
    expect(together(metrics.points.map((point) => point.by_model))).toEqual({
      'models:/tiny/1': 9,
      'models:/tiny/2': 3,
      '': 2,
    });
    for (const { time } of metrics.points) expect(time % 60_000).toBe(0);
    expect((await endpoints.get('counted')).last_hour).toMatchObject({ requests: 14, errors: 6 });
  };
  await check();
  await server.kill();
  server = await startServing(dir);
  endpoints = new EndpointApi(server.url);
  await check();

  // Together, and of another time.
  const day = await metricsOf('counted', `?from=${Date.now() - 86_400_000}`);
  expect(day).toMatchObject({ step_minutes: 15, total: { requests: 14 } });
  expect(day.points.every(({ time }) => time % 900_000 === 0)).toBe(true);
  const before = await metricsOf('counted', `?from=${Date.now() - 86_400_000}&to=${Date.now() - 43_200_000}`);
  expect(before).toMatchObject({ total: { requests: 0, errors: 0 }, points: [], by_model: [] });
  expect(before.total.p50_ms).toBeUndefined();

  const api = new Api(server, '/api/2.0/modelyard');
  for (const [query, words] of [
    ['from=2000&to=1000', '`from` must be before `to`'],
    ['step_minutes=0', 'step_minutes is from 1 to 1440'],
    ['from=1&step_minutes=1', 'more than 2000 points'],
  ] as const) {
    expect((await api.refused('GET', `endpoints/counted/metrics?${query}`)).message).toContain(words);
  }
});

interface Captures {
  readonly run_id: string;
  readonly experiment_id: string;
  readonly artifact_path: string;
  readonly bytes: number;
  readonly captures: {
    id: string;
    time: number;
    model_uri: string;
    status: number;
    content_type: string;
    request: unknown;
    response: unknown;
  }[];
  readonly next_page_token?: string;
}

async function capturesOf(name: string, query = ''): Promise<Captures> {
  return (await endpoints.ask('GET', `/modelyard/endpoints/${name}/captures${query}`)) as unknown as Captures;
}

test('requests and answers are kept as a dataset of a run, page by page', async () => {
  await endpoints.create('captured', 'models:/tiny/1', { capture: { sample_rate: 1 } });
  expect(await capturesOf('captured')).toEqual({ bytes: 0, captures: [] } as unknown as Captures);
  await endpoints.ready('captured');
  for (let at = 0; at < 5; at++) await endpoints.predict('captured', `{"inputs":\n [[${at}.5, 9007199254740993]]}`);
  await endpoints.predict('captured', '{"inputs": nonsense');

  const first = await capturesOf('captured', '?max_results=4');
  expect(first.captures.map(({ request }) => request)).toEqual([
    '{"inputs": nonsense',
    { inputs: [[4.5, 9007199254740992]] },
    { inputs: [[3.5, 9007199254740992]] },
    { inputs: [[2.5, 9007199254740992]] },
  ]);
  expect(first.captures[0]).toMatchObject({ status: 400, response: { error_code: 'BAD_REQUEST' } });
  expect(first.captures[1]).toMatchObject({
    status: 200,
    model_uri: 'models:/tiny/1',
    content_type: 'application/json',
    response: { predictions: { y: [[4.5, 9007199254740992]] } },
  });
  const second = await capturesOf('captured', `?max_results=4&page_token=${first.next_page_token}`);
  expect(second.captures.map(({ request }) => request)).toEqual([
    { inputs: [[1.5, 9007199254740992]] },
    { inputs: [[0.5, 9007199254740992]] },
  ]);
  expect(second.next_page_token).toBeUndefined();

  // Numbers are those that were sent, to the last digit.
  const raw = await fetch(`${server.url}/api/2.0/modelyard/endpoints/captured/captures?max_results=2`);
  expect(await raw.text()).toContain('[[4.5,9007199254740993]]');

  const { run_id: id, experiment_id: experiment } = first;
  const run = (await new Api(server).run(id)) as Awaited<ReturnType<Api['run']>> & {
    inputs: { dataset_inputs: { dataset: { name: string; source: string } }[] };
  };
  expect(run.info).toMatchObject({ run_name: 'captured', experiment_id: experiment });
  const [input] = run.inputs.dataset_inputs;
  expect(input?.dataset).toMatchObject({ name: 'captured requests' });
  expect((JSON.parse(input?.dataset.source ?? '') as { uri: string }).uri).toBe(`${run.info.artifact_uri}/captures`);

  const listed = await new Api(server).get<{ files: { path: string }[] }>(`artifacts/list?run_id=${id}&path=captures`);
  const [file] = listed.files;
  const lines = await (await fetch(`${server.url}/get-artifact?run_id=${id}&path=${file?.path}`)).text();
  expect(lines.trimEnd().split('\n')).toHaveLength(6);
  expect(lines.split('\n')[0]).toContain('"request":{"inputs":  [[0.5, 9007199254740993]]}');
  expect(first.bytes).toBe(Buffer.byteLength(lines));
  expect((await endpoints.get('captured')).capture_run_id).toBe(id);

  // A deleted run gets no more; the next capture begins another one.
  await new Api(server).post('runs/delete', { run_id: id });
  await endpoints.predict('captured');
  const again = await capturesOf('captured');
  expect(again.run_id).not.toBe(id);
  expect(again.captures[0]).toMatchObject({ request: { inputs: [[1, -2]] } });
});

test('a sample is taken, and it is bounded', async () => {
  await endpoints.create('sampled', 'models:/tiny/1', { capture: { sample_rate: 0.5, max_bytes: 1_000_000 } });
  await endpoints.ready('sampled');
  const rows = JSON.stringify({ inputs: Array.from({ length: 10_000 }, (_, at) => [at, at]) });
  for (let at = 0; at < 40; at++) await endpoints.predict('sampled', rows);
  const { bytes, captures } = await capturesOf('sampled', '?max_results=100');
  expect(captures.length).toBeGreaterThan(0);
  expect(captures.length).toBeLessThan(40);
  expect(bytes).toBeLessThanOrEqual(1_000_000);
  await endpoints.update('sampled', { capture: { sample_rate: 0 } });
  const before = (await capturesOf('sampled')).captures[0]?.id;
  for (let at = 0; at < 5; at++) await endpoints.predict('sampled');
  expect((await capturesOf('sampled')).captures[0]?.id).toBe(before ?? '');
  expect(await endpoints.get('sampled')).toMatchObject({ capture_sample_rate: 0, capture_max_bytes: 1_000_000 });
});

test('bodies of many megabytes go through both ways, and are not captured', async () => {
  await endpoints.create('large', 'models:/tiny/2', { capture: { sample_rate: 1 } });
  await endpoints.ready('large');
  const rows = Array.from({ length: 300_000 }, (_, at) => [at, -at]);
  const { status, predictions } = await endpoints.predict('large', JSON.stringify({ inputs: rows }));
  expect(status).toBe(200);
  expect(Bun.hash(JSON.stringify(predictions))).toBe(Bun.hash(JSON.stringify(rows.map(([a = 0, b = 0]) => [-a, -b]))));
  expect((await capturesOf('large')).captures).toEqual([]);
  expect(await metricsOf('large')).toMatchObject({ total: { requests: 1, errors: 0 } });
});
