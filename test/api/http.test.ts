/** HTTP itself: HEAD, chunked and compressed and huge bodies, routes that are not there. */
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { connect } from 'node:net';
import { Api, type ErrorBody } from '../support/api.ts';
import { rawRequest } from '../support/raw-request.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

const json = { 'Content-Type': 'application/json' };
const createRun = '/api/2.0/mlflow/runs/create';

test('HEAD answers as GET does, without the body', async () => {
  const id = await api.createRun();
  const paths = [
    '/health',
    '/version',
    `/api/2.0/mlflow/runs/get?run_id=${id}`,
    '/api/2.0/mlflow/experiments/get?experiment_id=0',
  ];
  for (const target of paths) {
    const get = await rawRequest({ port: server.port, target });
    const head = await rawRequest({ port: server.port, method: 'HEAD', target, headers: { 'Content-Length': null } });
    expect([target, head.status, head.body]).toEqual([target, 200, '']);
    expect(head.headers['content-type']).toBe(get.headers['content-type'] ?? 'none');
    expect(head.headers['content-length']).toBe(get.headers['content-length'] ?? 'none');
  }
  for (const [target, status] of [
    ['/api/2.0/mlflow/runs/get?run_id=none', 404],
    ['/nothing', 404],
    [createRun, 405],
  ] as const) {
    const head = await rawRequest({ port: server.port, method: 'HEAD', target, headers: { 'Content-Length': null } });
    expect([target, head.status, head.body]).toEqual([target, status, '']);
  }
});

test('the versions of two thousand runs are asked for in one address, as clients of MLflow do', async () => {
  const runs = Array.from({ length: 2000 }, (_, index) => `'${index.toString(16).padStart(32, '0')}'`);
  const filter = encodeURIComponent(`run_id IN (${runs.join(',')})`);
  expect(filter.length).toBeGreaterThan(70_000);
  const target = `/api/2.0/mlflow/model-versions/search?filter=${filter}`;
  const answer = await rawRequest({ port: server.port, target });
  expect([answer.status, answer.body]).toEqual([200, '{}']);
});

test('a sender that goes before its body is whole is no failure of the server', async () => {
  const own = await startServer();
  for (const length of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
    const socket = connect({ port: own.port, host: '127.0.0.1' });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const head = ['POST /api/2.0/mlflow/runs/update HTTP/1.1', `Host: 127.0.0.1:${own.port}`, 'Expect: 100-continue'];
    // The answer to Expect says that the server has begun with it.
    socket.once('data', () => socket.resetAndDestroy());
    socket.write([...head, 'Content-Type: application/json', length, '\r\n'].join('\r\n'));
    await within(5000, closed);
  }
  await own.stop();
  expect(own.log()).not.toContain('failed');
});

describe('bodies', () => {
  test('chunked, in pieces of any size, without a Content-Length', async () => {
    const body = JSON.stringify({ experiment_id: '0', run_name: 'in pieces: ü €' });
    for (const size of [1, 7, 1000]) {
      const bytes = Buffer.from(body);
      const chunks: Buffer[] = [];
      for (let i = 0; i < bytes.length; i += size) {
        const piece = bytes.subarray(i, i + size);
        chunks.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
      }
      const answer = await rawRequest({
        port: server.port,
        method: 'POST',
        target: createRun,
        headers: { ...json, 'Content-Length': null, 'Transfer-Encoding': 'chunked' },
        body: Buffer.concat([...chunks, Buffer.from('0\r\n\r\n')]),
      });
      const text = Buffer.from(answer.body, 'latin1').toString();
      expect([size, answer.status, text.includes('"run_name":"in pieces: ü €"')]).toEqual([size, 200, true]);
    }
  });

  test('compressed ones are refused with the reason', async () => {
    const content = Buffer.from(JSON.stringify({ experiment_id: '0' }));
    const send = (coding: string, body: Uint8Array) =>
      rawRequest({
        port: server.port,
        method: 'POST',
        target: createRun,
        headers: { ...json, 'Content-Encoding': coding },
        body,
      });
    const packed = [
      ['gzip', Bun.gzipSync(content)],
      ['br', brotliCompressSync(content)],
      // Whoever says that it is compressed is not read as if it were not.
      ['br', content],
      ['deflate, gzip', content],
    ] as const;
    for (const [coding, body] of packed) {
      const { status, body: text } = await send(coding, body);
      expect([coding, status, text.includes('Content-Encoding')]).toEqual([coding, 415, true]);
    }
    for (const coding of ['identity', 'utf-8']) expect((await send(coding, content)).status).toBe(200);
  });

  test('larger than 64 MiB are refused with 413, with and without a Content-Length', async () => {
    const piece = Buffer.alloc(1024 * 1024, ' ');
    const stream = (): ReadableStream<Uint8Array> => {
      let sent = 0;
      return new ReadableStream({
        pull: (controller) => {
          if (sent++ < 80) controller.enqueue(piece);
          else controller.close();
        },
      });
    };
    for (const body of [Buffer.alloc(65 * 1024 * 1024, ' '), stream()]) {
      // The server may hang up on the rest once it has answered.
      const response = await fetch(server.url + createRun, { method: 'POST', headers: json, body }).catch(
        () => undefined,
      );
      if (response === undefined) continue;
      const error = (await response.json()) as ErrorBody;
      expect([response.status, error.error_code]).toEqual([413, 'BAD_REQUEST']);
      expect(error.message).toContain('larger than');
    }
    const declared = await rawRequest({
      port: server.port,
      method: 'POST',
      target: createRun,
      headers: { ...json, 'Content-Length': String(65 * 1024 * 1024) },
      body: '{',
    });
    expect(declared.status).toBe(413);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  }, 20_000);

  test('a dataset profile of 16 MB is taken', async () => {
    const id = await api.createRun();
    const profile = 'p'.repeat(16_000_000);
    const dataset = { name: 'd', digest: 'x', source_type: 's', source: 's', profile };
    await api.post('runs/log-inputs', { run_id: id, datasets: [{ dataset }] });
    expect((await api.send('GET', `runs/get?run_id=${id}`)).text).toContain(profile);
  });
});

