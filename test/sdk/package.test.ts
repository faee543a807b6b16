/** The package as a newcomer meets it: installed into an empty folder, the README's first example copied. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '../../src/sdk/index.ts';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { removeFolder } from '../support/folders.ts';
import { cleanEnvironment, startServer, type TestServer } from '../support/start-server.ts';
import { compiled, makeApplication } from './support/application.ts';
import { commands, runtimes } from './support/script.ts';

const root = join(import.meta.dir, '../..');
let server: TestServer;
let folder: string;

beforeAll(async () => {
  await buildSdk();
  server = await startServer();
  folder = makeApplication();
}, 60_000);

afterAll(async () => {
  await server.kill();
  removeFolder(folder);
});

/** The first block of TypeScript below a heading of a document. */
function exampleOf(document: string, heading: string): string {
  const text = readFileSync(join(root, document), 'utf8');
  const section = text.slice(text.indexOf(`\n## ${heading}\n`));
  return /```(?:ts|js)\n(.*?)```/s.exec(section)?.[1] ?? '';
}

test.each(runtimes)('the first example of the README makes a run in %s', async (runtime) => {
  const example = exampleOf('README.md', 'TypeScript SDK');
  expect(example).toContain("from 'modelyard'");
  writeFileSync(join(folder, 'train.mjs'), example);
  const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: server.url, MODELYARD_SPOOL: join(folder, 'spool') };
  const { exitCode, stderr } = Bun.spawnSync([...commands[runtime], 'train.mjs'], {
    cwd: folder,
    env,
    timeout: 30_000,
  });
  expect([exitCode, stderr.toString()]).toEqual([0, '']);
  const client = new Client({ trackingUri: server.url });
  const { experiment } = await client.getExperimentByName({ experiment_name: 'first steps' });
  const { runs } = await client.searchRuns({
    experiment_ids: [experiment?.experiment_id ?? ''],
    order_by: ['start_time DESC'],
  });
  expect(runs[0]?.info?.status).toBe('FINISHED');
  expect(runs[0]?.data?.metrics.length).toBeGreaterThan(0);
});

test('every example of the guide runs, in the order they stand', () => {
  const guide = readFileSync(join(root, 'docs/sdk.md'), 'utf8');
  const examples = [...guide.matchAll(/```ts\n(.*?)```/gs)].map(([, source = '']) => source);
  expect(examples.length).toBeGreaterThan(5);
  const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: server.url, MODELYARD_SPOOL: join(folder, 'spool') };
  for (const example of examples) {
    writeFileSync(join(folder, 'example.mjs'), example);
    const { exitCode, stderr } = Bun.spawnSync(['node', 'example.mjs'], { cwd: folder, env, timeout: 30_000 });
    // TensorFlow.js advises its native version.
    const said = stderr.toString().replace(/=+\nHi, looks like you are running TensorFlow\.js[^=]*=+\n/, '');
    expect([example, exitCode, said.trim()]).toEqual([example, 0, '']);
  }
}, 60_000);

test('types come with it, and wrong ones are errors when it is compiled', () => {
  const source = `
    import { Client, logMetric, startRun, type Run } from 'modelyard';
    import { sync } from 'modelyard/node';
    const { runs } = await new Client().searchRuns({ experiment_ids: ['0'] });
    const id: string | undefined = runs[0]?.info?.run_id;
    const result: number = await startRun({ runName: 'x' }, async (run) => (await logMetric('a', 1, 3), run.runId.length));
    // @ts-expect-error a metric is a number
    await logMetric('a', 'b');
    // @ts-expect-error there is no such field
    await new Client().searchRuns({ nonsense: 1 });
    // @ts-expect-error a name is required
    await new Client().createExperiment({});
    export type { Run };
    export { id, result, sync };`;
  expect(compiled(folder, source)).toEqual([0, '']);
}, 60_000);

test('what a browser loads for tracking stays below 15 kB', async () => {
  const app = join(folder, 'app.ts');
  const names =
    'startRun, endRun, logMetric, logMetrics, logParam, logParams, setTag, setTags, logText, logDict, logTable, logImage, logInput, setExperiment, setTrackingUri';
  writeFileSync(app, `import { ${names} } from 'modelyard';\nObject.assign(globalThis, { ${names} });`);
  const { outputs } = await Bun.build({ entrypoints: [app], target: 'browser', minify: true });
  const text = (await outputs[0]?.text()) ?? '';
  expect(text).toContain('/mlflow/runs/log-batch');
  expect(text).not.toContain('node:fs');
  expect(Bun.gzipSync(Buffer.from(text), { level: 9 }).length).toBeLessThan(15_000);
}, 60_000);
