/** What `modelyard export` writes, `modelyard import` reads back without loss. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { exportOf, importInto, readByMlflow, type Told } from './support/commands.ts';

const limit = 300_000;
let server: TestServer;
let dir: string;

beforeAll(async () => {
  dir = freshFolder();
  server = await startServer();
  await fill(server);
}, limit);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
});

async function put(path: string, content: string): Promise<void> {
  const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts/${path.split('/').map(encodeURIComponent).join('/')}`;
  const { ok } = await fetch(url, { method: 'PUT', body: content, signal: AbortSignal.timeout(30_000) });
  if (!ok) throw new Error(`${path} was not stored`);
}

/** One of everything, and what is odd about it. */
async function fill(target: TestServer): Promise<void> {
  const api = new Api(target);
  const experiment = await api.createExperiment('naïve 日本 😀');
  await api.post('experiments/set-experiment-tag', { experiment_id: experiment, key: 'a', value: 'b\nc' });
  const run_id = await api.createRun({ experiment_id: experiment, run_name: 'ü', user_id: 'me', start_time: 1 });
  const metrics = [
    '{"key":"m","value":"NaN","timestamp":1,"step":9223372036854775807}',
    '{"key":"m","value":1.5,"timestamp":9223372036854775807,"step":-9223372036854775808}',
    '{"key":"m","value":"Infinity","timestamp":3,"step":9007199254740993}',
    '{"key":"m","value":-0.1,"timestamp":3,"step":9007199254740993}',
    '{"key":"m","value":-0.1,"timestamp":3,"step":9007199254740993}',
  ];
  const tags = [
    { key: 'long', value: '日'.repeat(8000) },
    { key: 'breaks', value: 'a\u2028b\u0000c' },
  ];
  const batch = `{"run_id":"${run_id}","metrics":[${metrics.join()}],"params":[{"key":"p","value":""}],"tags":${JSON.stringify(tags)}}`;
  const { status, text } = await api.send('POST', 'runs/log-batch', batch);
  if (status !== 200) throw new Error(text);
  for (let from = 0; from < 2500; from += 1000) {
    const more = Array.from({ length: 1000 }, (_, i) => ({
      key: 'many',
      value: i / 7,
      timestamp: from + i,
      step: from + i,
    }));
    await api.post('runs/log-batch', { run_id, metrics: more });
  }
  const dataset = { name: 'ds', digest: 'd1', source_type: 'local', source: '{"uri":"x"}', schema: '{}' };
  await api.post('runs/log-inputs', {
    run_id,
    datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 't' }] }],
  });
  await api.post('runs/update', { run_id, status: 'FAILED', end_time: 5 });
  await put(`${experiment}/${run_id}/artifacts/a b/ü 1.txt`, 'artifact');
  await put(`${experiment}/${run_id}/artifacts/empty`, '');

  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: experiment,
    name: 'lm',
    source_run_id: run_id,
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: '2' }],
  });
  const { model_id } = model.info;
  await api.post('runs/log-metric', { run_id, key: 'acc', value: 'NaN', timestamp: 7, step: 1, model_id, dataset_name: 'ds', dataset_digest: 'd1' }); // prettier-ignore
  await api.post('runs/outputs', { run_id, models: [{ model_id, step: 3 }] });
  await put(`${experiment}/models/${model_id}/artifacts/MLmodel`, 'flavors: {}');

  await api.post('registered-models/create', { name: 'reg', description: 'd', tags: [{ key: 'k', value: 'v' }] });
  for (let i = 0; i < 4; i++)
    await api.post('model-versions/create', { name: 'reg', source: `runs:/${run_id}/a b`, run_id });
  for (const version of ['2', '4']) await api.send('DELETE', 'model-versions/delete', { name: 'reg', version });
  await api.post('model-versions/transition-stage', { name: 'reg', version: '3', stage: 'Production', archive_existing_versions: true }); // prettier-ignore
  await api.post('registered-models/alias', { name: 'reg', alias: 'champion', version: '1' });
  await api.patch('model-versions/update', { name: 'reg', version: '1', description: 'x'.repeat(5000) });

  await api.post('runs/delete', { run_id: await api.createRun({ experiment_id: experiment }) });
  const gone = await api.createExperiment('gone');
  await api.createRun({ experiment_id: gone });
  await api.post('experiments/delete', { experiment_id: gone });
}

function filesIn(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = names
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('-export.json'));
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]));
}

async function history(of: TestServer): Promise<unknown> {
  const response = await fetch(`${of.url}/ajax-api/2.0/modelyard/registered-models/history?name=reg&max_results=100`);
  const { events } = (await response.json()) as { events: { id: unknown }[] };
  return events.map(({ id: _, ...event }) => event);
}

