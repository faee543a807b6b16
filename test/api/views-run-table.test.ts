/** The table of runs: the same runs in the same order as a search, in windows of a list that stays as it is. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { Random } from '../support/random.ts';
import { forEachAtOnce } from '../support/raw-request.ts';
import { testedServer } from '../support/tested-server.ts';

const { api, views } = testedServer();

interface Row {
  readonly run_id: string;
  readonly run_name: string;
  readonly depth: number;
  readonly child_count: number;
  readonly matched: boolean;
  readonly expanded: boolean;
  readonly lifecycle_stage: string;
  readonly colour?: number | string;
  readonly cells: readonly (number | string | null)[];
}

interface Table {
  readonly snapshot: string;
  readonly columns: readonly string[];
  readonly total: number;
  readonly matched: number;
  readonly matched_running: number;
  readonly total_all: number;
  readonly rows: readonly Row[];
}

function table(request: Readonly<Record<string, unknown>>): Promise<Table> {
  return views.post('runs/table', request);
}

function names({ rows }: Table): string[] {
  return rows.map((row) => '.'.repeat(row.depth) + row.run_name + (row.expanded ? '-' : '') + (row.matched ? '' : '?'));
}

interface NewRun {
  readonly run_name?: string;
  readonly start_time?: number;
  readonly tags?: readonly { key: string; value: string }[];
  readonly metrics?: Readonly<Record<string, number | string>>;
  readonly params?: Readonly<Record<string, string>>;
}

async function add(experiment_id: string, { metrics = {}, params = {}, ...run }: NewRun): Promise<string> {
  const run_id = await api.createRun({ experiment_id, ...run });
  await api.post('runs/log-batch', {
    run_id,
    metrics: Object.entries(metrics).map(([key, value]) => ({ key, value, timestamp: 1, step: 0 })),
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
  });
  return run_id;
}

describe('runs and their order are those of runs/search, but for params that are numbers', () => {
  const experiments: string[] = [];
  const random = new Random();

  beforeAll(async () => {
    experiments.push(await api.createExperiment('order a'), await api.createExperiment('order b'));
    const numbers = [undefined, 'NaN', 'Infinity', '-Infinity', -1, 0, 0.5, 3, 1e300];
    const texts = [undefined, '', 'a', 'B', 'b', 'é', 'x10', 'x9'];
    await forEachAtOnce([...Array.from({ length: 160 }).keys()], async (i) => {
      const [m, n, p] = [random.pick(numbers), random.pick(numbers), random.pick(texts)];
      const id = await add(random.pick(experiments), {
        run_name: `run ${random.below(30)}`,
        start_time: random.below(5),
        tags: i % 3 === 0 ? [{ key: 't', value: random.pick(['x', 'y', 'z']) }] : [],
        metrics: { ...(m === undefined ? {} : { m }), ...(n === undefined ? {} : { n }) },
        params: p === undefined ? {} : { p },
      });
      if (i % 4 === 0) await api.post('runs/update', { run_id: id, status: 'FINISHED', end_time: random.below(9) });
      if (i % 5 === 0) await api.post('runs/delete', { run_id: id });
    });
  }, 30_000);

  const orders = [
    [],
    ['metrics.m ASC'],
    ['metrics.m DESC'],
    ['metrics.m DESC', 'metrics.n ASC'],
    ['params.p ASC'],
    ['params.p DESC', 'metrics.n DESC'],
    ['tags.t DESC', 'params.p ASC', 'attributes.status ASC'],
    ['attributes.run_name ASC'],
    ['attributes.start_time ASC'],
    ['attributes.end_time DESC'],
    ['attributes.end_time ASC', 'attributes.run_id DESC'],
    ['metrics.none ASC', 'tags.none DESC'],
  ];
  const filters = [
    '',
    'metrics.m > 0.1',
    'metrics.m != 0 AND metrics.n <= 3',
    "params.p LIKE '%' AND metrics.m >= -1",
    "tags.t = 'x'",
    "attributes.status = 'FINISHED' AND metrics.m = 0.5",
  ];

  test.each(orders.map((order) => [order]))(
    '%j',
    async (order_by) => {
      for (const filter of filters) {
        for (const view of ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL']) {
          for (const experiment_ids of [experiments, experiments.slice(1)]) {
            const found = await api.searchAll({ experiment_ids, filter, order_by, run_view_type: view });
            const shown = await table({ experiment_ids, filter, order_by, view_type: view, max_results: 500 });
            const expected = found.map((run) => run.info.run_id);
            const seen = shown.rows.map((row) => row.run_id);
            expect([random.seed, filter, view, seen]).toEqual([random.seed, filter, view, expected]);
            expect([shown.total, shown.matched]).toEqual([expected.length, expected.length]);
            const running = found.filter((run) => run.info.status === 'RUNNING').length;
            expect(shown.matched_running).toBe(running);
          }
        }
      }
    },
    30_000,
  );

  describe('beyond the grammar of MLflow', () => {
    let experiment_id: string;

    beforeAll(async () => {
      experiment_id = await api.createExperiment('filters of pages');
      const rates = ['0.1', '1e-1', '0.05', '5', '10', 'auto', 'nan'];
      for (const [i, lr] of rates.entries()) {
        const tags = [{ key: 'team', value: ['cats', 'dogs', 'fish'][i % 3]! }];
        if (i < 2) tags.push({ key: 'mlflow.source.name', value: ['src/train.py', 'train.py'][i]! });
        const run_id = await add(experiment_id, { run_name: `lr ${lr}`, start_time: i, params: { lr }, tags });
        const dataset = { name: 'wine', digest: 'd1', source_type: 'local', source: '{}' };
        if (i === 0) await api.post('runs/log-inputs', { run_id, datasets: [{ dataset }] });
        if (i === 0) await api.post('logged-models', { experiment_id, name: 'net of pages', source_run_id: run_id });
        if (i === 1) {
          await api.post('registered-models/create', { name: 'fraud of pages' });
          await api.post('model-versions/create', { name: 'fraud of pages', source: 's3://b/m', run_id });
        }
        if (i > 4) await api.post('runs/update', { run_id, status: i === 5 ? 'FAILED' : 'KILLED' });
      }
    });

    test.each<[filter: string, found: string[]]>([
      ['params.lr > 0.05', ['10', '5', '1e-1', '0.1']],
      ['params.lr >= 0.05 and params.lr < 5', ['0.05', '1e-1', '0.1']],
      ['params.lr <= 5', ['5', '0.05', '1e-1', '0.1']],
      ['params.lr = 0.1', ['1e-1', '0.1']],
      ["params.lr = '0.1'", ['0.1']],
      ['params.lr != 0.1', ['nan', 'auto', '10', '5', '0.05']],
      ["params.lr IN ('auto', '10')", ['auto', '10']],
      ["params.lr NOT IN ('auto', '10', 'nan', '5')", ['0.05', '1e-1', '0.1']],
      ["tags.team IN ('cats', 'fish') AND params.lr > 0", ['5', '0.05', '0.1']],
      ["attributes.status IN ('FAILED', 'KILLED')", ['nan', 'auto']],
      ["attributes.models = 'net of pages'", ['0.1']],
      ["attributes.models = 'fraud of pages'", ['1e-1']],
      ["attributes.models LIKE 'fraud of pages/_'", ['1e-1']],
      ["attributes.models IN ('net of pages', 'fraud of pages')", ['1e-1', '0.1']],
      ["attributes.models = 'none'", []],
      ["attributes.source LIKE '%train.py'", ['1e-1', '0.1']],
      ["attributes.source = 'src/train.py'", ['0.1']],
      ["attributes.dataset = 'wine (d1)'", ['0.1']],
      ["attributes.dataset IN ('wine (d1)', 'x')", ['0.1']],
      ["attributes.experiment = 'filters of pages' AND params.lr = 5", ['5']],
      ['params.none > 1', []],
    ])('%s', async (filter, found) => {
      const { rows, total } = await table({ experiment_ids: [experiment_id], filter });
      expect(rows.map(({ run_name: name }) => name)).toEqual(found.map((lr) => `lr ${lr}`));
      expect(total).toBe(found.length);
    });

    test('is not understood by runs/search, as MLflow does not', async () => {
      for (const filter of ['params.lr > 0.05', "params.lr IN ('auto')", "attributes.models = 'x'"]) {
        const { status } = await api.refused('POST', 'runs/search', { experiment_ids: [experiment_id], filter });
        expect(status).toBe(400);
      }
    });
  });

  test('total_all counts without the filter', async () => {
    const query = { experiment_ids: experiments, view_type: 'ALL' };
    expect((await table({ ...query, filter: "tags.t = 'x'", max_results: 0 })).total_all).toBe(160);
    expect((await table(query)).total_all).toBe(160);
  });
});

describe('windows', () => {
  test('a snapshot stays while the table changes, and a new search sees the change', async () => {
    const experiment_ids = [await api.createExperiment('windows')];
    const [id = ''] = experiment_ids;
    const ids: string[] = [];
    for (let i = 0; i < 10; i++) ids.push(await add(id, { run_name: `r${i}`, start_time: i }));
    const first = await table({ experiment_ids, max_results: 4 });
    expect(names(first)).toEqual(['r9', 'r8', 'r7', 'r6']);
    await add(id, { run_name: 'r10', start_time: 10 });
    await api.post('runs/delete', { run_id: ids[5] });
    await api.post('runs/update', { run_id: ids[4], run_name: 'renamed' });
    const next = await table({ experiment_ids, max_results: 4, offset: 4, snapshot: first.snapshot });
    expect(names(next)).toEqual(['r5', 'renamed', 'r3', 'r2']);
    expect(next.rows[0]?.lifecycle_stage).toBe('deleted');
    expect([next.snapshot, next.total]).toEqual([first.snapshot, 10]);
    expect(names(await table({ experiment_ids, max_results: 4, offset: 8, snapshot: first.snapshot }))).toEqual([
      'r1',
      'r0',
    ]);
    const anew = await table({ experiment_ids, max_results: 2 });
    expect(names(anew)).toEqual(['r10', 'r9']);
    expect(anew.snapshot).not.toBe(first.snapshot);
    expect(names(await table({ experiment_ids, offset: 99 }))).toEqual([]);
  });

  test('a snapshot that is unknown, forgotten or of another search is made anew', async () => {
    const [a, b] = [await api.createExperiment('anew a'), await api.createExperiment('anew b')];
    await add(a, { run_name: 'a' });
    await add(b, { run_name: 'b' });
    const ofA = await table({ experiment_ids: [a] });
    const unknown = await table({ experiment_ids: [a], snapshot: 'no such' });
    expect([names(unknown), unknown.snapshot === 'no such']).toEqual([['a'], false]);
    expect(names(await table({ experiment_ids: [b], snapshot: ofA.snapshot }))).toEqual(['b']);
    for (let i = 0; i < 40; i++) await table({ experiment_ids: [b] });
    const forgotten = await table({ experiment_ids: [a], snapshot: ofA.snapshot });
    expect([names(forgotten), forgotten.snapshot === ofA.snapshot]).toEqual([['a'], false]);
  });

  test.each([
    [{ offset: -1 }, 'offset 0 or later'],
    [{ max_results: 501 }, '0 to 500 rows'],
    [{ filter: 'metrics.m >' }, "Invalid clause(s) in filter string: 'metrics.m', '>'"],
    [{ order_by: ['nope'] }, "Invalid attribute key 'nope'"],
    [{ columns: [{ name: 'loss' }] }, "Invalid column 'loss'"],
    [{ columns: [{ name: 'attributes.constructor' }] }, "Invalid column 'attributes.constructor'"],
    [{ columns: [{ name: '__proto__.x' }] }, "Invalid column '__proto__.x'"],
    [{ columns: Array.from({ length: 301 }, () => ({ name: 'params.x' })) }, 'at most 300 columns'],
    [{ experiment_ids: ['x'] }, "Invalid experiment ID 'x'"],
  ])('%j is refused', async (request, message) => {
    const error = await views.refused('POST', 'runs/table', { experiment_ids: ['0'], ...request });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(error.message).toContain(message);
  });

  test('unknown experiments, and none, have no rows', async () => {
    for (const experiment_ids of [['987654'], []]) {
      const { snapshot, ...answer } = await table({ experiment_ids, tree: true, text: 'x', filter: 'metrics.m > 1' });
      expect(snapshot).toBeString();
      expect(answer).toEqual({ columns: [], total: 0, matched: 0, matched_running: 0, total_all: 0, rows: [] });
    }
  });
});

test('runs are ordered by how long they took or take so far, which runs/search refuses as MLflow does', async () => {
  const id = await api.createExperiment('durations');
  const now = Date.now();
  const ends = async (run_name: string, start_time: number, end?: { status?: string; end_time?: number }) => {
    const run_id = await add(id, { run_name, start_time });
    if (end) await api.post('runs/update', { run_id, status: 'FINISHED', ...end });
  };
  await ends('none', now, { status: 'SCHEDULED' });
  await ends('9 s', now - 5_000_000, { end_time: now - 4_991_000 });
  await ends('running for an hour', now - 3_600_000);
  await ends('a day', now - 200_000_000, { end_time: now - 200_000_000 + 86_400_000, status: 'FAILED' });
  await ends('10 s', now - 90_000, { end_time: now - 80_000 });
  const order_by = ['attributes.duration DESC'];
  const longest = ['a day', 'running for an hour', '10 s', '9 s'];
  expect(names(await table({ experiment_ids: [id], order_by }))).toEqual([...longest, 'none']);
  const ascending = await table({ experiment_ids: [id], order_by: ['duration ASC', 'attributes.run_name ASC'] });
  expect(names(ascending)).toEqual([...longest.toReversed(), 'none']);
  const few = await table({ experiment_ids: [id], order_by, filter: "attributes.run_name LIKE '% s'" });
  expect(names(few)).toEqual(['10 s', '9 s']);
  const refused = await api.refused('POST', 'runs/search', { experiment_ids: [id], order_by });
  expect([refused.status, refused.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  expect(refused.message).toContain("Invalid attribute key 'duration'");
});

test('params that are numbers stand in the order of numbers, other texts after them', async () => {
  const id = await api.createExperiment('numeric params');
  for (const p of ['10', '9', '1e-5', 'None', '-3', '0.5', 'auto']) await add(id, { run_name: p, params: { p } });
  const ascending = names(await table({ experiment_ids: [id], order_by: ['params.p ASC'] }));
  expect(ascending).toEqual(['-3', '1e-5', '0.5', '9', '10', 'None', 'auto']);
  const descending = names(await table({ experiment_ids: [id], order_by: ['params.p DESC'] }));
  expect(descending).toEqual(ascending.toReversed());
});

test('params that only look like numbers to a programming language stand among the texts', async () => {
  const id = await api.createExperiment('texts like numbers');
  for (const p of ['17', '0x10', ' ', '1_000', '3', 'inf', '-inf', 'nan', ' 5 ', '0b1']) {
    await add(id, { run_name: JSON.stringify(p), params: { p } });
  }
  const ascending = names(await table({ experiment_ids: [id], order_by: ['params.p ASC'] })).map((name) =>
    String(JSON.parse(name)),
  );
  expect(ascending).toEqual(['-inf', '3', ' 5 ', '17', 'inf', ' ', '0b1', '0x10', '1_000', 'nan']);
});

describe('cells', () => {
  test('are of the columns that the server suggests, when it is asked to', async () => {
    const id = await api.createExperiment('suggested cells');
    await add(id, { run_name: 'only', start_time: 1, metrics: { loss: 2, 'system/cpu': 3 }, params: { lr: '0.1' } });
    const alone = await table({ experiment_ids: [id], suggest: true });
    // Nothing varies in a single run; what it has is better than nothing.
    expect([alone.columns, alone.rows[0]?.cells]).toEqual([
      ['params.lr', 'metrics.loss'],
      ['0.1', 2],
    ]);
    await add(id, { run_name: 'other', start_time: 2, metrics: { loss: 1, acc: 5 }, params: { lr: '0.1', seed: '7' } });
    await add(id, { run_name: 'third', start_time: 3, metrics: { loss: 4, acc: 6 }, params: { lr: '0.1', seed: '8' } });
    const { columns, rows } = await table({ experiment_ids: [id], suggest: true });
    expect(columns.toSorted()).toEqual(['metrics.acc', 'metrics.loss', 'params.seed']);
    expect(rows[0]?.cells.toSorted()).toEqual([4, 6, '8']);
  });

  test('are of what the runs in sight have; what folded children alone have fills up', async () => {
    const experiment_id = await api.createExperiment('suggested cells of a tree');
    const request = { experiment_ids: [experiment_id], suggest: true, tree: true };
    for (const search of [1, 2]) {
      const parent = await add(experiment_id, {
        run_name: `search ${search}`,
        start_time: search,
        metrics: { best_score: search, training_score: 5 },
        params: { best_C: String(search), cv: '5' },
      });
      for (let i = 0; i < 20; i++) {
        await add(experiment_id, {
          run_name: `candidate ${search}.${i}`,
          start_time: 100 * search + i,
          metrics: { mean_fit_time: i, mean_score: i, a: i, b: i, c: i, d: i, e: i },
          params: { C: String(i), gamma: String(i), degree: String(i), kernel: String(i), tol: String(i) },
          tags: [{ key: 'mlflow.parentRunId', value: parent }],
        });
      }
    }
    const folded = await table(request);
    expect(names(folded)).toEqual(['search 2', 'search 1']);
    const of = (kind: string): string[] => folded.columns.filter((name) => name.startsWith(kind));
    expect(of('params.')).toEqual(['params.best_C', 'params.C', 'params.degree', 'params.gamma']);
    expect(of('metrics.')).toEqual(['metrics.best_score', ...['a', 'b', 'c', 'd', 'e'].map((key) => `metrics.${key}`)]);
    // Whatever is unfolded, the columns stay where they are.
    const expanded = folded.rows.map(({ run_id }) => run_id);
    expect((await table({ ...request, expanded })).columns).toEqual(folded.columns);
    // Where every run has a row of its own, all of them are in sight.
    const flat = await table({ ...request, tree: false });
    expect(flat.columns).not.toContain('params.best_C');
  });

  test('are of the children where their parents have nothing', async () => {
    const experiment_id = await api.createExperiment('suggested cells of bare parents');
    const parent = await add(experiment_id, { run_name: 'search', start_time: 1 });
    const tags = [{ key: 'mlflow.parentRunId', value: parent }];
    for (const i of [1, 2]) {
      await add(experiment_id, { start_time: i, metrics: { loss: i }, params: { lr: String(i), same: 'x' }, tags });
    }
    const { columns } = await table({ experiment_ids: [experiment_id], suggest: true, tree: true });
    expect(columns).toEqual(['params.lr', 'metrics.loss']);
  });

  describe('of few parents, where nothing or little varies,', () => {
    /** As autologging leaves a grid search of scikit-learn. */
    async function gridSearch(experiment: string, search: number, children: number): Promise<void> {
      const parent = await add(experiment, {
        run_name: `search ${search}`,
        params: { cv: '3', n_jobs: 'None', refit: 'True', scoring: 'None', verbose: '0', best_C: String(search) },
        metrics: Object.fromEntries(
          ['best_cv_score', 'f1', 'precision', 'recall', 'roc_auc', 'score', 'accuracy'].map((key) => [
            key,
            search / 3,
          ]),
        ),
      });
      for (let i = 0; i < children; i++) {
        await add(experiment, {
          run_name: `candidate ${i}`,
          params: { C: String(i % 4), gamma: String(i % 3), cv: '3', kernel: 'rbf' },
          // What a single parent has of it does not vary in sight.
          metrics: {
            mean_fit_time: i,
            mean_test_score: Math.floor(i / 2),
            rank_test_score: Math.floor(i / 2),
            accuracy: i,
          },
          tags: [{ key: 'mlflow.parentRunId', value: parent }],
        });
      }
    }
    const ofKind = (columns: readonly string[], kind: string): string[] =>
      columns.filter((name) => name.startsWith(`${kind}.`)).map((name) => name.slice(kind.length + 1));

    test('are a few of their own, and what varies among their children', async () => {
      const id = await api.createExperiment('one grid search');
      await gridSearch(id, 1, 12);
      const { columns, rows } = await table({ experiment_ids: [id], suggest: true, tree: true });
      expect(rows.map(({ run_name: name }) => name)).toEqual(['search 1']);
      expect(ofKind(columns, 'params')).toEqual(['best_C', 'cv', 'C', 'gamma']);
      const metrics = ['accuracy', 'best_cv_score', 'mean_fit_time', 'mean_test_score', 'rank_test_score', 'f1'];
      expect(ofKind(columns, 'metrics')).toEqual(metrics);
    });

    test('are what varies among the parents first', async () => {
      const id = await api.createExperiment('two grid searches');
      for (const search of [1, 2]) await gridSearch(id, search, 5);
      const { columns } = await table({ experiment_ids: [id], suggest: true, tree: true });
      expect(ofKind(columns, 'params')).toEqual(['best_C', 'C', 'gamma', 'cv']);
      const metrics = ['accuracy', 'best_cv_score', 'f1', 'precision', 'recall', 'roc_auc'];
      expect(ofKind(columns, 'metrics')).toEqual(metrics);
    });
  });

  test('come one for each column, numbers and texts as they are', async () => {
    const id = await api.createExperiment('cells');
    const run_id = await add(id, {
      run_name: 'all',
      start_time: 5,
      tags: [
        { key: 'mlflow.source.name', value: 'train.py' },
        { key: 'constructor', value: 'tag' },
      ],
      metrics: { a: 0.5, nan: 'NaN', high: 'Infinity', low: '-Infinity', 'a.b/c d': 7, __proto__x: 1 },
      params: { long: 'é'.repeat(600), '1': 'one' },
    });
    await api.post('runs/update', { run_id, status: 'FINISHED', end_time: 65 });
    await api.post('runs/log-inputs', {
      run_id,
      datasets: [
        { dataset: { name: 'mnist', digest: 'd1', source_type: 'local', source: '{}' } },
        { dataset: { name: 'cifar', digest: 'd2', source_type: 'local', source: '{}' } },
      ],
    });
    await api.post('logged-models', { experiment_id: id, name: 'net', source_run_id: run_id });
    await api.post('registered-models/create', { name: 'champion' });
    await api.post('model-versions/create', { name: 'champion', source: `runs:/${run_id}/model`, run_id });
    const expected: [string, number | string | null][] = [
      ['metrics.a', 0.5],
      ['metrics.nan', 'NaN'],
      ['metrics.high', 'Infinity'],
      ['metrics.low', '-Infinity'],
      ['metrics.a.b/c d', 7],
      ['metrics.none', null],
      ['params.1', 'one'],
      ['params.long', `${'é'.repeat(500)}…`],
      ['params.constructor', null],
      ['tags.constructor', 'tag'],
      ['tags.`constructor`', null],
      ['attributes.source', 'train.py'],
      ['attributes.start_time', 5],
      ['attributes.end_time', 65],
      ['attributes.duration', 60],
      ['attributes.status', 'FINISHED'],
      ['attributes.run_id', run_id],
      ['attributes.experiment_id', id],
      ['attributes.experiment', 'cells'],
      ['attributes.dataset', 'mnist (d1), cifar (d2)'],
      ['attributes.models', 'net, champion/1'],
      ['attributes.lifecycle_stage', 'active'],
      ['metrics.a', 0.5],
    ];
    const { rows } = await table({ experiment_ids: [id], columns: expected.map(([name]) => ({ name })) });
    expect(rows[0]?.cells.map((cell, i) => [expected[i]?.[0], cell])).toEqual(expected);
    expect((await table({ experiment_ids: [id] })).rows[0]?.cells).toEqual([]);
  });

  test('a metric can be shown by another value than its latest', async () => {
    const id = await api.createExperiment('aggregates');
    const run_id = await add(id, {});
    const points = [
      [0, 4],
      [10, 1],
      [20, 'NaN'],
      [30, 7],
      [40, 2],
    ] as const;
    for (const [step, value] of points.toReversed()) {
      await api.post('runs/log-metric', { run_id, key: 'm', value, step, timestamp: 1 });
    }
    const columns = [
      { name: 'metrics.m' },
      { name: 'metrics.m', aggregate: 'min' },
      { name: 'metrics.m', aggregate: 'max' },
      { name: 'metrics.m', aggregate: 'mean' },
      { name: 'metrics.m', aggregate: 'at', step: 30 },
      { name: 'metrics.m', aggregate: 'at', step: 19 },
      { name: 'metrics.m', aggregate: 'at', step: 20 },
      { name: 'metrics.m', aggregate: 'at', step: -1 },
      { name: 'metrics.none', aggregate: 'max' },
      { name: 'params.none', aggregate: 'max' },
    ];
    const { rows } = await table({ experiment_ids: [id], columns });
    expect(rows[0]?.cells).toEqual([2, 1, 7, 3.5, 7, 1, 'NaN', null, null, null]);
  });
});

