/** Which columns runs have, how their values are spread, and runs in groups. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { forEachAtOnce } from '../support/raw-request.ts';
import { testedServer } from '../support/tested-server.ts';

const { api, views } = testedServer();

interface ColumnKey {
  readonly key: string;
  readonly runs: number;
  readonly distinct: number;
}

interface Columns {
  readonly metrics: readonly ColumnKey[];
  readonly metrics_total: number;
  readonly params: readonly ColumnKey[];
  readonly params_total: number;
  readonly tags: readonly ColumnKey[];
  readonly tags_total: number;
  readonly datasets: readonly { name: string; digest: string }[];
  readonly sampled_runs: number;
  readonly suggested: readonly string[];
}

interface Spread {
  readonly kind: string;
  readonly count: number;
  readonly missing: number;
  readonly nan?: number;
  readonly min?: number;
  readonly max?: number;
  readonly bins: readonly { from: number; to: number; count: number }[];
  readonly distinct: number;
  readonly values: readonly { value: string; count: number }[];
}

interface Groups {
  readonly total: number;
  readonly groups: readonly {
    readonly values: readonly (string | null)[];
    readonly count: number;
    readonly metrics: readonly {
      key: string;
      count: number;
      not_finite: number;
      mean?: number;
      std?: number;
      min?: number;
      max?: number;
    }[];
  }[];
}

const columns = (request: Readonly<Record<string, unknown>>): Promise<Columns> => views.post('runs/columns', request);
const spread = (request: Readonly<Record<string, unknown>>): Promise<Spread> => views.post('runs/column', request);
const groups = (request: Readonly<Record<string, unknown>>): Promise<Groups> => views.post('runs/groups', request);

async function add(
  experiment_id: string,
  { metrics = {}, params = {}, tags = {} }: Readonly<Record<string, Readonly<Record<string, number | string>>>>,
): Promise<string> {
  const run_id = await api.createRun({ experiment_id });
  const pairs = (of: Readonly<Record<string, number | string>>): { key: string; value: number | string }[] =>
    Object.entries(of).map(([key, value]) => ({ key, value }));
  await api.post('runs/log-batch', {
    run_id,
    metrics: pairs(metrics).map((metric) => ({ ...metric, timestamp: 1, step: 0 })),
    params: pairs(params),
    tags: pairs(tags),
  });
  return run_id;
}

describe('columns', () => {
  let experiment_ids: string[];
  let last: string;

  beforeAll(async () => {
    experiment_ids = [await api.createExperiment('columns')];
    for (let i = 0; i < 12; i++) {
      last = await add(experiment_ids[0]!, {
        metrics: { loss: i, constant: 1, 'system/cpu': i, broken: 'NaN', ...(i < 3 ? { rare: i } : {}) },
        params: { lr: String(i % 4), seed: String(i), fixed: 'x', ...(i < 2 ? { odd: String(i) } : {}) },
        tags: { team: i % 2 === 0 ? 'a' : 'b', 'mlflow.note': String(i) },
      });
    }
  });

  test('that vary most and most runs have come first', async () => {
    const found = await columns({ experiment_ids });
    expect(found.metrics).toEqual([
      { key: 'loss', runs: 12, distinct: 12 },
      { key: 'system/cpu', runs: 12, distinct: 12 },
      { key: 'rare', runs: 3, distinct: 3 },
      { key: 'broken', runs: 12, distinct: 1 },
      { key: 'constant', runs: 12, distinct: 1 },
    ]);
    expect(found.params.map(({ key, runs, distinct }) => [key, runs, distinct])).toEqual([
      ['seed', 12, 12],
      ['lr', 12, 4],
      ['odd', 2, 2],
      ['fixed', 12, 1],
    ]);
    expect(found.tags.map(({ key }) => key)).toEqual(['mlflow.note', 'team', 'mlflow.runName']);
    expect(found).toMatchObject({ metrics_total: 5, params_total: 4, tags_total: 3, sampled_runs: 12, datasets: [] });
    expect(found.suggested).toEqual(['params.seed', 'params.lr', 'params.odd', 'metrics.loss', 'metrics.rare']);
  });

  test('that are another text in every run come after those that group them', async () => {
    const id = await api.createExperiment('described');
    for (let i = 0; i < 12; i++) {
      await add(id, { params: { about: `words of run ${i}`, opt: i % 2 === 0 ? 'adam' : 'sgd', rate: `${i / 7}e-3` } });
    }
    const { suggested } = await columns({ experiment_ids: [id] });
    expect(suggested).toEqual(['params.rate', 'params.opt', 'params.about']);
  });

  test('can be searched and cut', async () => {
    const found = await columns({ experiment_ids, text: 'O', max_results: 1 });
    expect(found.metrics.map(({ key }) => key)).toEqual(['loss']);
    expect([found.metrics_total, found.params_total, found.tags_total]).toEqual([3, 1, 2]);
    expect(found.suggested).toHaveLength(5);
  });

  test('are those of the runs in view', async () => {
    const deleted = { experiment_ids, view_type: 'DELETED_ONLY' };
    const nothing = { metrics: [], params: [], tags: [], sampled_runs: 0, suggested: [], metrics_total: 0 };
    expect(await columns(deleted)).toMatchObject(nothing);
    await api.post('runs/delete', { run_id: last });
    expect((await columns(deleted)).metrics.map(({ key }) => key)).toEqual([
      'broken',
      'constant',
      'loss',
      'system/cpu',
    ]);
    expect((await columns({ experiment_ids })).sampled_runs).toBe(11);
    expect((await columns({ experiment_ids, view_type: 'ALL' })).sampled_runs).toBe(12);
    await api.post('runs/restore', { run_id: last });
    expect(await columns({ experiment_ids: ['987654'] })).toMatchObject(nothing);
    expect(await columns({ experiment_ids: [] })).toMatchObject(nothing);
  });

  test('tell the datasets', async () => {
    const dataset = { name: 'mnist', digest: 'd', source_type: 'local', source: '{}' };
    await api.post('runs/log-inputs', { run_id: last, datasets: [{ dataset }] });
    expect((await columns({ experiment_ids })).datasets).toEqual([{ name: 'mnist', digest: 'd' }]);
    expect((await columns({ experiment_ids, view_type: 'DELETED_ONLY' })).datasets).toEqual([]);
  });

  test('of 3,000 metrics in two experiments are each told once', async () => {
    const [a, b] = [await api.createExperiment('wide a'), await api.createExperiment('wide b')];
    await forEachAtOnce([a, b, b], async (experiment) => {
      const run_id = await api.createRun({ experiment_id: experiment });
      for (let i = 0; i < 3; i++) {
        const metrics = Array.from({ length: 1000 }, (_, k) => ({
          key: `m${i}_${k}`,
          value: k % 2 === 0 ? 1 : Math.random(),
          timestamp: 1,
        }));
        await api.post('runs/log-batch', { run_id, metrics });
      }
    });
    const found = await columns({ experiment_ids: [a, b], max_results: 5000 });
    expect(new Set(found.metrics.map(({ key }) => key)).size).toBe(3000);
    expect([found.metrics.length, found.metrics_total]).toEqual([3000, 3000]);
    const varying = found.metrics
      .filter(({ distinct }) => distinct > 1)
      .map(({ key }) => Number(key.split('_')[1]) % 2);
    expect([varying.length, varying.every((odd) => odd === 1)]).toEqual([1500, true]);
  });
});

describe('a spread', () => {
  let experiment_ids: string[];

  beforeAll(async () => {
    experiment_ids = [await api.createExperiment('spread')];
    const values = [0, 0, 1, 2, 4, 24, 'NaN', 'Infinity', undefined];
    for (const [i, m] of values.entries()) {
      await add(experiment_ids[0]!, {
        metrics: { same: 3, ...(m === undefined ? {} : { m }) },
        params: { number: ['1e-3', '.5', '10', 'nan'][i % 4]!, text: i === 0 ? '1' : 'x' },
        tags: { team: i < 6 ? 'a' : 'b' },
      });
    }
  });

  test('of a metric has bins of equal width', async () => {
    const found = await spread({ experiment_ids, column: 'metrics.m' });
    expect(found).toMatchObject({ kind: 'number', count: 8, missing: 1, nan: 2, min: 0, max: 24, values: [] });
    expect(found.bins).toHaveLength(24);
    expect(found.bins.map(({ count }) => count)).toEqual([2, 1, 1, 0, 1, ...new Array<number>(18).fill(0), 1]);
    expect([found.bins[0], found.bins[23]]).toEqual([
      { from: 0, to: 1, count: 2 },
      { from: 23, to: 24, count: 1 },
    ]);
  });

  test('of one value is one bin', async () => {
    const { bins } = await spread({ experiment_ids, column: 'metrics.same' });
    expect(bins).toEqual([{ from: 3, to: 3, count: 9 }]);
  });

  test('of params that look like numbers is one of numbers', async () => {
    const found = await spread({ experiment_ids, column: 'params.number' });
    expect(found).toMatchObject({ kind: 'number', count: 9, missing: 0, nan: 2, min: 0.001, max: 10, distinct: 3 });
  });

  test('of texts counts each, the most frequent first', async () => {
    const found = await spread({ experiment_ids, column: 'params.text' });
    expect(found).toEqual({
      kind: 'text',
      count: 9,
      missing: 0,
      distinct: 2,
      bins: [],
      values: [
        { value: 'x', count: 8 },
        { value: '1', count: 1 },
      ],
    });
  });

  test('is one of the runs that are searched for', async () => {
    const query = { experiment_ids, filter: "tags.team = 'a'" };
    expect(await spread({ ...query, column: 'metrics.m' })).toMatchObject({ count: 6, missing: 0, nan: 0 });
    const two = { ...query, filter: "tags.team = 'b' AND metrics.same = 3", text: 'b' };
    expect(await spread({ ...two, column: 'tags.team' })).toMatchObject({
      count: 3,
      values: [{ value: 'b', count: 3 }],
    });
  });

  test('of nothing is empty', async () => {
    const empty = { count: 0, bins: [], values: [], distinct: 0 };
    expect(await spread({ experiment_ids, column: 'metrics.none' })).toEqual({
      kind: 'number',
      missing: 9,
      nan: 0,
      ...empty,
    });
    expect(await spread({ experiment_ids, column: 'params.none' })).toEqual({ kind: 'text', missing: 9, ...empty });
    expect(await spread({ experiment_ids: ['987654'], column: 'attributes.status' })).toMatchObject({ missing: 0 });
  });

  test('of all doubles there are needs no greater number', async () => {
    const id = await api.createExperiment('great');
    for (const m of [-1.7e308, 0, 1.7e308]) await add(id, { metrics: { m } });
    const { bins } = await spread({ experiment_ids: [id], column: 'metrics.m' });
    expect(bins.map(({ count }) => count).filter((count) => count > 0)).toEqual([1, 1, 1]);
    expect(bins.every(({ from, to }) => Number.isFinite(from) && from < to)).toBeTrue();
  });

  test('with outliers has bins for the others, and the outermost reach to the ends', async () => {
    const id = await api.createExperiment('outliers');
    for (let m = 0; m <= 24; m++) await add(id, { metrics: { m } });
    for (const m of [-1e300, 1e300, 'NaN', 'Infinity']) await add(id, { metrics: { m } });
    const { bins, ...all } = await spread({ experiment_ids: [id], column: 'metrics.m' });
    expect(all).toMatchObject({ count: 29, nan: 2, min: -1e300, max: 1e300 });
    expect(bins.map(({ count }) => count)).toEqual([2, ...Array.from({ length: 22 }, () => 1), 3]);
    expect([bins[0], bins[1], bins[23]]).toEqual([
      { from: -1e300, to: 1, count: 2 },
      { from: 1, to: 2, count: 1 },
      { from: 23, to: 1e300, count: 3 },
    ]);
  });

  test('of something else is refused', async () => {
    const error = await views.refused('POST', 'runs/column', { experiment_ids, column: 'nope' });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

describe('groups', () => {
  let experiment_ids: string[];

  beforeAll(async () => {
    experiment_ids = [await api.createExperiment('groups')];
    for (const [model, team, m] of [
      ['a', 'team-1', 1],
      ['a', 'team-1', 3],
      ['a', 'team-1', 'NaN'],
      ['a', 'team-2', 5],
      ['b', 'team-1', 1e9],
      ['b', 'team-1', 1e9 + 2],
    ] as const) {
      await add(experiment_ids[0]!, { params: { model }, tags: { team }, metrics: { m } });
    }
    await add(experiment_ids[0]!, {});
  });

  test('are counted by values, with mean and spread of metrics', async () => {
    const found = await groups({ experiment_ids, by: ['params.model', 'tags.team'], metrics: ['m', 'none'] });
    const none = { key: 'none', count: 0, not_finite: 0 };
    expect(found).toEqual({
      total: 4,
      groups: [
        {
          values: ['a', 'team-1'],
          count: 3,
          metrics: [{ key: 'm', count: 2, not_finite: 1, mean: 2, std: Math.SQRT2, min: 1, max: 3 }, none],
        },
        {
          values: ['b', 'team-1'],
          count: 2,
          metrics: [
            { key: 'm', count: 2, not_finite: 0, mean: 1e9 + 1, std: Math.SQRT2, min: 1e9, max: 1e9 + 2 },
            none,
          ],
        },
        {
          values: ['a', 'team-2'],
          count: 1,
          metrics: [{ key: 'm', count: 1, not_finite: 0, mean: 5, std: 0, min: 5, max: 5 }, none],
        },
        { values: [null, null], count: 1, metrics: [{ key: 'm', count: 0, not_finite: 0 }, none] },
      ],
    });
  });

  test('have a spread whatever the size of their values', async () => {
    const experiment = await api.createExperiment('groups of great values');
    const values = {
      great: [1e200, 3e200, 5e200],
      opposite: [-1e308, 1e308, 0],
      small: [1e-200, 3e-200, 5e-200],
      growing: [1e-300, 1, 1e300],
      none: ['NaN', 'Infinity', '-Infinity'],
    };
    for (const i of [0, 1, 2]) {
      const metrics = Object.entries(values).map(([key, three]) => [key, three[i]!] as const);
      await add(experiment, { params: { group: 'one' }, metrics: Object.fromEntries(metrics) });
    }
    const [group] = (await groups({ experiment_ids: [experiment], by: ['params.group'], metrics: Object.keys(values) }))
      .groups;
    const spreads = Object.fromEntries((group?.metrics ?? []).map(({ key, ...spread }) => [key, spread]));
    const shares = (key: string, unit: number): unknown => {
      const { mean = NaN, std = NaN } = spreads[key] ?? {};
      return [mean, std].map((value) => Number((value / unit).toFixed(9)));
    };
    expect(shares('great', 1e200)).toEqual([3, 2]);
    expect(shares('opposite', 1e308)).toEqual([0, 1]);
    expect(shares('small', 1e-200)).toEqual([3, 2]);
    expect(shares('growing', 1e300)).toEqual([0.333333333, 0.577350269]);
    expect(spreads['none']).toEqual({ count: 0, not_finite: 3 });
  });

  test('are of the runs that are searched for', async () => {
    const query = { experiment_ids, filter: "params.model = 'a'", text: 'team-1', by: ['attributes.status'] };
    expect(await groups(query)).toEqual({ total: 1, groups: [{ values: ['RUNNING'], count: 3, metrics: [] }] });
    expect(await groups({ ...query, experiment_ids: [] })).toEqual({ total: 0, groups: [] });
  });

  test.each([
    [{ by: [] }],
    [{ by: ['nope'] }],
    [{ by: Array.from({ length: 11 }, (_, i) => `params.${i}`) }],
    [{ by: ['params.x'], metrics: Array.from({ length: 51 }, (_, i) => String(i)) }],
  ])('%j is refused', async (request) => {
    const error = await views.refused('POST', 'runs/groups', { experiment_ids, ...request });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});
