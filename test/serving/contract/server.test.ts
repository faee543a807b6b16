/** The scoring server around a model: routes, limits, sockets, metrics, stops and refusals to start. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { modelyard } from '../../support/start-server.ts';
import { within } from '../../support/within.ts';
import { libraries, makeModels, spawn, startServing, type Serving } from './support/processes.ts';

const folder = freshFolder();
const model = join(folder, 'models/onnx-total');
const records = JSON.stringify({ dataframe_records: [{ a: 1, b: 2, c: 3 }] });
const json = { 'content-type': 'application/json' };
let server: Serving | undefined;
/** What a sender hears who pauses for long: the other tests run meanwhile. */
let heardAfterPause: Promise<string>;

beforeAll(async () => {
  await makeModels(join(folder, 'models'), 'onnx-total');
  server = await startServing(model, ['--max-body-mb', '4']);
  heardAfterPause = pausingSender();
  heardAfterPause.catch(() => undefined);
}, 120_000);

afterAll(async () => {
  await server?.stop();
  removeFolder(folder);
});

function send(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server?.url}${path}`, { redirect: 'manual', signal: AbortSignal.timeout(30_000), ...init });
}

function score(
  body: string | Uint8Array<ArrayBuffer> | ReadableStream = records,
  headers: Record<string, string> = json,
): Promise<Response> {
  return send('/invocations', { method: 'POST', body, headers });
}

test('it is asked whether it lives, and for its version', async () => {
  for (const path of ['/ping', '/health']) {
    const answer = await send(path);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      200,
      'application/json',
      '\n',
    ]);
  }
  const version = await send('/version');
  expect(version.headers.get('content-type')).toBe('application/json');
  expect(await version.text()).toMatch(/^\d+\.\d+\.\d+$/);
});

test.each([
  ['HEAD', '/ping', 405],
  ['POST', '/ping', 405],
  ['GET', '/invocations', 405],
  ['POST', '/nowhere', 404],
])('%s %s is %d', async (method, path, status) => {
  const answer = await send(path, { method });
  expect(answer.status).toBe(status);
  if (method !== 'HEAD') expect(await answer.json()).toEqual({ detail: expect.any(String) as string });
});

test('a slash at the end is led to the path without it', async () => {
  const answer = await send('/invocations/', { method: 'POST', body: records, headers: json });
  expect([answer.status, answer.headers.get('location')]).toEqual([307, `${server?.url}/invocations`]);
});

test('a request without a content type is told which there are', async () => {
  const answer = await send('/invocations', { method: 'POST', body: new Blob([records]) });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({
    error_code: 'INVALID_PARAMETER_VALUE',
    message: expect.stringMatching(/application\/json/) as string,
  });
});

test.each([
  ['of HTTP/1.0, which names no host', 'GET /ping HTTP/1.0\r\n\r\n'],
  ['with an empty host', 'GET /ping HTTP/1.1\r\nHost: \r\n\r\n'],
  ['with a host that is none', 'GET /ping?x=1 HTTP/1.1\r\nHost: a b<>\r\n\r\n'],
])('a request %s is answered', async (_, request) => {
  const answer = Promise.withResolvers<string>();
  const socket = connect(Number(new URL(server?.url ?? '').port), '127.0.0.1', () => socket.write(request));
  socket.on('data', (chunk: Buffer) => answer.resolve(chunk.toString()));
  socket.on('close', () => answer.reject(new Error('closed without an answer')));
  expect(await within(30_000, answer.promise)).toStartWith('HTTP/1.1 200');
  socket.destroy();
});

test('a body that is packed is refused in words', async () => {
  const answer = await score(Bun.gzipSync(records), { ...json, 'content-encoding': 'gzip' });
  expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
    400,
    'Invalid input. The body is packed by gzip. Send it as it is, without Content-Encoding.',
  ]);
});

test('a content type is known in capitals too', async () => {
  expect((await score(records, { 'content-type': 'Application/JSON' })).status).toBe(200);
});

test('a body that is too large is refused in words, however it comes, and the server goes on', async () => {
  const large = new Uint8Array(4_100_000).fill(32);
  const chunked = new ReadableStream({
    start(controller) {
      controller.enqueue(large);
      controller.close();
    },
  });
  for (const body of [large, chunked]) {
    const answer = await score(body);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({
      message: expect.stringMatching(/larger than 4 MB.*--max-body-mb/) as string,
    });
  }
  expect((await score()).status).toBe(200);
});

test('clients that announce large bodies and send little, or do not say how much, hold up nobody', async () => {
  const { port } = new URL(server?.url ?? '');
  const head = 'POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
  const slow = ['Content-Length: 4000000', 'Content-Length: 3999999', 'Transfer-Encoding: chunked'].map((length) => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(`${head}${length}\r\n\r\n`));
    return socket.on('error', () => undefined);
  });
  while (((await metrics()).get('modelyard_scoring_open_requests') ?? 0) < slow.length);
  const chunked = (): ReadableStream =>
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(records));
        controller.close();
      },
    });
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => score(at % 2 === 0 ? records : chunked())));
  expect(answers.map(({ status }) => status)).toEqual(new Array<number>(20).fill(200));
  for (const socket of slow) socket.destroy();
});

test('many rows come back in their order', async () => {
  const rows = Array.from({ length: 10_000 }, (_, row) => [row, row / 2, -row]);
  const answer = await score(JSON.stringify({ dataframe_split: { columns: ['a', 'b', 'c'], data: rows } }));
  const { predictions } = (await answer.json()) as { predictions: { sum: number }[] };
  expect(predictions.map(({ sum }) => sum)).toEqual(rows.map(([, half = 0]) => half));
});

test('large requests and small ones at once get their own answers, and leave no memory behind', async () => {
  await using serving = await startServing(model);
  const url = `${serving.url}/invocations`;
  const many = async (first: number): Promise<void> => {
    const halves = Array.from({ length: first % 2 === 0 ? 10_000 : 1 }, (_, row) => first + row / 2);
    const data = halves.map((half, row) => [row, half, -row]);
    const body = JSON.stringify({ dataframe_split: { columns: ['a', 'b', 'c'], data } });
    const answer = await fetch(url, { method: 'POST', body, headers: json, signal: AbortSignal.timeout(60_000) });
    const { predictions } = (await answer.json()) as { predictions: { sum: number }[] };
    expect(predictions.map(({ sum }) => sum)).toEqual(halves);
  };
  for (let round = 0; round < 10; round++) {
    await Promise.all(Array.from({ length: 6 }, (_, at) => many(round * 6 + at)));
    const status = readFileSync(`/proc/${serving.pid}/status`, 'utf8');
    expect(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024).toBeLessThan(100);
  }
});

test('columns may be very many', async () => {
  const names = ['a', 'b', 'c', ...Array.from({ length: 100_000 }, (_, place) => `more${place}`)];
  const csv = [names, names.map(() => 1)].join('\n');
  const data = [names.map(() => 1)];
  const bodies = [
    [csv, { 'content-type': 'text/csv' }],
    [JSON.stringify({ dataframe_split: { columns: names, data } }), json],
    [JSON.stringify({ inputs: Object.fromEntries(names.map((name) => [name, [1]])) }), json],
  ] as const;
  for (const [body, headers] of bodies)
    expect(await (await score(body, headers)).json()).toEqual({ predictions: [{ sum: 3 }] });
});

test('clients that never read their answers hold up nobody', async () => {
  const rows = Array.from({ length: 5000 }, (_, row) => [row, 0, 0]);
  const body = JSON.stringify({ dataframe_split: { columns: ['a', 'b', 'c'], data: rows } });
  const head = `POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  const { port } = new URL(server?.url ?? '');
  const deaf = Array.from({ length: 50 }, () => {
    const socket = connect(Number(port), '127.0.0.1', () => socket.write(head + body));
    return socket.on('error', () => undefined).pause();
  });
  const asked = async (): Promise<number> => (await metrics()).get('modelyard_scoring_running') ?? 0;
  await Promise.all(deaf.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
  expect((await score()).status).toBe(200);
  while ((await asked()) > 0);
  for (const socket of deaf) socket.destroy();
  expect((await score()).status).toBe(200);
});

