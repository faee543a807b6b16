/** What the web UI reads of the registry: windows, search as typed, counts, source runs and their metrics. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { Api } from '../support/api.ts';
import { startServer } from '../support/start-server.ts';
import { testedServer } from '../support/tested-server.ts';

interface ModelRow {
  readonly name: string;
  readonly description: string;
  readonly version_count: number;
  readonly latest_version?: string;
  readonly next_version: string;
  readonly aliases: readonly { alias: string; version: string }[];
  readonly stages: readonly { version: string; stage: string }[];
  readonly tags: readonly { key: string; value: string }[];
}

interface Overview {
  readonly total: number;
  readonly total_all: number;
  readonly models: readonly ModelRow[];
}

interface VersionRow {
  readonly version: string;
  readonly stage: string;
  readonly aliases: readonly string[];
  readonly tags: readonly { key: string; value: string }[];
  readonly run?: { readonly run_id: string; readonly run_name?: string; readonly experiment_name?: string };
  readonly metrics: readonly (number | string | null)[];
}

interface VersionTable {
  readonly total: number;
  readonly total_all: number;
  readonly columns: readonly string[];
  readonly suggested: readonly string[];
  readonly versions: readonly VersionRow[];
}

const { api, views } = testedServer();

beforeAll(async () => {
  await createModel('fraud_v2', 'Finds *fraud*', { team: 'risk' });
  await createModel('fraudXv2', undefined, { team: 'ads' });
  await createModel('100% café.v1 #?', undefined, {});
  await createModel('a prompt', undefined, { 'mlflow.prompt.is_prompt': 'true' });
  await addVersions('fraud_v2', [
    { acc: 0.5, loss: 3, constant: 1 },
    { acc: 0.9, loss: 'NaN', constant: 1 },
    { acc: 0.7, constant: 1 },
    {},
  ]);
  for (const [alias, version] of [
    ['champion', '2'],
    ['old', '1'],
  ]) {
    await api.post('registered-models/alias', { name: 'fraud_v2', alias, version });
  }
  await api.post('model-versions/transition-stage', { name: 'fraud_v2', version: '3', stage: 'Production' });
  await api.post('model-versions/set-tag', { name: 'fraud_v2', version: '1', key: 'approved', value: 'by Ada' });
}, 30_000);

async function createModel(name: string, description: string | undefined, tags: Record<string, string>): Promise<void> {
  const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
  await api.post('registered-models/create', { name, description, tags: list });
}

/** One version for each run; a run with no metrics is left out: the version then has no run. */
async function addVersions(name: string, metrics: readonly Record<string, number | string>[]): Promise<void> {
  for (const [i, values] of metrics.entries()) {
    const keys = Object.entries(values);
    const run_id = keys.length === 0 ? undefined : await api.createRun({ run_name: `run ${i + 1}` });
    for (const [key, value] of keys) await api.post('runs/log-metric', { run_id, key, value, timestamp: 1 });
    if (run_id) await api.post('runs/log-parameter', { run_id, key: 'depth', value: String(i) });
    await api.post('model-versions/create', { name, source: 's3://bucket/model', run_id });
  }
}

function overview(question: Record<string, unknown> = {}): Promise<Overview> {
  return views.post<Overview>('models/overview', question);
}

async function names(question: Record<string, unknown>): Promise<string[]> {
  return (await overview(question)).models.map(({ name }) => name);
}

function versions(question: Record<string, unknown> = {}): Promise<VersionTable> {
  return views.post<VersionTable>('models/versions', { name: 'fraud_v2', ...question });
}

