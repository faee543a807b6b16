/** Lines for charts and what a list of metrics shows: thinned, but no peak and no gap is lost. */
import { describe, expect, test } from 'bun:test';
import { Random } from '../support/random.ts';
import { testedServer } from '../support/tested-server.ts';

const { api, views, url } = testedServer();

interface Line {
  readonly run_id: string;
  readonly key: string;
  readonly total: number;
  readonly sampled: boolean;
  readonly points: number;
  readonly first: number;
  readonly last: number;
  readonly x: readonly number[];
  readonly y: readonly (number | string)[];
  readonly s?: readonly number[];
  readonly t?: readonly number[];
}

interface Summary {
  readonly key: string;
  readonly last: number | string;
  readonly step: number;
  readonly timestamp: number;
  readonly min?: number;
  readonly max?: number;
  readonly count: number;
  readonly spark: readonly (number | string)[];
}

interface Point {
  readonly value: number | string;
  readonly timestamp: number;
  readonly step: number;
}

async function log(run_id: string, key: string, points: readonly Point[]): Promise<void> {
  for (let i = 0; i < points.length; i += 1000) {
    await api.post('runs/log-batch', { run_id, metrics: points.slice(i, i + 1000).map((p) => ({ key, ...p })) });
  }
}

async function lines(request: Readonly<Record<string, unknown>>): Promise<readonly Line[]> {
  return (await views.post<{ lines: readonly Line[] }>('metrics/series', request)).lines;
}

async function line(run_id: string, more: Readonly<Record<string, unknown>> = {}): Promise<Line> {
  const [first, ...others] = await lines({ run_ids: [run_id], metric_keys: ['m'], ...more });
  expect(others).toEqual([]);
  return first!;
}