describe('runs left out of the list', () => {
  test('do not stand there, yet are counted as found', async () => {
    const id = await api.createExperiment('left out');
    const ids = [];
    for (let i = 0; i < 5; i++) ids.push(await add(id, { run_name: `r${i}`, start_time: i }));
    const whole = await table({ experiment_ids: [id] });
    const rest = await table({ experiment_ids: [id], except: [ids[1], ids[3], 'unknown'], snapshot: whole.snapshot });
    expect([names(rest), rest.total, rest.matched, rest.total_all]).toEqual([['r4', 'r2', 'r0'], 3, 5, 5]);
    // The same list of runs, whoever left out what before.
    expect(rest.snapshot).toBe(whole.snapshot);
    expect(names(await table({ experiment_ids: [id], snapshot: whole.snapshot }))).toHaveLength(5);
    const second = { experiment_ids: [id], except: [ids[4]], offset: 1, max_results: 2, snapshot: whole.snapshot };
    expect(names(await table(second))).toEqual(['r2', 'r1']);
  });

  test('stay where children hang on them', async () => {
    const experiment_ids = [await api.createExperiment('left out of a tree')];
    const parent = await add(experiment_ids[0] ?? '', { run_name: 'parent', start_time: 2 });
    const tags = [{ key: 'mlflow.parentRunId', value: parent }];
    const child = await add(experiment_ids[0] ?? '', { run_name: 'child', start_time: 1, tags });
    await add(experiment_ids[0] ?? '', { run_name: 'other', start_time: 0, tags });
    const request = { experiment_ids, tree: true, expanded: [parent], except: [parent, child] };
    expect(names(await table(request))).toEqual(['parent-', '.other']);
    expect(names(await table({ ...request, tree: false }))).toEqual(['other']);
  });
});

