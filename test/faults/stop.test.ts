/** SIGTERM under load: what was sent before is answered and kept, the exit code is 0, the next server starts at once. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { KeepAlive } from '../support/keep-alive.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { within } from '../support/within.ts';

const clients = 16;
const logMetric = '/api/2.0/mlflow/runs/log-metric';

let dir: string;

beforeEach(() => {
  dir = freshFolder();
});

afterEach(() => removeFolder(dir));

interface Load {
  /** Steps that were answered with 200. */
  readonly answered: Set<number>;
  /** Requests sent before the signal that got no answer. */
  readonly lost: string[];
  readonly statuses: Set<number>;
}

/** Every client sends one request after the other; the server is told to stop once `enough` are answered. */
async function stopUnderLoad(
  server: TestServer,
  runId: string,
  first: number,
  enough: number,
): Promise<[Load, number]> {
  const load: Load = { answered: new Set(), lost: [], statuses: new Set() };
  let stopped: Promise<number> | undefined;
  let next = first;
  const client = async (connection: KeepAlive): Promise<void> => {
    for (;;) {
      const step = next++;
      const sentBefore = stopped === undefined;
      try {
        const status = await connection.post(logMetric, { run_id: runId, key: 'm', value: step, timestamp: 1, step });
        load.statuses.add(status);
        if (status === 200) load.answered.add(step);
      } catch (error) {
        if (sentBefore) load.lost.push(`${step}: ${String(error)}`);
        return;
      }
      if (load.answered.size >= enough) stopped ??= server.stop();
    }
  };
  const connections = await Promise.all(Array.from({ length: clients }, () => KeepAlive.open(server.port)));
  await within(20_000, Promise.all(connections.map(client)));
  for (const connection of connections) connection.close();
  return [load, (await stopped) ?? -1];
}

test('every request sent before the signal is answered, and what was answered is there', async () => {
  let runId: string | undefined;
  const answered = new Set<number>();
  for (const enough of [100, 200, 300, 400, 500]) {
    const server = await startServer([], { dir });
    const api = new Api(server);
    runId ??= await api.createRun();
    const there = new Set((await api.history(runId, 'm')).map((point) => point.step));
    expect([...answered].filter((step) => !there.has(step))).toEqual([]);
    const [load, code] = await stopUnderLoad(server, runId, enough * 100, enough);
    expect({ lost: load.lost, code, log: server.log() }).toEqual({ lost: [], code: 0, log: '' });
    expect([...load.statuses]).toEqual([200]);
    for (const step of load.answered) answered.add(step);
  }
}, 40_000);

/** An upload whose head and first half have been sent. */
async function halfAnUpload(port: number, length: number): Promise<{ socket: Socket; answer: Promise<string> }> {
  const { promise: answer, resolve } = Promise.withResolvers<string>();
  const connected = Promise.withResolvers<void>();
  const socket = connect({ port, host: '127.0.0.1' }, connected.resolve);
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
  socket.on('error', () => resolve(text));
  socket.on('close', () => resolve(text));
  await within(5000, connected.promise);
  const head = `PUT /api/2.0/mlflow-artifacts/artifacts/slow.bin HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close`;
  socket.write(`${head}\r\nContent-Length: ${length}\r\n\r\n`);
  socket.write(Buffer.alloc(length / 2, 'a'));
  return { socket, answer };
}

/** Whether the process was there to get it; 0 only asks. */
function signalled(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}

const uploadSize = 2_000_000;

test('an upload under way is finished, and new connections are refused meanwhile', async () => {
  const server = await startServer([], { dir });
  const { socket, answer } = await halfAnUpload(server.port, uploadSize);
  const staging = `${dir}/artifacts/.modelyard-staging`;
  await eventually(() => existsSync(staging) && readdirSync(staging).length === 1, 5000);
  const stopped = server.stop();
  await refusesConnections(server.port);
  // A stop that waits says for what, and how long.
  await eventually(() => /Stopping: requests under way are waited for \(1\), .* 20 s/.test(server.said()), 5000);
  socket.write(Buffer.alloc(uploadSize / 2, 'b'));
  expect((await within(5000, answer)).slice(0, 12)).toBe('HTTP/1.1 200');
  expect(await stopped).toBe(0);
  expect(statSync(`${dir}/artifacts/slow.bin`).size).toBe(uploadSize);
});