describe('a line', () => {
  test('of few points comes whole, by step, each point once', async () => {
    const run_id = await api.createRun();
    const points = [
      { step: 3, timestamp: 30, value: 3 },
      { step: -1, timestamp: 50, value: 'NaN' },
      { step: 3, timestamp: 30, value: 3 },
      { step: 0, timestamp: 10, value: 'Infinity' },
      { step: 2, timestamp: 20, value: -0.5 },
      { step: 1, timestamp: 5, value: '-Infinity' },
    ];
    for (const point of points) await log(run_id, 'm', [point]);
    expect(await line(run_id, { steps: true, times: true })).toEqual({
      run_id,
      key: 'm',
      total: 5,
      sampled: false,
      points: 5,
      first: -1,
      last: 3,
      x: [-1, 0, 1, 2, 3],
      y: ['NaN', 'Infinity', '-Infinity', -0.5, 3],
      s: [-1, 0, 1, 2, 3],
      t: [50, 10, 5, 20, 30],
    });
    const byTime = await line(run_id, { x: 'time', steps: true });
    expect([byTime.x, byTime.y, byTime.s, byTime.t]).toEqual([
      [5, 10, 20, 30, 50],
      ['-Infinity', 'Infinity', -0.5, 3, 'NaN'],
      [1, 0, 2, 3, -1],
      undefined,
    ]);
  });

  test('of 20,000 points keeps its peaks at any zoom', async () => {
    const run_id = await api.createRun();
    const random = new Random();
    // Far enough from each other that no peak hides another one.
    const peaks = new Map(
      Array.from({ length: 5 }, (_, i) => [4000 * i + random.below(4000), i % 2 === 0 ? 50 + i : -50 - i]),
    );
    const gap = 10_000;
    const points = Array.from({ length: 20_000 }, (_, step) => ({
      step,
      timestamp: 1000 + step * 7,
      value: step === gap ? 'NaN' : (peaks.get(step) ?? Math.sin(step / 700)),
    }));
    peaks.delete(gap);
    await log(run_id, 'm', points);
    for (const zoom of [{}, { from: 5000, to: 15_000 }, { from: 9_990, to: 10_010 }, { from: 19_000 }, { to: 12.5 }]) {
      const { from = 0, to = 19_999 } = zoom;
      const inside = Math.floor(to) - from + 1;
      const shown = await line(run_id, { max_points: 200, ...zoom });
      expect([random.seed, shown.total, shown.sampled]).toEqual([random.seed, inside, inside > 200]);
      expect(shown.x.length).toBeLessThanOrEqual(200);
      expect([shown.x[0], shown.x.at(-1)]).toEqual([from, Math.floor(to)]);
      for (const [step, height] of peaks) {
        if (step >= from && step <= to) expect([step, shown.y[shown.x.indexOf(step)]]).toEqual([step, height]);
      }
      if (from <= gap && gap <= to) expect(shown.y[shown.x.indexOf(gap)]).toBe('NaN');
    }
    const byTime = await line(run_id, { x: 'time', max_points: 50, from: 1000 + 7 * 100, to: 1000 + 7 * 199 });
    expect([byTime.total, byTime.sampled, byTime.x[0], byTime.x.at(-1)]).toEqual([100, true, 1700, 2393]);
  }, 20_000);

  test('of a stretch comes with what is asked for around it, and with the size of the whole', async () => {
    const run_id = await api.createRun();
    const points = Array.from({ length: 1001 }, (_, step) => ({ step: step * 2, timestamp: 1, value: step }));
    await log(run_id, 'm', points);
    const stretch = { from: 1000, to: 1020 };
    expect(await line(run_id, stretch)).toMatchObject({ total: 11, points: 1001, first: 0, last: 2000 });
    const share = await line(run_id, { ...stretch, margin_share: 0.01 });
    expect([share.total, share.x.length, share.x[0], share.x.at(-1)]).toEqual([11, 31, 980, 1040]);
    const near = await line(run_id, { ...stretch, margin_points: 3 });
    expect([near.total, near.x[0], near.x.at(-1)]).toEqual([11, 994, 1026]);
    // What is around is thinned, the stretch is not.
    const wide = await line(run_id, { ...stretch, margin_share: 1, max_points: 20 });
    expect([wide.sampled, wide.x.filter((x) => x >= 1000 && x <= 1020).length]).toEqual([false, 11]);
    expect(wide.x.length).toBeLessThanOrEqual(3 * 20);
    expect((await line(run_id, { from: 3000, margin_share: 0.6 })).x[0]).toBe(1800);
  });

  test('is counted from the start of its run, or from its first point', async () => {
    const points = [5000, 2000, 9000].map((timestamp, step) => ({ step, timestamp, value: step }));
    const [known, unknown] = [await api.createRun({ start_time: 1500 }), await api.createRun({ start_time: 0 })];
    for (const run_id of [known, unknown]) await log(run_id, 'm', points);
    const since = await line(known, { x: 'relative', steps: true });
    expect([since.x, since.s]).toEqual([
      [500, 3500, 7500],
      [1, 0, 2],
    ]);
    expect((await line(known, { x: 'relative', from: 600, to: 7500 })).x).toEqual([3500, 7500]);
    expect((await line(unknown, { x: 'relative', from: 1 })).x).toEqual([3000, 7000]);
    const far = await api.createRun({ start_time: 2 ** 62 });
    await log(far, 'm', [{ step: 0, timestamp: 5, value: 1 }]);
    expect((await line(far, { x: 'relative' })).x).toEqual([-(2 ** 62)]);
  });

  test('outside of the range has no points', async () => {
    const run_id = await api.createRun();
    await log(run_id, 'm', [{ step: 1, timestamp: 1, value: 1 }]);
    expect(await line(run_id, { from: 2 })).toMatchObject({ total: 0, sampled: false, x: [], y: [] });
    expect(await line(run_id, { from: 3, to: 2 })).toMatchObject({ total: 0 });
  });

  test('of points that arrived one by one and in batches is one line', async () => {
    const run_id = await api.createRun();
    for (let step = 0; step < 150; step++) {
      const metrics = ['m', 'n'].map((key) => ({ key, step, timestamp: step, value: step * 2 }));
      await api.post('runs/log-batch', { run_id, metrics });
    }
    const both = await lines({ run_ids: [run_id], metric_keys: ['n', 'm'] });
    expect(both.map(({ key, total, y }) => [key, total, y[149]])).toEqual([
      ['m', 150, 298],
      ['n', 150, 298],
    ]);
  });

  test('there is one for each run and key that has points, in the order of the runs', async () => {
    const [a, b, c] = [await api.createRun(), await api.createRun(), await api.createRun()];
    const names = ['x/y z', '__proto__', 'ü'];
    for (const name of names) for (const id of [a, b]) await log(id, name, [{ step: 1, timestamp: 1, value: 1 }]);
    const found = await lines({ run_ids: [b, c, a, 'no such run', b], metric_keys: [...names, 'none'] });
    expect(found.map(({ run_id, key }) => [run_id, key])).toEqual([
      ...names.toSorted().map((name) => [b, name]),
      ...names.toSorted().map((name) => [a, name]),
    ]);
    expect(await lines({ run_ids: [], metric_keys: names })).toEqual([]);
    expect(await lines({ run_ids: [a], metric_keys: [] })).toEqual([]);
  });

  test.each([
    [{ run_ids: Array.from({ length: 1001 }, (_, i) => String(i)) }, "'run_ids'"],
    [{ metric_keys: Array.from({ length: 51 }, (_, i) => String(i)) }, "'metric_keys'"],
    [{ max_points: 0 }, "'max_points'"],
    [{ from: 'x' }, "'from'"],
  ])('%j is refused', async (request, name) => {
    const error = await views.refused('POST', 'metrics/series', { run_ids: ['a'], metric_keys: ['m'], ...request });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(error.message).toContain(name);
  });
});

