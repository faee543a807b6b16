/** Searches over many runs and experiments: each run once, in one order, whatever way the store finds them. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { Api, type Run } from '../support/api.ts';
import { forEachAtOnce } from '../support/raw-request.ts';
import { Random } from '../support/random.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
}, 30_000);

afterAll(() => server.stop());

function ids(runs: readonly Run[]): string[] {
  return runs.map((run) => run.info.run_id);
}

async function runWith(experiment: string, start: number, value: number | 'NaN' | undefined): Promise<string> {
  const id = await api.createRun({ experiment_id: experiment, start_time: start });
  if (value !== undefined) await api.post('runs/log-metric', { run_id: id, key: 'm', value, timestamp: 1 });
  return id;
}

/** Numbers first, then NaN, then runs without the metric; ties by start time, newest first, then by id. */
function byMetric(ascending: boolean): (a: Run, b: Run) => number {
  const place = (run: Run): number => {
    const value = run.data.metrics?.[0]?.value;
    return value === undefined ? 2 : value === 'NaN' ? 1 : 0;
  };
  const number = (run: Run): number => (place(run) === 0 ? Number(run.data.metrics?.[0]?.value) : 0);
  return (a, b) => place(a) - place(b) || (number(a) - number(b)) * (ascending ? 1 : -1) || byStart(a, b);
}

function byStart(a: Run, b: Run): number {
  return b.info.start_time - a.info.start_time || (a.info.run_id < b.info.run_id ? -1 : 1);
}

describe('many experiments at once', () => {
  const count = 70;
  const experiments: string[] = [];
  const random = new Random();

  beforeAll(async () => {
    for (let i = 0; i < count; i++) experiments.push(await api.createExperiment(`many ${i}`));
    await forEachAtOnce([...experiments, ...experiments, ...experiments, ...experiments], async (experiment) => {
      const id = await runWith(experiment, random.below(20), random.pick([undefined, 'NaN', -1, 0, 0.5, 3, 1e9]));
      if (random.below(4) === 0) await api.post('runs/delete', { run_id: id });
    });
  }, 30_000);

  const orders: [string, string[], (a: Run, b: Run) => number][] = [
    ['the default', [], byStart],
    ['a metric, ascending', ['metrics.m ASC'], byMetric(true)],
    ['a metric, descending', ['metrics.m DESC'], byMetric(false)],
    [
      'start time, ascending',
      ['attributes.start_time ASC'],
      (a, b) => a.info.start_time - b.info.start_time || (a.info.run_id < b.info.run_id ? -1 : 1),
    ],
  ];

  // Up to 40 pairs of experiment and view are walks of their own, more are one sort.
  test.each(orders.flatMap((order) => [2, 20, 21, 40, 41, 70].map((many) => [many, ...order] as const)))(
    '%i experiments in the order of %s: the same as one after the other',
    async (many, _name, order_by, compare) => {
      const asked = experiments.slice(0, many);
      for (const run_view_type of ['ACTIVE_ONLY', 'ALL', 'DELETED_ONLY']) {
        const each = await Promise.all(
          asked.map((id) => api.searchAll({ experiment_ids: [id], order_by, run_view_type })),
        );
        const expected = ids(each.flat().sort(compare));
        const whole = await api.searchAll({ experiment_ids: asked, order_by, run_view_type });
        expect([random.seed, run_view_type, ids(whole)]).toEqual([random.seed, run_view_type, expected]);
        const paged = await api.searchAll({ experiment_ids: asked, order_by, run_view_type, max_results: 37 });
        expect(ids(paged)).toEqual(expected);
      }
    },
  );

  test('a filter holds in every one of them', async () => {
    const found = await api.searchAll({ experiment_ids: experiments, filter: 'metrics.m > 0.4' });
    const all = await api.searchAll({ experiment_ids: experiments });
    const expected = all.filter((run) => Number(run.data.metrics?.[0]?.value ?? -9) > 0.4);
    expect(ids(found)).toEqual(ids(expected));
    expect(found.length).toBeGreaterThan(0);
  });

  test('an experiment named twice gives its runs once', async () => {
    const [first = ''] = experiments;
    const once = ids(await api.searchAll({ experiment_ids: [first] }));
    expect(ids(await api.searchAll({ experiment_ids: [first, first] }))).toEqual(once);
  });
});