async function refusesConnections(port: number): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const socket = await KeepAlive.open(port).catch(() => undefined);
    if (socket === undefined) return;
    socket.close();
  }
  throw new Error('the stopping server still takes connections');
}

test('a client that hangs up is no fault of the server', async () => {
  const server = await startServer([], { dir });
  const { socket } = await halfAnUpload(server.port, uploadSize);
  const staging = `${dir}/artifacts/.modelyard-staging`;
  await eventually(() => existsSync(staging) && readdirSync(staging).length === 1, 5000);
  socket.destroy();
  await eventually(() => readdirSync(staging).length === 0, 5000);
  expect([await server.stop(), server.log()]).toEqual([0, '']);
  expect(server.said()).toEndWith('\n  Stopped.\n');
});

test('one Ctrl+C, which npm hands on beside the terminal, counts once', async () => {
  const server = await startServer([], { dir });
  const { socket, answer } = await halfAnUpload(server.port, uploadSize);
  const staging = `${dir}/artifacts/.modelyard-staging`;
  await eventually(() => existsSync(staging) && readdirSync(staging).length === 1, 5000);
  const stopped = server.stop('SIGINT');
  await refusesConnections(server.port);
  process.kill(server.pid, 'SIGINT');
  socket.write(Buffer.alloc(uploadSize / 2, 'b'));
  expect((await within(5000, answer)).slice(0, 12)).toBe('HTTP/1.1 200');
  expect(await stopped).toBe(0);
});

test.each([
  ['stops a server as SIGTERM does', [], 0],
  ['stops one that had been told to ignore it not at all', ['nohup'], undefined],
] as const)('SIGHUP of a terminal that is closed %s', async (_name, through, code) => {
  const server = await startServer([], { dir, through });
  const { socket, answer } = await halfAnUpload(server.port, uploadSize);
  const staging = `${dir}/artifacts/.modelyard-staging`;
  await eventually(() => existsSync(staging) && readdirSync(staging).length === 1, 5000);
  process.kill(server.pid, 'SIGHUP');
  if (code !== undefined) await refusesConnections(server.port);
  socket.write(Buffer.alloc(uploadSize / 2, 'b'));
  expect((await within(5000, answer)).slice(0, 12)).toBe('HTTP/1.1 200');
  if (code === undefined) expect((await fetch(`${server.url}/health`)).status).toBe(200);
  const ended = code === undefined ? server.stop() : server.exited;
  expect(await within(10_000, ended)).toBe(0);
  expect(existsSync(`${dir}/m.db-wal`)).toBe(false);
});

test('a second signal ends a server that waits for a client which sends no more', async () => {
  const server = await startServer([], { dir });
  const { socket } = await halfAnUpload(server.port, uploadSize);
  const staging = `${dir}/artifacts/.modelyard-staging`;
  await eventually(() => existsSync(staging) && readdirSync(staging).length === 1, 5000);
  const stopped = server.stop();
  await refusesConnections(server.port);
  expect(signalled(server.pid, 0)).toBe(true);
  // Until it counts as another one.
  await eventually(() => !signalled(server.pid, 'SIGTERM'), 5000);
  expect(await stopped).toBe(130);
  socket.destroy();
  const next = await startServer([], { dir });
  expect(existsSync(`${dir}/artifacts/slow.bin`)).toBe(false);
  expect(await next.stop()).toBe(0);
});

test('idle connections do not hold up the stop, and the next server takes the same port at once', async () => {
  const first = await startServer([], { dir });
  const runId = await new Api(first).createRun();
  const idle = await Promise.all(Array.from({ length: 8 }, () => KeepAlive.open(first.port)));
  await Promise.all(idle.map((c) => c.post(logMetric, { run_id: runId, key: 'm', value: 1, timestamp: 1 })));
  const started = performance.now();
  expect(await first.stop()).toBe(0);
  const second = await startServer(['--port', String(first.port)], { dir });
  expect(performance.now() - started).toBeLessThan(3000);
  expect(second.port).toBe(first.port);
  expect(await new Api(second).history(runId, 'm')).toHaveLength(1);
  for (const connection of idle) connection.close();
  expect(await second.stop()).toBe(0);
});