test('a row brings what its colour is made of: the tag of its own colour, or the column asked for', async () => {
  const id = await api.createExperiment('colours');
  await add(id, { run_name: 'plain', start_time: 2, params: { lr: '0.1' } });
  const tags = [{ key: 'mlflow.runColor', value: '#ff8800' }];
  await add(id, { run_name: 'painted', start_time: 1, tags, metrics: { loss: 0.5 } });
  const colours = async (request: object): Promise<unknown[]> =>
    (await table({ experiment_ids: [id], columns: [{ name: 'metrics.loss' }], ...request })).rows.map((row) => [
      row.colour,
      row.cells,
    ]);
  expect(await colours({})).toEqual([
    [undefined, [null]],
    ['#ff8800', [0.5]],
  ]);
  expect(await colours({ colour_by: 'params.lr' })).toEqual([
    ['0.1', [null]],
    [undefined, [0.5]],
  ]);
  expect(await colours({ colour_by: 'metrics.loss' })).toEqual([
    [undefined, [null]],
    [0.5, [0.5]],
  ]);
  const error = await views.refused('POST', 'runs/table', { experiment_ids: [id], colour_by: 'lr' });
  expect(error.message).toContain("Invalid column 'lr'");
});

describe('text', () => {
  let id: string;
  let byId: string;

  beforeAll(async () => {
    id = await api.createExperiment('text');
    await add(id, { run_name: 'Brave Cat', start_time: 3, tags: [{ key: 'team', value: 'blue whales' }] });
    await add(id, { run_name: '100% sure_thing', start_time: 2, tags: [{ key: 'team', value: `it's "odd" \\ *` }] });
    byId = await add(id, { run_name: 'zebra', start_time: 1, params: { p: 'brave' } });
  });

  test.each([
    ['brave', ['Brave Cat']],
    ['CAT brave', ['Brave Cat']],
    ['cat whale', ['Brave Cat']],
    ['cat zebra', []],
    ['  ', ['Brave Cat', '100% sure_thing', 'zebra']],
    ['%', ['100% sure_thing']],
    ['_', ['100% sure_thing']],
    ['\\', ['100% sure_thing']],
    [`it's`, ['100% sure_thing']],
    ['*', ['100% sure_thing']],
  ])('%s', async (text, expected) => {
    const found = await table({ experiment_ids: [id], text });
    expect(names(found)).toEqual(expected);
    expect([found.matched, found.total_all]).toEqual([expected.length, 3]);
  });

  test('the start of an id', async () => {
    expect(names(await table({ experiment_ids: [id], text: byId.slice(0, 12) }))).toEqual(['zebra']);
    expect(names(await table({ experiment_ids: [id], text: byId.slice(1, 14) }))).toEqual([]);
  });

  test('together with a filter', async () => {
    const filter = "tags.team LIKE '%whales%'";
    expect(names(await table({ experiment_ids: [id], text: 'cat', filter }))).toEqual(['Brave Cat']);
    expect(names(await table({ experiment_ids: [id], text: 'zebra', filter }))).toEqual([]);
  });
});