describe('2,500 runs', () => {
  let experiment: string;
  const created = new Set<string>();

  beforeAll(async () => {
    experiment = await api.createExperiment('deep');
    const values = Array.from({ length: 2500 }, (_, i) => (i % 10 === 0 ? undefined : i % 10 === 1 ? 'NaN' : i % 50));
    await forEachAtOnce([...values.entries()], async ([i, value]) => {
      created.add(await runWith(experiment, Math.floor(i / 3), value));
    });
  }, 30_000);

  test.each([
    ['the default order', [], byStart],
    ['a metric, ascending', ['metrics.m ASC'], byMetric(true)],
    ['a metric, descending', ['metrics.`m` DESC'], byMetric(false)],
    ['a metric that nobody has', ['metrics.none DESC'], byStart],
    ['a tag that nobody has', ['tags.none'], byStart],
  ] as [string, string[], (a: Run, b: Run) => number][])(
    'come once each, page by page, in the order of %s',
    async (_name, order_by, compare) => {
      const found = await api.searchAll({ experiment_ids: [experiment], order_by, max_results: 100 });
      expect(new Set(ids(found))).toEqual(created);
      expect(ids(found)).toEqual(ids([...found].sort(compare)));
      const whole = await api.searchAll({ experiment_ids: [experiment], order_by, max_results: 50_000 });
      expect(ids(whole)).toEqual(ids(found));
    },
    20_000,
  );

  test('the greatest page is the default one of 1,000, and 50,001 are refused', async () => {
    const page = await api.post<{ runs: Run[] }>('runs/search', { experiment_ids: [experiment] });
    expect(page.runs).toHaveLength(1000);
    const error = await api.refused('POST', 'runs/search', { experiment_ids: [experiment], max_results: 50_001 });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('deleted and restored', () => {
  test('runs leave the active view with their metrics and come back with them', async () => {
    const experiment = await api.createExperiment('life of runs');
    const [kept, gone] = [await runWith(experiment, 1, 1), await runWith(experiment, 2, 2)];
    const view = async (run_view_type: string, order_by: string[] = []): Promise<string[]> =>
      ids(await api.searchAll({ experiment_ids: [experiment], run_view_type, order_by, filter: 'metrics.m > 0' }));
    await api.post('runs/delete', { run_id: gone });
    for (const order of [[], ['metrics.m DESC']]) {
      expect(await view('ACTIVE_ONLY', order)).toEqual([kept]);
      expect(await view('DELETED_ONLY', order)).toEqual([gone]);
      expect(await view('ALL', order)).toEqual([gone, kept]);
    }
    expect((await api.run(gone)).info.lifecycle_stage).toBe('deleted');
    for (const [path, body] of [
      ['runs/log-metric', { run_id: gone, key: 'm', value: 9, timestamp: 9 }],
      ['runs/log-batch', { run_id: gone, params: [{ key: 'p', value: 'v' }] }],
      ['runs/set-tag', { run_id: gone, key: 't', value: 'v' }],
      ['runs/update', { run_id: gone, status: 'FINISHED' }],
    ] as const) {
      expect([path, (await api.refused('POST', path, body)).status]).toEqual([path, 400]);
    }
    await api.post('runs/restore', { run_id: gone });
    expect(await view('ACTIVE_ONLY', ['metrics.m DESC'])).toEqual([gone, kept]);
    await api.post('runs/log-metric', { run_id: gone, key: 'm', value: 0.5, timestamp: 9 });
    expect(await view('ACTIVE_ONLY', ['metrics.m DESC'])).toEqual([kept, gone]);
  });

  test('an experiment takes its runs along and gives back those that were active', async () => {
    const experiment = await api.createExperiment('life of an experiment');
    const [active, deleted] = [await runWith(experiment, 1, 1), await runWith(experiment, 2, 2)];
    await api.post('runs/delete', { run_id: deleted });
    await api.post('experiments/delete', { experiment_id: experiment });
    const query = { experiment_ids: [experiment], order_by: ['metrics.m ASC'] };
    expect(await api.searchAll(query)).toEqual([]);
    expect(ids(await api.searchAll({ ...query, run_view_type: 'ALL' }))).toEqual([active, deleted]);
    expect((await api.refused('POST', 'runs/create', { experiment_id: experiment })).status).toBe(400);
    expect((await api.refused('POST', 'experiments/create', { name: 'life of an experiment' })).error_code).toBe(
      'RESOURCE_ALREADY_EXISTS',
    );
    await api.post('experiments/restore', { experiment_id: experiment });
    expect(ids(await api.searchAll(query))).toContain(active);
    expect((await api.run(active)).info.lifecycle_stage).toBe('active');
    await api.createRun({ experiment_id: experiment });
  });
});

describe('every attribute of a logged model', () => {
  const texts = [
    'artifact_location',
    'experiment_id',
    'lifecycle_stage',
    'model_id',
    'model_type',
    'name',
    'source_run_id',
    'status',
    'status_message',
  ];
  const times = ['creation_timestamp', 'last_updated_timestamp'];

  test.each(texts)('%s can be filtered and ordered by', async (field) => {
    const order_by = [{ field_name: field }];
    const answer = await api.send('POST', 'logged-models/search', {
      experiment_ids: ['0'],
      filter: `${field} != 'none such'`,
      order_by,
    });
    expect(answer).toMatchObject({ status: 200 });
  });

  test.each(times)('%s can be filtered and ordered by', async (field) => {
    const order_by = [{ field_name: field }];
    const answer = await api.send('POST', 'logged-models/search', {
      experiment_ids: ['0'],
      filter: `${field} > 0`,
      order_by,
    });
    expect(answer).toMatchObject({ status: 200 });
  });

  test('the lifecycle stage is one by name', async () => {
    const experiment_id = await api.createExperiment('stages');
    await api.post('logged-models', { experiment_id, name: 'here' });
    const find = (stage: string): Promise<{ models?: readonly unknown[] }> =>
      api.post('logged-models/search', { experiment_ids: [experiment_id], filter: `lifecycle_stage = '${stage}'` });
    expect((await find('active')).models).toHaveLength(1);
    expect((await find('deleted')).models).toBeUndefined();
  });
});