describe('an export', () => {
  test(
    'names the endpoints that it leaves out, and is whole without them',
    async () => {
      const own = await startServer();
      try {
        const api = new Api(own);
        const run_id = await api.createRun();
        await api.post('registered-models/create', { name: 'served' });
        await api.post('model-versions/create', { name: 'served', source: `runs:/${run_id}/model`, run_id });
        const config = { name: 'shop', served_models: [{ model_uri: 'models:/served/1', traffic: 100 }] };
        await new Api(own, '/ajax-api/2.0/modelyard').post('endpoints', config);
        const { code, out } = await exportOf(own.dir, join(dir, 'with-endpoints'));
        expect(code).toBe(0);
        expect(out).toMatch(/note +endpoint shop: not taken along, .* modelyard endpoints create\n/);
        const part = await exportOf(own.dir, join(dir, 'a-part'), '--experiment-ids', '0');
        expect(part.out).not.toContain('shop');
      } finally {
        await own.stop();
      }
    },
    limit,
  );

  test(
    'is read back without loss',
    async () => {
      const first = join(dir, 'first');
      const exported = await exportOf(server.dir, first, '--json');
      expect(exported).toMatchObject({ code: 0 });
      const copy = join(dir, 'copy');
      const told = await importInto(copyFolder(copy), first);
      expect(told).toMatchObject({ code: 0, complete: true, lines: [] });
      expect((await exportOf(copy, join(dir, 'second'))).code).toBe(0);
      const files = filesIn(first);
      expect(Object.keys(files).toSorted()).toEqual(Object.keys(filesIn(join(dir, 'second'))).toSorted());
      expect(filesIn(join(dir, 'second'))).toEqual(files);
      expect(files['metrics.jsonl']).toContain('["9007199254740993",3,-0.1]');
      expect(files['metrics.jsonl']).toContain('["9223372036854775807",1,"NaN"]');

      // What others read of it, not we.
      const other = await startServer([], { dir: copy });
      try {
        expect(await readByMlflow(other.url, dir)).toEqual(await readByMlflow(server.url, dir));
        const events = await history(server);
        expect(events).not.toEqual([]);
        expect(await history(other)).toEqual(events);
        const created = { name: 'reg', source: 's3://bucket/x' };
        const { model_version } = await new Api(other).post<{ model_version: { version: string } }>(
          'model-versions/create',
          created,
        );
        expect(model_version.version).toBe('5');
      } finally {
        await other.stop();
      }
    },
    limit,
  );

  test(
    'of a running server is the same but for what a server does not tell',
    async () => {
      const folder = join(dir, 'by-http');
      const { code, error } = await exportOf(dir, folder, '--tracking-uri', server.url);
      expect({ code, error }).toMatchObject({ code: 0 });
      const files = filesIn(folder);
      const whole = join(dir, 'whole');
      await exportOf(server.dir, whole);
      expect(files['metrics.jsonl']?.split('\n').toSorted()).toEqual(
        filesIn(whole)['metrics.jsonl']?.split('\n').toSorted(),
      );
      expect(Object.keys(files).toSorted()).toEqual(Object.keys(filesIn(whole)).toSorted());
    },
    limit,
  );

  test('of some experiments holds these alone', async () => {
    const folder = join(dir, 'some');
    expect((await exportOf(server.dir, folder, '--experiment-ids', '2')).code).toBe(0);
    const lines = filesIn(folder)['experiments.jsonl']?.trimEnd().split('\n') ?? [];
    expect(lines.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual(['gone']);
    expect(filesIn(folder)['runs.jsonl']?.trimEnd().split('\n')).toHaveLength(1);
    expect(filesIn(folder)['registered-models.jsonl']).toBe('');
  });

  test('of experiments that are not there says so', async () => {
    const unknown = ['--experiment-ids', '1,999', '--json'];
    for (const from of [[], ['--tracking-uri', server.url]]) {
      const { code, out } = await exportOf(server.dir, join(dir, `unknown${from.length}`), ...unknown, ...from);
      expect(code).toBe(1);
      expect((JSON.parse(out) as Told).lines).toEqual([
        { kind: 'experiment', id: '999', outcome: 'failed', reason: 'there is none' },
      ]);
    }
    const { code, error } = await exportOf(server.dir, join(dir, 'wrong'), '--experiment-ids', 'abc');
    expect({ code, error }).toMatchObject({ code: 2, error: expect.stringContaining("'abc' is none") as string });
  });

  test('is not written over what is there', async () => {
    const { code, error } = await exportOf(server.dir, join(dir, '.'));
    expect(code).toBe(1);
    expect(error).toContain('is not empty');
  });

  test('where no folder can be made says so', async () => {
    for (const place of ['/proc/x', join(server.dir, 'm.db'), join(server.dir, 'm.db/below')]) {
      const { code, out, error } = await exportOf(server.dir, place);
      expect([code, out]).toEqual([1, '']);
      expect(error).toMatch(/^modelyard: Cannot write to \S+ \(E[A-Z]+\)\. Give a new folder[^\n]*\n$/);
    }
  });
});

function copyFolder(path: string): string {
  Bun.spawnSync(['mkdir', '-p', path]);
  return path;
}