describe('hostile names', () => {
  const names = [`'; DROP TABLE runs; --`, '"', '`', "a' OR '1'='1", '?', '$1', '\u0000', '%', '', '.', '…', '\\'];

  test('are columns that no run has', async () => {
    const experiment_ids = [await api.createExperiment('hostile')];
    await add(experiment_ids[0]!, { run_name: 'here' });
    const columns = ['metrics', 'params', 'tags'].flatMap((kind) => names.map((name) => ({ name: `${kind}.${name}` })));
    const aggregated = names.map((name) => ({ name: `metrics.${name}`, aggregate: 'mean' }));
    const { rows } = await table({ experiment_ids, columns: [...columns, ...aggregated] });
    expect(rows[0]?.cells).toEqual(new Array<null>(4 * names.length).fill(null));
    const attributes = names.map((name) => ({ name: `attributes.${name}` }));
    for (const column of attributes) {
      expect((await views.refused('POST', 'runs/table', { experiment_ids, columns: [column] })).status).toBe(400);
    }
  });

  test('are texts that no run has, and run ids that are not expanded', async () => {
    const experiment_ids = [await api.createExperiment('hostile texts')];
    await add(experiment_ids[0]!, { run_name: 'here' });
    for (const text of names.slice(0, 6)) expect((await table({ experiment_ids, text })).rows).toEqual([]);
    expect((await table({ experiment_ids, tree: true, expanded: names, collapsed: names })).total).toBe(1);
    const error = await views.refused('POST', 'runs/table', { experiment_ids, text: 'x'.repeat(1001) });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect((await table({ experiment_ids, text: 'x '.repeat(500) })).rows).toEqual([]);
  });
});