describe('the list of models', () => {
  test('counts versions and names who points where; prompts are not models', async () => {
    const { total, total_all, models } = await overview();
    expect([total, total_all]).toEqual([3, 3]);
    expect(models.map(({ name }) => name)).toEqual(['100% café.v1 #?', 'fraudXv2', 'fraud_v2']);
    expect(models[2]).toMatchObject({
      version_count: 4,
      latest_version: '4',
      next_version: '5',
      aliases: [
        { alias: 'champion', version: '2' },
        { alias: 'old', version: '1' },
      ],
      stages: [{ version: '3', stage: 'Production' }],
      tags: [{ key: 'team', value: 'risk' }],
    });
    expect(models[1]).toMatchObject({ version_count: 0, next_version: '1', aliases: [], stages: [] });
    expect(models[1]).not.toHaveProperty('latest_version');
  });

  const searches: [string, Record<string, unknown>, string[]][] = [
    ['part of a name', { text: 'AUDX' }, ['fraudXv2']],
    ['`_` means itself', { text: 'fraud_' }, ['fraud_v2']],
    ['`%` means itself', { text: '0%' }, ['100% café.v1 #?']],
    ['an alias', { text: 'champ' }, ['fraud_v2']],
    ['the value of a tag', { text: 'ads' }, ['fraudXv2']],
    ['all words', { text: 'fraud risk' }, ['fraud_v2']],
    ['the description', { text: '*fraud*' }, ['fraud_v2']],
    ["MLflow's filter", { filter: "tags.team = 'ads'" }, ['fraudXv2']],
    ['a filter and words', { filter: "name LIKE 'fraud%'", text: 'risk' }, ['fraud_v2']],
    ['a whole name', { name: 'fraud_v2' }, ['fraud_v2']],
    ['a whole name in the wrong case', { name: 'Fraud_v2' }, []],
    ['nothing', { text: 'zebra' }, []],
  ];
  test.each(searches)('is searched by %s', async (_, question, expected) => {
    const { total, total_all, models } = await overview(question);
    expect(models.map(({ name }) => name)).toEqual(expected);
    expect([total, total_all]).toEqual([expected.length, 3]);
  });

  test('is sorted by each order, in both directions, and read in windows', async () => {
    expect(await names({ order_by: 'version_count', ascending: false })).toEqual([
      'fraud_v2',
      '100% café.v1 #?',
      'fraudXv2',
    ]);
    expect((await names({ order_by: 'latest_version', ascending: false }))[0]).toBe('fraud_v2');
    expect((await names({ order_by: 'last_modified', ascending: false }))[0]).toBe('fraud_v2');
    expect(await names({ ascending: false, max_results: 1, offset: 1 })).toEqual(['fraudXv2']);
  });

  test('refuses a filter that cannot be understood, and a window that is too large', async () => {
    expect(await views.refused('POST', 'models/overview', { filter: 'name = x' })).toMatchObject({
      error_code: 'INVALID_PARAMETER_VALUE',
    });
    expect(await views.refused('POST', 'models/overview', { max_results: 501 })).toMatchObject({ status: 400 });
    expect(await views.refused('POST', 'models/overview', { offset: -1 })).toMatchObject({ status: 400 });
  });

  test('cuts long descriptions and tag values; the summary of one model does not', async () => {
    const long = 'x'.repeat(5000);
    await createModel('long', long, { note: long });
    try {
      const [listed] = (await overview({ filter: "name = 'long'" })).models;
      expect([listed?.description.length, listed?.tags[0]?.value.length]).toEqual([250, 250]);
      const { model } = await views.get<{ model: ModelRow }>('models/summary?name=long');
      expect([model.description, model.tags[0]?.value]).toEqual([long, long]);
    } finally {
      await api.send('DELETE', 'registered-models/delete', { name: 'long' });
    }
  });
});