describe('summaries', () => {
  test('tell the last point, the extremes, the count and a short line', async () => {
    const run_id = await api.createRun();
    const points = Array.from({ length: 500 }, (_, step) => ({
      step,
      timestamp: step + 5,
      value: step === 250 ? 9.123456789 : 1 / 3,
    }));
    await log(run_id, 'm', points);
    await log(run_id, 'nan', [{ step: 7, timestamp: 1, value: 'NaN' }]);
    await log(run_id, 'mixed', [
      { step: 1, timestamp: 1, value: 2 },
      { step: 2, timestamp: 1, value: 'Infinity' },
    ]);
    const keys = ['nan', 'none', 'm', 'mixed', 'm'];
    const { summaries } = await views.post<{ summaries: readonly Summary[] }>('metrics/summaries', { run_id, keys });
    expect(summaries.map(({ key }) => key)).toEqual(['nan', 'm', 'mixed']);
    const [nan, m, mixed] = summaries;
    expect(nan).toEqual({ key: 'nan', last: 'NaN', step: 7, timestamp: 1, count: 1, spark: ['NaN'] });
    expect(m).toMatchObject({ last: 1 / 3, step: 499, timestamp: 504, min: 1 / 3, max: 9.123456789, count: 500 });
    expect(m!.spark.length).toBeLessThanOrEqual(60);
    expect([m!.spark[0], m!.spark.includes(9.12346)]).toEqual([0.333333, true]);
    expect(mixed).toMatchObject({ last: 'Infinity', min: 2, max: 2, count: 2, spark: [2, 'Infinity'] });
  });

  test('of a run that does not exist, or of too many metrics, are refused', async () => {
    const missing = await views.refused('POST', 'metrics/summaries', { run_id: 'no such', keys: ['m'] });
    expect([missing.status, missing.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    const keys = Array.from({ length: 201 }, (_, i) => String(i));
    expect((await views.refused('POST', 'metrics/summaries', { run_id: await api.createRun(), keys })).status).toBe(
      400,
    );
  });
});

test('metrics with more than one point are told from single values, folded or not', async () => {
  const run_id = await api.createRun({ experiment_id: '0' });
  const point = (key: string, step: number): object => ({ key, value: step, step, timestamp: step });
  await api.post('runs/log-batch', { run_id, metrics: [point('once', 0), point('batch', 0), point('batch', 1)] });
  await api.post('runs/log-metric', { run_id, ...point('later', 0) });
  const linesNow = async (): Promise<string[]> =>
    (await views.get<{ keys: string[] }>(`runs/lines?run_id=${run_id}`)).keys.toSorted();
  expect(await linesNow()).toEqual(['batch']);
  // So many requests that what they brought is folded.
  for (let step = 1; step < 140; step++) await api.post('runs/log-metric', { run_id, ...point('later', step) });
  expect(await linesNow()).toEqual(['batch', 'later']);
  expect(await linesNow()).not.toContain('once');
});

test('lines of a run that is not there, or has no metrics', async () => {
  const empty = await api.createRun({ experiment_id: '0' });
  expect(await views.get<object>(`runs/lines?run_id=${empty}`)).toEqual({ keys: [] });
  const missing = await views.refused('GET', 'runs/lines?run_id=nope');
  expect([missing.status, missing.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
});

test('many points come compressed to who takes that, a short answer and those of MLflow’s own calls as they are', async () => {
  const run_id = await api.createRun({ experiment_id: '0' });
  await log(
    run_id,
    'm',
    Array.from({ length: 20_000 }, (_, step) => ({ value: Math.sin(step), timestamp: step, step })),
  );
  const ask = (path: string, request: object | undefined, coding: string): Promise<Response> =>
    fetch(`${url()}${path}`, {
      ...(request && { method: 'POST', body: JSON.stringify(request) }),
      headers: { 'accept-encoding': coding, 'content-type': 'application/json' },
      decompress: false,
    });
  const series = '/ajax-api/2.0/modelyard/metrics/series';
  const all = { run_ids: [run_id], metric_keys: ['m'], max_points: 20_000 };
  const packed = await ask(series, all, 'gzip, deflate, br');
  const plain = await ask(series, all, 'identity');
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(packed.headers.get('vary')).toBe('Origin, Accept-Encoding');
  const text = await plain.text();
  expect(Number(packed.headers.get('content-length'))).toBeLessThan(text.length * 0.6);
  expect(new TextDecoder().decode(Bun.gunzipSync(await packed.arrayBuffer()))).toBe(text);
  expect((await ask(series, { ...all, max_points: 100 }, 'gzip')).headers.get('content-encoding')).toBeNull();
  const history = `/api/2.0/mlflow/metrics/get-history?run_id=${run_id}&metric_key=m`;
  const theirs = await ask(history, undefined, 'gzip');
  expect([theirs.headers.get('content-encoding'), theirs.headers.get('vary')]).toEqual([null, 'Origin']);
});