describe('a tree', () => {
  let experiment_ids: string[];
  const ids: Record<string, string> = {};

  async function child(name: string, start_time: number, parent?: string, m = 0): Promise<void> {
    const tags = parent === undefined ? [] : [{ key: 'mlflow.parentRunId', value: ids[parent] ?? parent }];
    ids[name] = await add(experiment_ids[0] ?? '', { run_name: name, start_time, tags, metrics: { m } });
  }

  beforeAll(async () => {
    experiment_ids = [await api.createExperiment('tree')];
    await child('root', 1, undefined, 1);
    await child('left', 2, 'root', 2);
    await child('right', 3, 'root', 3);
    await child('leaf', 4, 'left', 9);
    await child('other', 5, undefined, 5);
    await child('orphan', 6, 'no such run', 6);
    await child('lone', 7, undefined, 7);
  });

  const tree = (more: Readonly<Record<string, unknown>> = {}): Promise<Table> =>
    table({ experiment_ids, tree: true, ...more });

  test('shows roots, and children of what is expanded', async () => {
    expect(names(await table({ experiment_ids }))).toHaveLength(7);
    const closed = await tree();
    expect(names(closed)).toEqual(['lone', 'orphan', 'other', 'root']);
    expect([closed.total, closed.matched, closed.rows.at(-1)?.child_count]).toEqual([4, 7, 2]);
    expect(names(await tree({ expanded: [ids['root']] }))).toEqual([
      'lone',
      'orphan',
      'other',
      'root-',
      '.right',
      '.left',
    ]);
    const open = await tree({ expanded: [ids['left'], ids['root'], 'no such'], snapshot: closed.snapshot });
    expect(names(open)).toEqual(['lone', 'orphan', 'other', 'root-', '.right', '.left-', '..leaf']);
    expect(open.snapshot).toBe(closed.snapshot);
    const window = { expanded: [ids['left'], ids['root']], snapshot: closed.snapshot, offset: 5, max_results: 2 };
    expect(names(await tree(window))).toEqual(['.left-', '..leaf']);
  });

  test('orders roots and siblings alike', async () => {
    const order_by = ['metrics.m ASC'];
    expect(names(await tree({ order_by, expanded: [ids['root']] }))).toEqual([
      'root-',
      '.left',
      '.right',
      'other',
      'orphan',
      'lone',
    ]);
  });

  test('a filter brings parents along and opens them', async () => {
    const found = await tree({ filter: 'metrics.m > 5.5' });
    expect(names(found)).toEqual(['lone', 'orphan', 'root-?', '.left-?', '..leaf']);
    expect([found.total, found.matched, found.total_all]).toEqual([5, 3, 7]);
    expect(names(await tree({ filter: 'metrics.m > 5.5', collapsed: [ids['root']] }))).toEqual([
      'lone',
      'orphan',
      'root?',
    ]);
    expect(names(await tree({ text: 'leaf' }))).toEqual(['root-?', '.left-?', '..leaf']);
    expect(names(await tree({ text: 'leaf', expanded: [ids['root']] }))).toEqual([
      'root-?',
      '.left-?',
      '..leaf',
      '.right?',
    ]);
  });

  test('children of a parent that is not in the view are roots', async () => {
    await api.post('runs/delete', { run_id: ids['root'] });
    expect(names(await tree())).toEqual(['lone', 'orphan', 'other', 'right', 'left']);
    expect(names(await tree({ view_type: 'DELETED_ONLY' }))).toEqual(['root']);
    expect(names(await tree({ view_type: 'ALL' }))).toEqual(['lone', 'orphan', 'other', 'root']);
    await api.post('runs/restore', { run_id: ids['root'] });
  });

  test('a run that is made its own grandparent does not hide the family', async () => {
    await api.post('runs/set-tag', { run_id: ids['root'], key: 'mlflow.parentRunId', value: ids['leaf'] });
    const everything = await tree({ expanded: Object.values(ids) });
    expect(everything.rows.map((row) => row.run_name).toSorted()).toEqual(Object.keys(ids).toSorted());
  });
});

test('says which metrics the runs of the window have, and which are lines', async () => {
  const experiment = await api.createExperiment(crypto.randomUUID());
  const runs = [
    await add(experiment, { metrics: { acc: 1, loss: 2 }, start_time: 1 }),
    await add(experiment, { metrics: { acc: 3 }, start_time: 2 }),
  ];
  await api.post('runs/log-metric', { run_id: runs[0], key: 'loss', value: 1, timestamp: 2, step: 5 });
  await add(await api.createExperiment(crypto.randomUUID()), { metrics: { elsewhere: 1 } });
  const ask = async (more: object): Promise<unknown[]> => {
    const { metrics = [] } = await views.post<{ metrics?: { key: string; line?: boolean }[] }>('runs/table', {
      experiment_ids: [experiment],
      ...more,
    });
    return metrics.map(({ key, line = false }) => [key, line] as const).toSorted(([a], [b]) => (a < b ? -1 : 1));
  };
  expect(await ask({ with_metrics: true })).toEqual([
    ['acc', false],
    ['loss', true],
  ]);
  expect(await ask({ with_metrics: true, max_results: 1 })).toEqual([['acc', false]]);
  expect(await ask({})).toEqual([]);
});
