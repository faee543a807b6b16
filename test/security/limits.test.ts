/** T20: no request is too large, too deep or too clever. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { ApiClient, at } from './api-client.ts';

let server: TestServer;
let api: ApiClient;
let runId: string;

beforeAll(async () => {
  server = await startServer();
  api = new ApiClient(server);
  runId = await api.createRun();
  for (let i = 0; i < 3; i++) await api.createRun();
}, 30_000);

afterAll(() => server.stop());

const create = '/api/2.0/mlflow/experiments/create';
const json = { 'Content-Type': 'application/json' };

/** The server answers others while, or right after, it deals with something hostile. */
async function mustBeAlive(): Promise<void> {
  expect((await rawRequest({ port: server.port, target: '/health', limit: 2000 })).status).toBe(200);
}

describe('bodies', () => {
  test('a length beyond the limit is refused before the body is read', async () => {
    for (const length of ['100000000', '99999999999', '9007199254740993', '99999999999999999999999']) {
      const headers = { ...json, 'Content-Length': length };
      const { status } = await rawRequest({
        port: server.port,
        method: 'POST',
        target: create,
        headers,
        body: '{"name":',
      });
      expect([length, [400, 413].includes(status)]).toEqual([length, true]);
    }
    await mustBeAlive();
  });

  test('a chunked body beyond the limit is refused', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    const parts: Uint8Array[] = [];
    for (let i = 0; i < 66; i++) parts.push(Buffer.from('100000\r\n'), chunk, Buffer.from('\r\n'));
    const headers = { ...json, 'Content-Length': null, 'Transfer-Encoding': 'chunked' };
    const body = Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
    const { status } = await rawRequest({ port: server.port, method: 'POST', target: create, headers, body });
    // 0: the server hung up in the middle of the body.
    expect([413, 0]).toContain(status);
    await mustBeAlive();
  });

  test('an upload of the UI beyond 10 MB is refused', async () => {
    const target = `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=big.bin`;
    const headers = { 'Content-Length': String(11 * 1024 * 1024) };
    const { status } = await rawRequest({ port: server.port, method: 'POST', target, headers, body: 'x' });
    expect(status).toBe(400);
  });

  test.each([
    ['deep lists', '{"name":' + '['.repeat(100_000)],
    ['deep lists, closed', `{"name":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep objects', '{"a":'.repeat(100_000)],
    ['deep objects, closed', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['deep in an unknown field', `{"name":1,"x":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ['a list', '[]'],
    ['null', 'null'],
    ['a number', '1'],
    ['text', '"x"'],
    ['two values', '{}{}'],
    ['NUL', '{"name":"a\0b"}'],
    ['bytes that are no UTF-8', '{"name":"\xff\xfe"'],
    ['a lone surrogate', '{"name":"\\ud800","artifact_location":1}'],
    ['a giant number', `{"name":${'9'.repeat(100_000)}}`],
    ['a giant exponent', '{"name":1e999999999}'],
    ['the same key many times', `{${'"name":1,'.repeat(100_000)}"name":1}`],
  ])('%s', async (_name, body) => {
    const { status, text } = await api.send('POST', 'experiments/create', body);
    if (status !== 400) throw new Error(`${status} ${text}\n${server.log()}`);
    expect(text.length).toBeLessThan(10_000);
    await mustBeAlive();
  });

  // Each unfinished text made the search for bare words start over at every quote in it.
  test('an unfinished text full of quotes is refused at once', async () => {
    const started = performance.now();
    const { status } = await api.send('POST', 'experiments/create', `{"a":NaN,"name":"${'\\"'.repeat(1_000_000)}`);
    expect(status).toBe(400);
    expect(performance.now() - started).toBeLessThan(1500);
  }, 30_000);
});

// Bun's removal of a folder takes time with the square of its depth.
test.each([
  ['the proxy', 'PUT', (path: string) => `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/${path}`],
  [
    'the upload of the UI',
    'POST',
    (path: string) => `/ajax-api/2.0/mlflow/upload-artifact?run_uuid=${runId}&path=${path}`,
  ],
])(
  'a path of 2000 folders through %s is refused, or removed soon',
  async (_name, method, targetOf) => {
    const { status } = await rawRequest({
      port: server.port,
      method,
      target: targetOf(`${'d/'.repeat(2000)}x`),
      body: 'x',
    });
    expect([200, 400]).toContain(status);
    const started = performance.now();
    const target = `/api/2.0/mlflow-artifacts/artifacts/0/${runId}/artifacts/d`;
    expect((await rawRequest({ port: server.port, method: 'DELETE', target, limit: 20_000 })).status).toBe(200);
    expect(performance.now() - started).toBeLessThan(2000);
  },
  30_000,
);

describe('batches', () => {
  const metrics = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ key: `m${i}`, value: i, timestamp: 1, step: 0 }));
  const pairs = (count: number, letter: string) =>
    Array.from({ length: count }, (_, i) => ({ key: `${letter}${i}`, value: 'v' }));

  test.each([
    ['1001 metrics', { metrics: metrics(1001) }],
    ['101 params', { params: pairs(101, 'p') }],
    ['101 tags', { tags: pairs(101, 't') }],
    ['1001 together', { metrics: metrics(801), params: pairs(100, 'p'), tags: pairs(100, 't') }],
    ['a million metrics', { metrics: Array.from({ length: 1_000_000 }, () => 0) }],
    ['a long metric name', { metrics: [{ key: 'k'.repeat(251), value: 1, timestamp: 1 }] }],
    ['a long tag name', { tags: [{ key: 't'.repeat(251), value: 'v' }] }],
  ])('%s are refused whole', async (_name, batch) => {
    const { status } = await api.post('runs/log-batch', { run_id: runId, ...batch });
    expect(status).toBe(400);
    const run = await api.call('GET', `runs/get?run_id=${runId}`);
    expect(at(run.json, 'run', 'data', 'metrics')).toBeUndefined();
    expect(at(run.json, 'run', 'data', 'params')).toBeUndefined();
  });

  test('the greatest batch allowed is taken', async () => {
    const id = await api.createRun();
    const { status } = await api.post('runs/log-batch', { run_id: id, metrics: metrics(1000) });
    expect(status).toBe(200);
  });
});