describe('what is not there', () => {
  const families: [string, string][] = [
    ['POST', '/api/3.0/mlflow/traces'],
    ['POST', '/api/3.0/mlflow/traces/search'],
    ['POST', '/api/2.0/mlflow/traces/search'],
    ['GET', '/api/2.0/mlflow/traces'],
    ['GET', '/ajax-api/2.0/mlflow/get-trace-artifact'],
    ['POST', '/v1/traces'],
    ['GET', '/ajax-api/2.0/mlflow/gateway-proxy'],
    ['POST', '/api/2.0/mlflow/webhooks'],
    ['GET', '/api/2.0/mlflow/webhooks'],
    ['POST', '/api/3.0/mlflow/datasets/create'],
    ['GET', '/api/3.0/mlflow/scorers/list'],
    ['GET', '/nothing'],
    ['POST', '/'],
    ['GET', '/api/2.0/mlflow/nothing'],
    ['GET', '/api/9.9/mlflow/runs/get'],
    ['GET', '/api/2.0/preview/mlflow/runs/get'],
    ['GET', '/api/2.0/mlflow/runs/get/'],
    ['GET', '/api/2.0//mlflow/nothing'],
    ['PUT', '//api/2.0/mlflow-artifacts/artifacts/x'],
    ['GET', '/api//2.0/mlflow-artifacts/artifacts/x'],
    ['PROPFIND', '/api/2.0/mlflow/runs/get'],
  ];

  test.each(families)('%s %s answers JSON', async (method, target) => {
    const body = method === 'POST' ? '{}' : '';
    const headers = method === 'POST' ? json : {};
    const answer = await rawRequest({ port: server.port, method, target, headers, body });
    const known = target === '/' || method === 'PROPFIND';
    expect([answer.status, answer.headers['content-type']]).toEqual([known ? 405 : 404, 'application/json']);
    const error = JSON.parse(answer.body) as ErrorBody;
    expect([error.error_code, error.message.length > 0]).toEqual(['ENDPOINT_NOT_FOUND', true]);
  });

  test('a known path with another method says which it takes', async () => {
    const { status, text } = await api.send('GET', 'runs/create');
    expect([status, text.includes('takes POST, not GET')]).toEqual([405, true]);
  });
});

describe('doubled slashes', () => {
  const get = (target: string) => rawRequest({ port: server.port, method: 'GET', target });
  const path = '/api/2.0/mlflow/experiments/get?experiment_id=0';

  test('at the start count as one', async () => {
    for (const target of [`/${path}`, `//${path}`]) {
      const { status, body } = await get(target);
      expect([status, body.includes('"Default"')]).toEqual([200, true]);
    }
  });

  test('at the start count as one before artifacts named by a query, not where the path names a file', async () => {
    for (const target of [
      '//get-artifact?run_id=x&path=..',
      '//model-versions/get-artifact?name=m&version=1&path=../p',
    ]) {
      const { status, body } = await get(target);
      expect([status, body.includes('Invalid path')]).toEqual([400, true]);
    }
    expect((await get('//api/2.0/mlflow-artifacts/artifacts/a')).body).toContain('No route');
  });

  test('elsewhere lead to the path without them, which no start of the address can make another host', async () => {
    for (const target of ['/api/2.0//mlflow/', '//api///2.0/mlflow//', '/api/2.0/mlflow//']) {
      const { status, headers } = await get(`${target}experiments/get?experiment_id=0`);
      expect([status, headers['location']]).toEqual([308, path]);
    }
    expect((await get('//evil.example//')).status).toBe(404);
  });
});