describe('the versions of a model', () => {
  test('newest first, with aliases, stage, tags, source run and the metrics that vary most', async () => {
    const { total, total_all, columns, suggested, versions: rows } = await versions();
    expect([total, total_all]).toEqual([4, 4]);
    expect(suggested).toEqual(['acc', 'loss', 'constant']);
    expect(columns).toEqual(suggested);
    expect(rows.map(({ version, metrics }) => [version, ...metrics])).toEqual([
      ['4', null, null, null],
      ['3', 0.7, null, 1],
      ['2', 0.9, 'NaN', 1],
      ['1', 0.5, 3, 1],
    ]);
    expect(rows[3]).toMatchObject({
      aliases: ['old'],
      stage: 'None',
      tags: [{ key: 'approved', value: 'by Ada' }],
      run: { run_name: 'run 1', experiment_name: 'Default' },
    });
    expect(rows[0]).not.toHaveProperty('run');
  });

  test('with chosen metrics, sorted by one: NaN after the numbers, missing last, in both directions', async () => {
    const order = async (ascending: boolean): Promise<string[]> =>
      (await versions({ metrics: ['loss'], order_by: 'metrics.acc', ascending })).versions.map((v) => v.version);
    expect(await order(true)).toEqual(['1', '3', '2', '4']);
    expect(await order(false)).toEqual(['2', '3', '1', '4']);
    const byLoss = await versions({ metrics: ['loss'], order_by: 'metrics.loss' });
    expect(byLoss.columns).toEqual(['loss']);
    expect(byLoss.versions.slice(0, 2).map((v) => v.version)).toEqual(['1', '2']);
  });

  test.each([
    ['champ', ['2']],
    ['ada', ['1']],
    ['production', ['3']],
    ['4', ['4']],
  ])('searched by %s', async (text, expected) => {
    const { total, versions: rows } = await versions({ text });
    expect([total, rows.map(({ version }) => version)]).toEqual([expected.length, expected]);
  });

  test('in windows', async () => {
    const { total, versions: rows } = await versions({ offset: 1, max_results: 2 });
    expect([total, rows.map(({ version }) => version)]).toEqual([4, ['3', '2']]);
  });

  test('of a model that is not there: 404; by an unknown order: 400', async () => {
    expect(await views.refused('POST', 'models/versions', { name: 'nobody' })).toMatchObject({
      status: 404,
      error_code: 'RESOURCE_DOES_NOT_EXIST',
    });
    expect(await views.refused('POST', 'models/versions', { name: 'fraud_v2', order_by: 'x' })).toMatchObject({
      status: 400,
    });
    expect(await views.refused('GET', 'models/summary?name=nobody')).toMatchObject({ status: 404 });
  });

  test('side by side, in the order asked for, with what their runs logged; missing ones are left out', async () => {
    const { versions: rows } = await views.post<{
      versions: readonly (VersionRow & { params: unknown; run_tags: unknown[] })[];
    }>('models/versions/compare', { name: 'fraud_v2', versions: ['3', '1', '99'] });
    expect(rows.map(({ version }) => version)).toEqual(['3', '1']);
    expect(rows[1]).toMatchObject({
      params: [{ key: 'depth', value: '0' }],
      metrics: [
        { key: 'acc', value: 0.5 },
        { key: 'constant', value: 1 },
        { key: 'loss', value: 3 },
      ],
    });
    expect(await views.refused('POST', 'models/versions/compare', { name: 'fraud_v2', versions: ['x'] })).toMatchObject(
      { status: 400 },
    );
  });
});

test('a name of any characters MLflow allows is found by its summary', async () => {
  const name = '100% café.v1 #?';
  const { model } = await views.get<{ model: ModelRow }>(`models/summary?name=${encodeURIComponent(name)}`);
  expect(model.name).toBe(name);
});

test('5,000 models: every window within a second', async () => {
  const big = await startServer();
  try {
    const many = new Api(big);
    const made = Array.from({ length: 50 }, async (_, lane) => {
      for (let i = lane; i < 5000; i += 50) {
        const tags = [{ key: 'team', value: `t${i % 7}` }];
        await many.post('registered-models/create', { name: `model-${String(i).padStart(4, '0')}`, tags });
      }
    });
    await Promise.all(made);
    const read = new Api(big, '/ajax-api/2.0/modelyard');
    await read.post('models/overview', {});
    const start = performance.now();
    const questions = [
      { offset: 4900 },
      { order_by: 'last_modified', ascending: false, offset: 2500 },
      { order_by: 'version_count' },
      { text: 't3' },
    ];
    for (const question of questions) await read.post('models/overview', question);
    expect(performance.now() - start).toBeLessThan(questions.length * 1000);
    const { total, models } = await read.post<Overview>('models/overview', { offset: 4999 });
    expect([total, models.map(({ name }) => name)]).toEqual([5000, ['model-4999']]);
  } finally {
    await big.stop();
  }
}, 60_000);