/** The searches with pages, each with a token in its place. */
const searches: Readonly<Record<string, (token: string) => [string, string, unknown?]>> = {
  runs: (page_token) => ['POST', 'runs/search', { experiment_ids: ['0'], max_results: 1, page_token }],
  experiments: (page_token) => ['POST', 'experiments/search', { max_results: 1, page_token }],
  'registered models': (token) => [
    'GET',
    `registered-models/search?max_results=1&page_token=${encodeURIComponent(token)}`,
  ],
  'model versions': (token) => ['GET', `model-versions/search?max_results=1&page_token=${encodeURIComponent(token)}`],
  'logged models': (page_token) => [
    'POST',
    'logged-models/search',
    { experiment_ids: ['0'], max_results: 1, page_token },
  ],
  'metric history': (token) => [
    'GET',
    `metrics/get-history?run_id=${runId}&metric_key=m&max_results=1&page_token=${encodeURIComponent(token)}`,
  ],
};

const tokens = [
  'x',
  '=',
  '====',
  '%00',
  '../../etc/passwd',
  "' OR 1=1 --",
  'ü',
  'e30=',
  ...[
    'null',
    '[]',
    '1',
    '"x"',
    '{}',
    '{"offset":-1}',
    '{"offset":"x"}',
    '{"offset":1e400}',
    '{"offset":9223372036854775808}',
  ].map(btoa),
  ...['{"offset":{"$gt":0}}', '{"offset":[1]}', '{"offset":"1; DROP TABLE runs"}', '{"__proto__":{"offset":1}}'].map(
    btoa,
  ),
  btoa('['.repeat(100_000)),
  btoa(`{"offset":${'9'.repeat(10_000)}}`),
];

