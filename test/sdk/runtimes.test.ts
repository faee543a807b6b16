/** What must hold in each runtime, in programs of their own. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { Client } from '../../src/sdk/index.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { jsonOf, runScript, runtimes } from './support/script.ts';

let server: TestServer;
let folder: string;

beforeAll(async () => {
  await buildSdk();
  server = await startServer();
  folder = freshFolder();
}, 60_000);

afterAll(async () => {
  await server.kill();
  removeFolder(folder);
});

describe.each(runtimes)('%s', (runtime) => {
  /** What the program prints, as JSON. */
  async function resultOf(source: string, env: Record<string, string> = {}): Promise<unknown> {
    const where = { MLFLOW_TRACKING_URI: server.url, MODELYARD_SPOOL: join(folder, 'spool'), ...env };
    return jsonOf(folder, source, where, runtime);
  }

  test('steps of 64 bits come back as they went', async () => {
    const program = `
      import { getMetricHistory, logMetric, searchRuns, startRun } from 'modelyard';
      const { runId } = await startRun(async (run) => {
        await logMetric('a', 1e300, 2n ** 63n - 1n);
        await logMetric('a', 0.1234567890123456, -(2n ** 63n));
        return run;
      });
      const points = await getMetricHistory(runId, 'a');
      const [found] = await searchRuns({ filter: \`attributes.run_id = '\${runId}'\` });
      console.log(JSON.stringify([points.map(({ value, step }) => [value, String(step)]), found.data.metrics.a]));`;
    const [points, latest] = (await resultOf(program)) as [[number, string][], number];
    expect(points.toSorted(([a], [b]) => a - b)).toEqual([
      [0.1234567890123456, '-9223372036854775808'],
      [1e300, '9223372036854775807'],
    ]);
    expect(latest).toBe(1e300);
  }, 60_000);

  test('a run that a helper starts is active in its caller', async () => {
    const program = `
      import { activeRun, endRun, getParentRun, getRun, logMetric, setExperiment, startRun } from 'modelyard';
      await startRun(() => 1);
      async function begin() {
        await setExperiment('helper');
        return startRun({ runName: 'of the helper' });
      }
      const { runId } = await begin();
      await logMetric('loss', 1);
      const child = await startRun({ nested: true }, async (run) => run.runId);
      const same = activeRun()?.runId === runId;
      await endRun();
      const { info, data } = await getRun(runId);
      console.log(JSON.stringify([same, info.status, data.metrics, (await getParentRun(child))?.info.runName, activeRun() === undefined]));`;
    expect(await resultOf(program)).toEqual([true, 'FINISHED', { loss: 1 }, 'of the helper', true]);
  }, 60_000);

  test('a timer that was there before the run logs to it; with two runs it does not guess', async () => {
    const program = `
      import { activeRun, startRun } from 'modelyard';
      let seen;
      const timer = setInterval(() => (seen = activeRun()?.runId ?? 'none'), 1);
      const next = async () => {
        seen = undefined;
        while (seen === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
        return seen;
      };
      await startRun(() => 1);
      const one = await startRun(async (run) => (await next()) === run.runId);
      let open = 0;
      const two = await Promise.all([1, 2].map(() => startRun(async () => {
        for (open++; open < 2; ) await new Promise((resolve) => setTimeout(resolve, 1));
        return next();
      })));
      clearInterval(timer);
      console.log(JSON.stringify([one, two[0]]));`;
    expect(await resultOf(program)).toEqual([true, 'none']);
  }, 60_000);

  test('MLFLOW_RUN_ID names the first run that is started without an id', async () => {
    const client = new Client({ trackingUri: server.url });
    const { run } = await client.createRun({ experiment_id: '0', run_name: 'given' });
    const program = `
      import { getRun, startRun } from 'modelyard';
      const other = await startRun(async (run) => run.runId);
      process.env.MLFLOW_RUN_ID = '${run?.info?.run_id}';
      await startRun({ runId: other, runName: 'renamed', description: 'why' }, () => 1);
      const given = await startRun(async (run) => run.info.runName);
      const { info, data } = await getRun(other);
      console.log(JSON.stringify([info.runName, data.tags['mlflow.note.content'], given, process.env.MLFLOW_RUN_ID ?? null]));`;
    expect(await resultOf(program)).toEqual(['renamed', 'why', 'given', null]);
  }, 60_000);

  test('links to files, empty files and streams go up; names may hold anything', async () => {
    const program = `
      import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
      import { createRegisteredModel, listArtifacts, loadText, logArtifacts, registerModel, startRun } from 'modelyard';
      mkdirSync('up/deep', { recursive: true });
      for (const name of ['100%.txt', 'a%20b#c?.txt', 'deep/ü.txt']) writeFileSync('up/' + name, name);
      writeFileSync('up/empty', '');
      symlinkSync('100%.txt', 'up/link');
      const { runId } = await startRun(async (run) => {
        await logArtifacts('up', 'm');
        await run.logBytes(new Blob(['stre', 'am']).stream(), 'm/stream');
        return run;
      });
      const name = 'links-' + runId;
      await registerModel('runs:/' + runId + '/m', name);
      const texts = [];
      for (const { path, isDir } of await listArtifacts('models:/' + name + '/1')) {
        texts.push([path, isDir ? '' : await loadText('models:/' + name + '/1/' + path)]);
      }
      console.log(JSON.stringify(texts));`;
    expect(await resultOf(program)).toEqual([
      ['100%.txt', '100%.txt'],
      ['a%20b#c?.txt', 'a%20b#c?.txt'],
      ['deep', ''],
      ['empty', ''],
      ['link', '100%.txt'],
      ['stream', 'stream'],
    ]);
    removeFolder(join(folder, 'up'));
  }, 60_000);

  test('a program that forgets its run ends by itself while the server is away', async () => {
    const away = Bun.serve({
      port: 0,
      fetch: (request) => {
        const lost = /log-batch|update/.test(request.url);
        if (lost) return new Response('', { status: 503 });
        return Response.json({ run: { info: { run_id: 'a'.repeat(32), artifact_uri: 'mlflow-artifacts:/0/a' } } });
      },
    });
    const spool = join(folder, `away-${runtime}`);
    const env = {
      MLFLOW_TRACKING_URI: away.url.href,
      MODELYARD_SPOOL: spool,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
    };
    const program = `
      import { logMetric, startRun } from 'modelyard';
      await startRun();
      await logMetric('loss', 1);
      // Past the first try.
      await new Promise((resolve) => setTimeout(resolve, 500));`;
    const { code, error } = await runScript(folder, program, env, runtime).finished;
    await away.stop(true);
    expect(code).toBe(0);
    expect(error).toContain('modelyard sync');
    expect(readdirSync(spool).length).toBe(1);
  }, 60_000);
});
