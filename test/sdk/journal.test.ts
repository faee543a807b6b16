/** No accepted metric is lost: not with the server, not with the process, not with the disk. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, sync } from '../../src/sdk/node/index.ts';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { smallDisk } from '../support/small-disk.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { runScript, runtimes } from './support/script.ts';

let server: TestServer;
let folder: string;
let spool: string;
let client: Client;

beforeAll(async () => {
  await buildSdk();
  folder = freshFolder();
  server = await startServer([], { dir: folder });
  client = new Client({ trackingUri: server.url });
}, 60_000);

afterAll(async () => {
  await server.kill();
  removeFolder(folder);
});

beforeEach(() => {
  spool = freshFolder();
});

const environment = (): Record<string, string> => ({ MLFLOW_TRACKING_URI: server.url, MODELYARD_SPOOL: spool });

/** Logs `loss` at steps 0, 1, …, telling of each that was accepted, until it is killed. */
const endless = `
import { logMetric, startRun } from 'modelyard';
const { runId } = await startRun();
console.log(runId);
for (let step = 0; ; step++) {
  await logMetric('loss', step / 3, step);
  console.log(step);
  if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  if (step === 5000) process.kill(process.pid, 'SIGKILL');
}`;

async function stepsOf(runId: string): Promise<number[]> {
  const steps: number[] = [];
  for await (const { step } of client.each('getMetricHistory', { run_id: runId, metric_key: 'loss' }))
    steps.push(Number(step));
  return steps;
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, step) => step);
}

describe.each(runtimes)('%s', (runtime) => {
  test('a process that is killed loses no metric that it was told is taken', async () => {
    const script = runScript(folder, endless, environment(), runtime);
    const { out } = await script.finished;
    const [runId = '', ...accepted] = out.trim().split('\n');
    const last = Number(accepted.at(-1));
    expect(last).toBeGreaterThan(100);
    const [journal] = await sync({ folder: spool });
    expect(journal).toMatchObject({ runId, state: 'sent', trackingUri: server.url });
    const steps = await stepsOf(runId);
    // The last line of the output may be cut, and one more step may have been taken than told.
    expect(steps).toEqual(upTo(steps.length));
    expect(steps.length).toBeGreaterThan(last);
    expect(readdirSync(spool)).toEqual([]);
    expect(await sync({ folder: spool })).toEqual([]);
  }, 60_000);

  test('while the server is away a program goes on; what it logged and its end come by sync, once', async () => {
    const program = `
      import { existsSync, writeFileSync } from 'node:fs';
      import { logMetric, startRun } from 'modelyard';
      await startRun({ runName: 'offline' }, async ({ runId }) => {
        console.log(runId);
        for (let step = 0; step < 3000; step++) {
          await logMetric('loss', step, step);
          if (step === 500) writeFileSync('reached', '');
          while (step === 500 && !existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 20));
        }
      });
      console.log('done');`;
    const script = runScript(folder, program, { ...environment(), MLFLOW_HTTP_REQUEST_MAX_RETRIES: '1' }, runtime);
    const { port } = server;
    while (!existsSync(join(folder, 'reached')) && script.process.exitCode === null) await Bun.sleep(20);
    await server.stop();
    writeFileSync(join(folder, 'go'), '');
    const { code, out, error } = await script.finished;
    for (const name of ['reached', 'go']) rmSync(join(folder, name));
    server = await startServer(['--port', String(port)], { dir: folder });
    expect(error).toContain('modelyard sync');
    expect(code).toBe(0);
    const [runId = '', done] = out.trim().split('\n');
    expect(done).toBe('done');
    expect((await client.getRun({ run_id: runId })).run?.info?.status).toBe('RUNNING');
    for (let round = 0; round < 2; round++) await sync({ folder: spool });
    expect(await stepsOf(runId)).toEqual(upTo(3000));
    expect((await client.getRun({ run_id: runId })).run?.info?.status).toBe('FINISHED');
  }, 60_000);

  test('with a full disk a metric is taken when the server has it', async () => {
    const disk = smallDisk(1);
    try {
      disk.fill(process.pid);
      const program = `
        import { endRun, getMetricHistory, logMetric, startRun } from 'modelyard';
        const { runId } = await startRun();
        for (let step = 0; step < 20; step++) await logMetric('loss', step, step);
        console.log(runId, (await getMetricHistory(runId, 'loss')).length);
        await endRun();`;
      const script = runScript(folder, program, { ...environment(), MODELYARD_SPOOL: join(disk.dir) }, runtime);
      const { out, error } = await script.finished;
      expect(error).toBe('');
      expect(out.trim().split(' ')[1]).toBe('20');
    } finally {
      disk.remove();
    }
  }, 60_000);

  test('a program that forgets to end its run ends it, with all that it logged', async () => {
    const program = `
      import { logMetric, startRun } from 'modelyard';
      const { runId } = await startRun();
      for (let step = 0; step < 1500; step++) void logMetric('loss', step, step);
      console.log(runId);`;
    const { code, out } = await runScript(folder, program, environment(), runtime).finished;
    expect(code).toBe(0);
    const runId = out.trim();
    expect(await stepsOf(runId)).toEqual(upTo(1500));
    expect((await client.getRun({ run_id: runId })).run?.info?.status).toBe('FINISHED');
    expect(readdirSync(spool)).toEqual([]);
  }, 60_000);
});

test('a journal whose process runs is left to it; one that is damaged is named', async () => {
  await Bun.write(join(spool, 'x.jsonl'), 'nonsense\n');
  const owner = { trackingUri: server.url, runId: 'r', pid: process.pid };
  await Bun.write(join(spool, 'y.jsonl'), `${JSON.stringify(owner)}\n`);
  expect((await sync({ folder: spool })).map(({ state }) => state)).toEqual(['damaged', 'busy']);
});

test('a journal of a run that is gone stays, with the server’s reason', async () => {
  const owner = { trackingUri: server.url, runId: 'f'.repeat(32), pid: 2 ** 22 - 1 };
  const points = [{ key: 'loss', value: 1, step: 0, timestamp: 1 }];
  await Bun.write(join(spool, 'z.jsonl'), `${JSON.stringify(owner)}\n${JSON.stringify({ points })}\n{"poi`);
  const [journal] = await sync({ folder: spool });
  expect(journal).toMatchObject({ state: 'refused', points: 1 });
  expect(journal?.reason).toContain('not found');
  expect(readdirSync(spool)).toEqual(['z.jsonl']);
});

test('a server that is away holds up its own journals alone', async () => {
  const { run } = await client.createRun({ experiment_id: '0' });
  const runId = run?.info?.run_id ?? '';
  const journal = (name: string, trackingUri: string): Promise<number> =>
    Bun.write(
      join(spool, name),
      `${JSON.stringify({ trackingUri, runId, pid: 2 ** 22 - 1 })}\n${JSON.stringify({ points: [{ key: 'a', value: 1, step: 0, timestamp: 1 }] })}\n`,
    );
  await journal('a.jsonl', 'http://127.0.0.1:1');
  await journal('b.jsonl', 'http://127.0.0.1:1');
  await journal('c.jsonl', server.url);
  const done = await sync({ folder: spool, retries: 0 });
  expect(done.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'sent']);
  expect(done[1]?.reason).toContain('cannot be reached');
  expect(readdirSync(spool).toSorted()).toEqual(['a.jsonl', 'b.jsonl']);
});