describe.each(Object.entries(searches))('forged page tokens: %s', (_name, request) => {
  test('are refused', async () => {
    for (const token of tokens) {
      const [method, path, body] = request(token);
      // A header or URL that is too long is refused below us.
      if (method === 'GET' && token.length > 8000) continue;
      const { status, text } = await api.call(method, path, body);
      expect([token.slice(0, 80), status, text.slice(0, 40)]).toEqual([
        token.slice(0, 80),
        400,
        '{"error_code":"INVALID_PARAMETER_VALUE",',
      ]);
    }
  });
});

test.each([-1, 0, 50_001, 1e9, 2 ** 53, -(2 ** 31), 1.5, 'x', [[]], {}, null].map((value) => [value]))(
  'max_results %p',
  async (max_results) => {
    for (const path of ['runs/search', 'experiments/search', 'logged-models/search']) {
      const { status } = await api.post(path, { experiment_ids: ['0'], max_results });
      // MLflow's clients may leave it out by null.
      expect([path, [200, 400].includes(status)]).toEqual([path, true]);
      if (typeof max_results === 'number' && max_results < 0) expect([path, status]).toEqual([path, 400]);
    }
    await mustBeAlive();
  },
);

describe('costly filters end soon', () => {
  test.each([
    ['many wildcards', `tags.t LIKE '${'%a'.repeat(3000)}b'`],
    ['wildcards of both kinds', `tags.t ILIKE '${'%_a'.repeat(2000)}b'`],
    ['glob characters', `tags.t LIKE '${'*[!a-z]?'.repeat(1000)}'`],
    ['many comparisons', Array.from({ length: 5000 }, () => "tags.a = 'b'").join(' AND ')],
    ['deep brackets', `${'('.repeat(50_000)}tags.a = 'b'${')'.repeat(50_000)}`],
    ['blanks', `metrics.a ${' '.repeat(200_000)}> x`],
    ['quotes', `tags.${'`'.repeat(100_001)}`],
    ['backslashes', `tags.a = '${'\\'.repeat(100_001)}'`],
    ['comments', `tags.a = 'b' ${'/*'.repeat(50_000)}`],
    ['a long list', `attributes.run_id IN (${Array.from({ length: 50_000 }, (_, i) => `'${i}'`).join(',')})`],
    ['a long name', `metrics.${'a'.repeat(100_000)} > 1`],
    ['digits', `metrics.a > ${'9'.repeat(100_000)}`],
    ['signs', `metrics.a > ${'-'.repeat(100_000)}1`],
  ])('%s', async (_name, filter) => {
    await api.post('runs/set-tag', { run_id: runId, key: 't', value: 'a'.repeat(8000) });
    const started = performance.now();
    for (const path of ['runs/search', 'experiments/search', 'logged-models/search']) {
      const { status } = await api.post(path, {
        experiment_ids: ['0'],
        filter,
        filter_string: filter,
        max_results: 10,
      });
      expect([path, [200, 400].includes(status)]).toEqual([path, true]);
    }
    expect(performance.now() - started).toBeLessThan(3000);
    await mustBeAlive();
  });
});

test('long names and ids end soon', async () => {
  const long = 'a'.repeat(100_000);
  const nested = `${'/'.repeat(50_000)}x${'.'.repeat(50_000)}`;
  const started = performance.now();
  for (const text of [long, nested, `${' '.repeat(100_000)}x`, '\n'.repeat(100_000)]) {
    for (const [path, body] of [
      ['experiments/create', { name: text }],
      ['experiments/create', { name: 'x', artifact_location: text }],
      ['runs/set-tag', { run_id: runId, key: text, value: 'v' }],
      ['runs/log-parameter', { run_id: runId, key: text, value: 'v' }],
      ['runs/log-metric', { run_id: runId, key: text, value: 1, timestamp: 1 }],
      ['runs/update', { run_id: text }],
      ['registered-models/alias', { name: 'm', alias: text, version: '1' }],
      ['model-versions/create', { name: text, source: text }],
    ] as const) {
      const { status } = await api.post(path, body);
      expect([path, status >= 400 && status < 500]).toEqual([path, true]);
    }
  }
  expect(performance.now() - started).toBeLessThan(5000);
});