test('a model of an early release of MLflow, without requirements in its signature', async () => {
  const place = join(folder, 'early');
  cpSync(model, place, { recursive: true });
  const inputs = JSON.stringify(['a', 'b', 'c'].map((name) => ({ name, type: 'double' })));
  const lines = [
    'artifact_path: model',
    'flavors:',
    '  onnx:',
    '    data: model.onnx',
    '    onnx_version: 1.9.0',
    '  python_function:',
    '    data: model.onnx',
    '    env: conda.yaml',
    '    loader_module: mlflow.onnx',
    'run_id: 5d0ea8c1b1d34ec4a5f3f5a0a9a37d2e',
    'signature:',
    `  inputs: '${inputs}'`,
    '  outputs: null',
    "utc_time_created: '2021-06-08 11:34:25.123456'",
    '',
  ];
  writeFileSync(join(place, 'MLmodel'), lines.join('\n'));
  await using serving = await startServing(place);
  const answer = await fetch(`${serving.url}/invocations`, { method: 'POST', body: records, headers: json });
  expect(await answer.json()).toEqual({ predictions: [{ sum: 6 }] });
});

test('metrics count requests by status, time and what waits', async () => {
  const before = await metrics();
  await score();
  await score('{}');
  const after = await metrics();
  const more = (name: string): number => (after.get(name) ?? 0) - (before.get(name) ?? 0);
  expect(more('modelyard_scoring_requests_total{status="200"}')).toBe(1);
  expect(more('modelyard_scoring_requests_total{status="400"}')).toBe(1);
  expect(more('modelyard_scoring_request_duration_seconds_count')).toBe(2);
  expect(more('modelyard_scoring_request_duration_seconds_bucket{le="+Inf"}')).toBe(2);
  expect(after.get('modelyard_scoring_queue_depth')).toBe(0);
  expect(after.get('modelyard_scoring_worker_restarts_total')).toBe(0);
  expect(after.get('modelyard_scoring_ready')).toBe(1);
});

