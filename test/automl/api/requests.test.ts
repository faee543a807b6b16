/** What the API of AutoML takes and refuses, before anything is trained. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { automlTags } from '../../../src/protocol/automl-record.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { rawRequest } from '../../support/raw-request.ts';
import type { TestServer } from '../../support/start-server.ts';
import { type AutomlApi, startAutomlServer } from './support/automl-server.ts';

const dir = freshFolder();
const data = join(dir, 'outside/iris.csv');
const config = { problem_type: 'classification', dataset: data, target_col: 'species' };
let server: TestServer;
let automl: AutomlApi;

beforeAll(async () => {
  mkdirSync(dirname(data));
  writeFileSync(data, 'petal,species\n1.4,setosa\n4.7,versicolor\n');
  ({ server, automl } = await startAutomlServer(dir, ['--data', join(dir, 'data')]));
});

afterAll(async () => {
  await server.kill();
  removeFolder(dir);
});

describe('a search that makes no sense', () => {
  test.each([
    ['without a target', { target_col: undefined }, /which column to predict/],
    ['of another problem', { problem_type: 'ranking' }, /classification, regression, forecasting/],
    ['by a metric of another problem', { primary_metric: 'r2' }, /f1, log_loss/],
    ['with a word that nobody knows', { timeout_minute: 3 }, /'timeout_minute'/],
    [
      'of steps back',
      { problem_type: 'forecasting', time_col: 'petal', horizon: -3 },
      /horizon is a whole number of at/,
    ],
    ['with holidays of no country', { country_code: 'XX' }, /country_code is the two letters of a country.*'XX'/],
    ['without time', { timeout_seconds: 0 }, /at least/],
    ['with two things wrong', { primary_metric: 'r2', exclude_cols: ['species'] }, /f1.*\n.*species/s],
    ['of a file that is not there', { dataset: join(dir, 'none.csv') }, /no file.*Upload/],
    ['of a relative path', { dataset: 'iris.csv' }, /absolute path/],
    ['of the web', { dataset: 'http://127.0.0.1/x.csv' }, /upload/],
    ['of an odd address', { dataset: 'ext::sh -c id' }, /absolute path/],
    ['of control characters', { dataset: `${data}\nx` }, /control/],
    ['of a database by a relative path', { dataset: 'sqlite:///m.db', query: 'select 1' }, /absolute path/],
  ])('%s is refused and leaves no job', async (_, change, message) => {
    const refused = await automl.api.refused('POST', 'searches', { config: { ...config, ...change } });
    expect(refused).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
    expect(refused.message).toMatch(message);
    expect((await automl.jobs.list()).jobs).toEqual([]);
  });

  test('no configuration at all', async () => {
    for (const body of [{}, { config: [] }, { config: 'x' }, { config: null }]) {
      expect((await automl.api.refused('POST', 'searches', body)).status).toBe(400);
    }
    const many = await automl.api.refused('POST', 'searches', { config, max_attempts: 11 });
    expect(many.message).toContain('max_attempts');
  });
});

test('no data comes from where the server keeps its own, by whatever way', async () => {
  mkdirSync(join(dir, 'data'), { recursive: true });
  mkdirSync(join(dir, 'artifacts/0'), { recursive: true });
  writeFileSync(join(dir, 'artifacts/0/x.csv'), 'a,b\n1,2\n');
  writeFileSync(join(dir, 'data/x.db'), '');
  symlinkSync(join(dir, 'artifacts'), join(dir, 'link'));
  const uploaded = await automl.upload('own.csv', 'a,b\n1,2\n');
  const uploads = dirname(dirname(uploaded));
  const places = [
    join(dir, 'artifacts/0/x.csv'),
    `file://${dir}/artifacts/0/x.csv`,
    join(dir, 'link/0/x.csv'),
    `${dir}/outside/../artifacts/0/x.csv`,
    `sqlite:///${dir}/data/x.db`,
    `duckdb:///${dir}/data/x.db?access_mode=read_only`,
    uploads,
    dirname(uploaded),
    `${uploads}/../token`,
    `${dirname(uploaded)}/../../token`,
  ];
  for (const dataset of places) {
    for (const [path, body] of [
      ['describe', { dataset, query: 'select 1' }],
      ['searches', { config: { ...config, dataset, query: 'select 1' } }],
    ] as const) {
      const refused = await automl.api.refused('POST', path, body);
      expect([dataset, refused.status, refused.message]).toEqual([
        dataset,
        400,
        expect.stringMatching(/keeps its data/) as string,
      ]);
    }
  }
});

test('the database of the server is none of the data', async () => {
  for (const dataset of [`sqlite:///${dir}/m.db`, join(dir, 'm.db'), join(dir, 'm.db-wal')]) {
    const refused = await automl.api.refused('POST', 'describe', { dataset, query: 'select * from jobs' });
    expect(refused.message).toMatch(/keeps its data/);
  }
});

describe('an uploaded file', () => {
  test('is kept as it was sent, under a name that is safe', async () => {
    const bytes = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
    const names = {
      'iris data.csv': 'iris_data.csv',
      '../../etc/passwd': 'passwd',
      'C:\\x\\Größe.parquet': 'Größe.parquet',
      '.hidden': 'hidden',
      '$(id)': 'id_',
      '...': 'data',
    };
    for (const [name, kept] of Object.entries(names)) {
      const { status, answer } = await automl.put(name, bytes);
      expect([name, status, answer.size]).toEqual([name, 200, bytes.length]);
      expect(basename(answer.dataset ?? '')).toBe(kept);
      expect(new Uint8Array(readFileSync(answer.dataset ?? ''))).toEqual(bytes);
    }
  });

  test('of a kind that is not read is refused, before it is stored', async () => {
    for (const name of ['x.xlsx', 'Sales 2024.XLS', 'table.ods', 'all.zip', 'frame.pkl', 'report.pdf']) {
      const { status, answer } = await automl.put(name, 'PK');
      expect([name, status]).toEqual([name, 400]);
      expect(answer.message).toContain('Save the table as CSV, Parquet or JSON lines');
    }
    expect((await automl.put('rows.csv.gz', 'x')).status).toBe(200);
  });

  test('that is empty or too large is refused', async () => {
    expect((await automl.put('a.csv', '')).answer.message).toContain('empty');
    const target = '/api/2.0/modelyard/automl/data/a.csv';
    const headers = { 'Content-Length': '10000000001' };
    const { status, body } = await rawRequest({ port: server.port, method: 'PUT', target, headers, body: 'x' });
    expect([status, body]).toEqual([413, expect.stringContaining('10,000,000,000 bytes') as string]);
  });

  test('goes when nobody has asked for it for weeks', async () => {
    const [old, used] = [await automl.upload('old.csv', 'a\n1\n'), await automl.upload('used.csv', 'a\n1\n')];
    const weeksAgo = new Date(Date.now() - 15 * 86_400_000);
    for (const one of [old, used]) utimesSync(dirname(one), weeksAgo, weeksAgo);
    // Refused for its name alone, after the data was looked at.
    await automl.api.send('POST', 'describe', { dataset: used });
    await automl.upload('new.csv', 'a\n1\n');
    expect([existsSync(old), existsSync(used)]).toEqual([false, true]);
  });
});

describe('a search at work', () => {
  async function search(more: Readonly<Record<string, string>> = {}): Promise<string> {
    const run = await automl.runs.createRun();
    for (const [key, value] of Object.entries({ [automlTags.role]: 'search', ...more })) {
      await automl.setTag(run, key, value);
    }
    return run;
  }

  test('is told to stop', async () => {
    const run = await search();
    await automl.api.post(`searches/${run}/stop`, {});
    expect(await automl.tagsOf(run)).toMatchObject({ [automlTags.wish]: 'stop' });
    const refused = await automl.api.refused('POST', `searches/${run}/extend`, { seconds: 60 });
    expect(refused.message).toContain('about to stop');
  });

  test('gets more time, and then still more, before it has seen the first', async () => {
    const deadline = Date.now() + 100_000;
    const run = await search({ [automlTags.deadline]: String(deadline) });
    for (const seconds of [60, 30.5]) await automl.api.post(`searches/${run}/extend`, { seconds });
    expect(await automl.tagsOf(run)).toMatchObject({ [automlTags.wish]: String(deadline + 90_500) });
    // A search that goes on has taken its wish away.
    const again = await search({ [automlTags.deadline]: String(deadline), [automlTags.wish]: '' });
    const { deadline: next } = await automl.api.post<{ deadline: number }>(`searches/${again}/extend`, { seconds: 1 });
    expect(next).toBe(deadline + 1000);
    const cut = await automl.api.post<{ deadline: number }>(`searches/${run}/extend`, { seconds: -1e6 });
    expect(Math.abs(cut.deadline - Date.now())).toBeLessThan(30_000);
  });

  test('that has no deadline yet, has ended or is none says so', async () => {
    const run = await search();
    expect((await automl.api.refused('POST', `searches/${run}/extend`, { seconds: 1 })).message).toContain('not begun');
    await automl.runs.post('runs/update', { run_id: run, status: 'FINISHED' });
    expect((await automl.api.refused('POST', `searches/${run}/stop`, {})).message).toContain('has ended');
    const other = await automl.runs.createRun();
    for (const id of [other, 'f'.repeat(32)]) {
      expect((await automl.api.refused('POST', `searches/${id}/stop`, {})).status).toBe(404);
    }
  });

  test('has its best registered, as versions of one model', async () => {
    const run = await search();
    const refused = await automl.api.refused('POST', `searches/${run}/register`, { name: 'churn' });
    expect(refused.message).toContain('No trial');
    const [best, other] = [await trial(run), await trial(run)];
    await automl.setTag(run, automlTags.best, best.run);
    const first = await register(run, { name: 'churn' });
    expect(first).toMatchObject({ name: 'churn', version: '1', run_id: best.run, source: `models:/${best.model}` });
    const champion = await automl.runs.get('registered-models/alias?name=churn&alias=champion');
    expect(champion).toMatchObject({ model_version: { version: '1' } });
    const second = await register(run, { name: 'churn', trial_run_id: other.run });
    expect(second).toMatchObject({ name: 'churn', version: '2', run_id: other.run });
    expect(await automl.tagsOf(run)).toMatchObject({ [automlTags.registered]: 'churn/2' });
    const stranger = await trial(await search());
    const wrong = { name: 'churn', trial_run_id: stranger.run };
    expect((await automl.api.refused('POST', `searches/${run}/register`, wrong)).message).toContain('no trial of');
    const nothing = { name: 'churn', trial_run_id: await childOf(run, 'trial') };
    expect((await automl.api.refused('POST', `searches/${run}/register`, nothing)).message).toContain('no model');
    const exploration = { name: 'churn', trial_run_id: await childOf(run, 'exploration') };
    expect((await automl.api.refused('POST', `searches/${run}/register`, exploration)).message).toContain(
      'no trial of',
    );
  });

  function childOf(parent: string, role: string): Promise<string> {
    const tags = { 'mlflow.parentRunId': parent, [automlTags.role]: role };
    return automl.runs.createRun({ tags: Object.entries(tags).map(([key, value]) => ({ key, value })) });
  }

  async function trial(parent: string): Promise<{ run: string; model: string }> {
    const run = await childOf(parent, 'trial');
    const body = { experiment_id: '0', name: 'model', source_run_id: run };
    const { model } = await automl.runs.post<{ model: { info: { model_id: string } } }>('logged-models', body);
    const { model_id } = model.info;
    await automl.runs.patch(`logged-models/${model_id}`, { model_id, status: 'LOGGED_MODEL_READY' });
    await automl.runs.post('runs/outputs', { run_id: run, models: [{ model_id, step: 0 }] });
    return { run, model: model_id };
  }

  async function register(run: string, body: object): Promise<object> {
    return (await automl.api.post<{ model_version: object }>(`searches/${run}/register`, body)).model_version;
  }
});

test('a server that runs no projects searches for nobody either', async () => {
  const folder = freshFolder();
  const closed = await startAutomlServer(folder, ['--project-jobs', 'off']);
  try {
    const { api } = closed.automl;
    for (const [path, body] of [
      ['searches', { config }],
      ['describe', { dataset: data }],
    ] as const) {
      const refused = await api.refused('POST', path, body);
      expect(refused).toMatchObject({ status: 403, error_code: 'PERMISSION_DENIED' });
      expect(refused.message).toContain('--project-jobs on');
    }
    expect((await closed.automl.put('a.csv', 'a\n1\n')).status).toBe(403);
  } finally {
    await closed.server.kill();
    removeFolder(folder);
  }
});
