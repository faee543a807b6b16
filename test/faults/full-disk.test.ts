/** A full disk: writes are refused with 503 and a reason, reads go on, nothing is lost, and room is enough to go on. */
import { afterEach, beforeEach, expect, test } from 'bun:test';
import { existsSync, readdirSync } from 'node:fs';
import { Api } from '../support/api.ts';
import { eventually } from '../support/eventually.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { smallDisk, type SmallDisk } from '../support/small-disk.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let disk: SmallDisk;
let server: TestServer;
let api: Api;
let runId: string;
/** Steps of the metric `m` that were answered with 200. */
let answered: Set<number>;
let next: number;

beforeEach(async () => {
  disk = smallDisk(16);
  server = await startServer([], { dir: disk.dir, through: disk.through });
  api = new Api(server);
  runId = await api.createRun({ run_name: 'before' });
  answered = new Set();
  next = 0;
  for (let i = 0; i < 20; i++) expect(await logPoint()).toBe(200);
}, 30_000);

afterEach(async () => {
  await server.kill();
  disk.remove();
});

async function logPoint(): Promise<number> {
  const step = next++;
  const { status } = await api.send('POST', 'runs/log-metric', {
    run_id: runId,
    key: 'm',
    value: step,
    timestamp: step,
    step,
  });
  if (status === 200) answered.add(step);
  return status;
}

/** Fills the disk and writes until the first refusal; what was in the last page may still find room. */
async function fillUp(): Promise<void> {
  disk.fill(server.pid);
  for (let tries = 0; tries < 100; tries++) if ((await logPoint()) !== 200) return;
  throw new Error('the full disk still takes writes');
}

const told = / error database: writes to the database are refused: the disk .*\. Make room on its disk/;
const again = / info database: writes to the database work again; \d+ were refused since 2\d{3}-/;
const unhealthy = /^503 Nothing can be written: the disk /;

async function health(): Promise<string> {
  const response = await fetch(`${server.url}/health`);
  return `${response.status} ${await response.text()}`;
}

async function expectAllThere(): Promise<void> {
  const steps = (await api.history(runId, 'm')).map((point) => point.step);
  expect(steps).toEqual([...answered].sort((a, b) => a - b));
}

const url = (path: string): string => `${server.url}/api/2.0/mlflow-artifacts/artifacts${path}`;

async function upload(path: string, size: number): Promise<{ status: number; text: string }> {
  const response = await fetch(url(path), { method: 'PUT', body: Buffer.alloc(size, 'x') });
  return { status: response.status, text: await response.text() };
}

async function listArtifacts(): Promise<string[]> {
  const answer = (await (await fetch(url(''))).json()) as { files?: { path: string }[] };
  return (answer.files ?? []).map((file) => file.path);
}

function staged(): string[] {
  const staging = `${disk.dir}/artifacts/.modelyard-staging`;
  return existsSync(staging) ? readdirSync(staging) : [];
}

test('writes are refused with a reason while reads go on, and work again when there is room', async () => {
  await api.post('registered-models/create', { name: 'model' });
  await fillUp();
  const wide = 'v'.repeat(5000);
  const writes: [string, unknown][] = [
    ['runs/log-metric', { run_id: runId, key: 'other', value: 1, timestamp: 1 }],
    [
      'runs/log-batch',
      { run_id: runId, metrics: [{ key: 'b', value: 1, timestamp: 1 }], params: [{ key: 'p', value: wide }] },
    ],
    ['runs/log-parameter', { run_id: runId, key: 'q', value: wide }],
    ['runs/set-tag', { run_id: runId, key: 't', value: wide }],
    ['runs/create', { experiment_id: '0', run_name: 'refused' }],
    ['experiments/create', { name: 'refused' }],
    ['model-versions/create', { name: 'model', source: `runs:/${runId}/m`, run_id: runId }],
  ];
  for (const [path, body] of writes) {
    const error = await api.refused('POST', path, body);
    expect([path, error.status, error.error_code]).toEqual([path, 503, 'TEMPORARILY_UNAVAILABLE']);
    expect(error.message).toMatch(disk.reason);
    expect(error.message).toStartWith('Nothing was written');
  }
  const run = await api.run(runId);
  expect([run.info.run_name, run.data.metrics?.length, run.data.params]).toEqual(['before', 1, undefined]);
  expect(await api.searchAll({ experiment_ids: ['0'] })).toHaveLength(1);
  expect((await fetch(server.url)).status).toBe(200);
  await expectAllThere();
  // Hundreds of refusals are one line.
  await eventually(async () => told.test(server.log()), 5000);
  expect(server.log().match(/^.+$/gm)).toHaveLength(1);
  expect(await health()).toMatch(unhealthy);
  expect(await health()).toMatch(unhealthy);
  disk.free(server.pid);
  // Known without a write of anybody.
  await eventually(async () => (await health()) === '200 OK', 10_000);
  await eventually(async () => again.test(server.log()), 5000);
  for (const [path, body] of writes) expect([path, (await api.send('POST', path, body)).status]).toEqual([path, 200]);
  expect(await logPoint()).toBe(200);
  await expectAllThere();
  expect(await server.stop()).toBe(0);
  const { code, out } = await runModelyard(['db', 'check', `sqlite:///${disk.dir}/m.db`], { dir: disk.dir });
  expect([code, out.includes('integrity  ok')]).toEqual([0, true]);
}, 30_000);

test('many writers at once get all or nothing while the disk fills up under them', async () => {
  disk.fill(server.pid, 1_000_000);
  const batch = (n: number) => ({
    run_id: runId,
    metrics: Array.from({ length: 50 }, (_, i) => ({ key: `batch${n}`, value: i, timestamp: i, step: i })),
    tags: [{ key: `batch${n}`, value: 'v'.repeat(2000) }],
  });
  const statuses: number[] = [];
  const writer = async (_: unknown, first: number): Promise<void> => {
    for (let n = first; n < 320; n += 16) statuses[n] = (await api.send('POST', 'runs/log-batch', batch(n))).status;
  };
  await Promise.all(Array.from({ length: 16 }, writer));
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  const tags = new Set((await api.run(runId)).data.tags?.map((tag) => tag.key));
  for (const [n, status] of statuses.entries()) {
    const points = await api.history(runId, `batch${n}`);
    const there = status === 200;
    expect([n, points.length, tags.has(`batch${n}`)]).toEqual([n, there ? 50 : 0, there]);
  }
}, 30_000);

test('an upload that does not fit is refused and leaves nothing', async () => {
  expect((await upload('/before.bin', 1000)).status).toBe(200);
  disk.fill(server.pid, 300_000);
  const { status, text } = await upload('/big.bin', 1_500_000);
  expect([status, text.includes('TEMPORARILY_UNAVAILABLE')]).toEqual([503, true]);
  expect(text).toMatch(disk.reason);
  expect([await listArtifacts(), staged()]).toEqual([['before.bin'], []]);
  expect((await (await fetch(url('/before.bin'))).bytes()).length).toBe(1000);
  disk.free(server.pid);
  expect((await upload('/big.bin', 1_500_000)).status).toBe(200);
  expect(await listArtifacts()).toEqual(['before.bin', 'big.bin']);
}, 30_000);

test('a server that stops on a full disk loses nothing', async () => {
  await fillUp();
  expect(await server.stop()).toBe(0);
  expect(server.log().match(/^.+$/gm)).toHaveLength(1);
  disk.free(server.pid);
  server = await startServer([], { dir: disk.dir, through: disk.through });
  api = new Api(server);
  await expectAllThere();
  expect(await logPoint()).toBe(200);
}, 30_000);