async function metrics(): Promise<Map<string, number>> {
  const text = await (await send('/metrics')).text();
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]),
  );
}

test('it listens on a Unix socket, which is gone after it', async () => {
  const socket = join(folder, 's.sock');
  const serving = await startServing(model, ['--socket', socket]);
  const answer = await fetch('http://localhost/invocations', {
    unix: socket,
    method: 'POST',
    body: records,
    headers: json,
  });
  expect(await answer.json()).toEqual({ predictions: [{ sum: 6 }] });
  expect(await serving.stop()).toBe(0);
  expect(existsSync(socket)).toBe(false);
});

async function pausingSender(): Promise<string> {
  const path = join(folder, 'p.sock');
  await using _serving = await startServing(model, ['--socket', path]);
  const answer = Promise.withResolvers<string>();
  const socket = connect(path);
  socket.on('data', (chunk: Buffer) => answer.resolve(chunk.toString()));
  socket.on('close', () => answer.reject(new Error('closed without an answer')));
  // A body of more than one piece is read as it comes.
  const body = records + ' '.repeat(200_000);
  socket.write(
    `POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body.slice(0, 100_000));
  setTimeout(() => socket.write(body.slice(100_000)), 14_000);
  const heard = await within(40_000, answer.promise);
  socket.destroy();
  return heard;
}

test('a sender on a Unix socket may pause within a body for longer than the ten seconds of the runtime', async () => {
  expect(await heardAfterPause).toStartWith('HTTP/1.1 200');
});

test('a request that is under way when it stops is answered', async () => {
  const serving = await startServing(model);
  const { port } = new URL(serving.url);
  const answer = Promise.withResolvers<string>();
  const socket = connect(Number(port), '127.0.0.1');
  socket.on('data', (chunk: Buffer) => answer.resolve(chunk.toString()));
  socket.on('close', () => answer.reject(new Error('closed without an answer')));
  const head = `POST /invocations HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${records.length}\r\n\r\n`;
  socket.write(head + records.slice(0, 10));
  await within(30_000, openRequest(serving));
  const stopped = serving.stop();
  await within(30_000, saying(serving, /stopping/));
  socket.write(records.slice(10));
  expect(await within(30_000, answer.promise)).toStartWith('HTTP/1.1 200');
  socket.destroy();
  expect(await stopped).toBe(0);
});

async function openRequest({ url }: Serving): Promise<void> {
  while (!(await (await fetch(`${url}/metrics`)).text()).includes('modelyard_scoring_open_requests 1\n'));
}

async function saying(serving: Serving, words: RegExp): Promise<void> {
  while (!words.test(serving.log())) await new Promise((resolve) => setImmediate(resolve));
}

test('it says what keeps it from starting', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const { port } = new URL(server?.url ?? '');
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const onnxAlone = withoutPython('onnx-alone');
  const damaged = withoutPython('onnx-damaged');
  writeFileSync(join(damaged, 'model.onnx'), 'no graph');
  const cases: readonly (readonly [args: readonly string[], code: number, words: RegExp])[] = [
    [['-m', model, '-p', port], 1, /port \d+ on 127\.0\.0\.1 is in use.*--port/],
    [['-m', join(folder, 'nowhere')], 1, /There is no folder .*nowhere/],
    [['-m', empty], 1, /no model: there is no MLmodel file/],
    [['-m', withSignature('no-list', '{"a": 1}')], 1, /MLmodel cannot be read: its signature is no list of/],
    [['-m', withSignature('no-tensor', '[{"type": "tensor"}]')], 1, /its signature has a tensor without a type/],
    [['-m', model, '--socket', join(empty, 'no/socket')], 1, /cannot listen on .*no\/socket: /],
    [['-m', model, '--socket', file], 1, /it is there\. If no server uses it any more: rm /],
    [['-m', join(folder, 'nowhere'), '-w', '0'], 2, /--workers takes a whole number from 1/],
    [['-m', model, '-p', 'x'], 2, /--port takes a whole number/],
    [['-m', model, '--env-manager', 'poetry'], 2, /--env-manager takes local, uv, virtualenv, conda/],
    [['-m', model, '--enable-mlserver'], 2, /--enable-mlserver is not offered/],
    [['-m', 's3://bucket/model', '-p', '0'], 1, /AWS_ACCESS_KEY_ID/],
    [['-m', onnxAlone, '-p', '0'], 1, /ONNX Runtime is not installed.*--install/],
    [['-m', damaged, '-p', '0'], 1, /ONNX Runtime cannot load the model .*onnx-damaged: /],
  ];
  const elsewhere = { [damaged]: libraries };
  for (const [args, code, words] of cases) {
    const env = { XDG_DATA_HOME: join(folder, 'data'), AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const child = spawn([modelyard, 'models', 'serve', ...args], elsewhere[args[1] ?? ''] ?? folder, env);
    const [ended, error] = await within(30_000, Promise.all([child.exited, new Response(child.stderr).text()]));
    expect(error).toMatch(words);
    expect(ended).toBe(code);
  }
});

test('ONNX Runtime is installed on demand, without scripts, and found again', async () => {
  // Instead of 250 MB from a registry: what the tests have.
  const bin = join(folder, 'bin');
  const log = join(folder, 'npm.log');
  mkdirSync(bin);
  const npm = `#!/bin/sh\necho "$@" >> ${log}\nln -s ${libraries}/node_modules "$XDG_DATA_HOME/modelyard/onnxruntime/node_modules"\n`;
  writeFileSync(join(bin, 'npm'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  const onnxAlone = withoutPython('onnx-install');
  const env = { XDG_DATA_HOME: join(folder, 'data'), PATH: `${bin}:${process.env['PATH']}` };
  for (const more of [['--install'], []]) {
    await using serving = await startServing(onnxAlone, more, folder, env);
    const answer = await fetch(`${serving.url}/invocations`, { method: 'POST', body: records, headers: json });
    expect(await answer.json()).toEqual({ predictions: [{ sum: 6 }] });
  }
  expect(readFileSync(log, 'utf8')).toMatch(/^install --ignore-scripts .*onnxruntime-node@\d+\.\d+\.\d+\n$/);
});

/** The same model with other inputs. */
function withSignature(name: string, inputs: string): string {
  const place = join(folder, name);
  cpSync(model, place, { recursive: true });
  const text = readFileSync(join(place, 'MLmodel'), 'utf8');
  writeFileSync(join(place, 'MLmodel'), text.replace(/^ {2}inputs: .*(?:\n {4}.*)*/m, `  inputs: '${inputs}'`));
  return place;
}

/** The same model for no other runtime than that of ONNX. */
function withoutPython(name: string): string {
  const place = join(folder, name);
  cpSync(model, place, { recursive: true });
  const text = readFileSync(join(place, 'MLmodel'), 'utf8');
  writeFileSync(join(place, 'MLmodel'), text.replace(/^ {2}python_function:\n(?: {4}.*\n)*/m, ''));
  return place;
}
