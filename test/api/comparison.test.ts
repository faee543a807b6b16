/** Runs side by side: one row for each key that some of them has, each text once. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { forEachAtOnce } from '../support/raw-request.ts';
import { testedServer } from '../support/tested-server.ts';

interface Row<Value> {
  readonly key: string;
  readonly values: readonly (Value | null)[];
}

interface Comparison {
  readonly runs: readonly {
    readonly run_id: string;
    readonly run_name: string;
    readonly experiment_id: string;
    readonly experiment_name: string;
    readonly status: string;
    readonly user_id?: string;
    readonly start_time: number;
    readonly end_time?: number;
    readonly lifecycle_stage: string;
  }[];
  readonly texts: readonly string[];
  readonly cut?: boolean;
  readonly params: readonly Row<number>[];
  readonly tags: readonly Row<number>[];
  readonly metrics: readonly Row<number | string>[];
  readonly lines: readonly string[];
  readonly datasets: readonly { run: number; name: string; digest: string; schema?: string; context?: string }[];
  readonly models: readonly { run: number; model_id: string; name: string; model_type?: string; direction: string }[];
}

const { api, views } = testedServer();

const compare = (run_ids: readonly string[]): Promise<Comparison> => views.post('runs/compare', { run_ids });
const textsOf = ({ texts }: Comparison, row: Row<number> | undefined): (string | null)[] | undefined =>
  row?.values.map((place) => (place === null ? null : (texts[place] ?? '?')));

let [first, second, other] = ['', '', ''];
let model = '';

beforeAll(async () => {
  const elsewhere = await api.createExperiment('elsewhere');
  first = await api.createRun({ run_name: 'one', user_id: 'ada', start_time: 1000 });
  second = await api.createRun({ run_name: 'two', start_time: 2000 });
  other = await api.createRun({ run_name: 'three', experiment_id: elsewhere, start_time: 3000 });
  const params = (lr: string, more: object[] = []) => [{ key: 'lr', value: lr }, { key: 'same', value: 'x' }, ...more];
  const metric = (key: string, value: number | string, step = 0) => ({ key, value, timestamp: 1, step });
  await api.post('runs/log-batch', {
    run_id: first,
    params: params('0.1'),
    metrics: [metric('acc', 0.5), metric('loss', 3), metric('loss', 2, 1)],
    tags: [{ key: 'mlflow.source.git.commit', value: 'abc' }],
  });
  await api.post('runs/log-batch', {
    run_id: second,
    params: params('0.2', [{ key: 'only', value: 'here' }]),
    metrics: [metric('acc', 'NaN'), metric('loss', 1)],
  });
  await api.post('runs/log-batch', { run_id: other, params: params('0.1'), metrics: [metric('acc', 'Infinity')] });
  const input = (digest: string, schema: string, context: string) => ({
    tags: [{ key: 'mlflow.data.context', value: context }],
    dataset: { name: 'wine', digest, source_type: 'local', source: '{}', schema },
  });
  await api.post('runs/log-inputs', { run_id: first, datasets: [input('d1', '{"a": 1}', 'training')] });
  await api.post('runs/log-inputs', { run_id: other, datasets: [input('d2', '{"a": 2}', 'eval')] });
  const made = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: '0',
    name: 'net',
    model_type: 'sklearn',
    source_run_id: first,
  });
  model = made.model.info.model_id;
  await api.post('runs/outputs', { run_id: first, models: [{ model_id: model, step: 0 }] });
  await api.post('runs/log-inputs', { run_id: second, models: [{ model_id: model }] });
}, 30_000);

describe('a comparison', () => {
  test('has the runs in the order asked for, from any experiment, each once', async () => {
    const { runs } = await compare([other, first, other, second]);
    expect(runs.map(({ run_name }) => run_name)).toEqual(['three', 'one', 'two']);
    expect(runs[0]).toMatchObject({ run_id: other, experiment_name: 'elsewhere', status: 'RUNNING' });
    expect(runs[1]).toMatchObject({ experiment_id: '0', experiment_name: 'Default', user_id: 'ada', start_time: 1000 });
    expect(runs[0]?.end_time).toBeUndefined();
  });

  test('has a row for each key that some run has, with each text once', async () => {
    const answer = await compare([first, second, other]);
    const { params, texts } = answer;
    expect(params.map(({ key }) => key)).toEqual(['lr', 'only', 'same']);
    expect(textsOf(answer, params[0])).toEqual(['0.1', '0.2', '0.1']);
    expect(textsOf(answer, params[1])).toEqual([null, 'here', null]);
    expect(new Set(texts).size).toBe(texts.length);
    const commit = answer.tags.find(({ key }) => key === 'mlflow.source.git.commit');
    expect(textsOf(answer, commit)).toEqual(['abc', null, null]);
    expect(answer.cut).toBeUndefined();
  });

  test('has the last value of each metric, also what is no number, and says which are lines', async () => {
    const { metrics, lines } = await compare([first, second, other]);
    expect(metrics).toEqual([
      { key: 'acc', values: [0.5, 'NaN', 'Infinity'] },
      { key: 'loss', values: [2, 1, null] },
    ]);
    expect(lines).toEqual(['loss']);
    expect((await compare([second, other])).lines).toEqual([]);
  });

  test('a value that is logged again for a model is no line, nor one that a retry sent again', async () => {
    const experiment = await api.createExperiment('final values');
    const run_id = await api.createRun({ experiment_id: experiment });
    const point = (key: string, step = 0) => ({ key, value: 0.8, timestamp: 1_700_000_000_000, step });
    for (const key of ['test_acc', 'test_f1', 'nothing']) await api.post('runs/log-metric', { run_id, ...point(key) });
    for (const step of [0, 1]) await api.post('runs/log-metric', { run_id, ...point('loss', step) });
    // What the Python client does after log_model: the run's latest metrics once more, with the id of the model.
    const ofModel = ['test_acc', 'test_f1', 'nothing'].map((key) => point(key)).concat(point('loss', 1));
    const dataset = { dataset_name: 'test', dataset_digest: 'abc' };
    await api.post('runs/log-batch', {
      run_id,
      metrics: ofModel.map((metric) => ({ ...metric, model_id: model, ...dataset })),
    });
    // Enough requests that points are laid together by key, and enough points for several such chunks.
    const again = { run_id, metrics: Array.from({ length: 5 }, () => point('test_f1')) };
    await forEachAtOnce(Array.from({ length: 140 }), () => api.post('runs/log-batch', again));
    const told = async (): Promise<readonly (readonly string[])[]> => {
      const { keys } = await views.get<{ keys: readonly string[] }>(`runs/lines?run_id=${run_id}`);
      const { metrics } = await views.post<{ metrics: readonly { key: string; line?: boolean }[] }>('runs/table', {
        experiment_ids: [experiment],
        with_metrics: true,
      });
      const lines = metrics.flatMap(({ key, line = false }) => (line ? [key] : []));
      return [(await compare([run_id, second])).lines, lines.toSorted(), keys.toSorted()];
    };
    expect(await told()).toEqual([['loss'], ['loss'], ['loss']]);
    await api.post('runs/log-metric', { run_id, ...point('test_f1'), value: 0.9 });
    await api.post('runs/log-metric', { run_id, ...point('test_acc', 7) });
    const three = ['loss', 'test_acc', 'test_f1'];
    expect(await told()).toEqual([three, three, three]);
  });

  test('has datasets with digest, schema and use, and the models that runs made or read', async () => {
    const { datasets, models } = await compare([first, second, other]);
    expect(datasets).toEqual([
      {
        run: 0,
        name: 'wine',
        digest: 'd1',
        source_type: 'local',
        source: '{}',
        schema: '{"a": 1}',
        context: 'training',
      },
      { run: 2, name: 'wine', digest: 'd2', source_type: 'local', source: '{}', schema: '{"a": 2}', context: 'eval' },
    ] as never);
    expect(models.map(({ run, model_id, direction }) => [run, model_id, direction])).toEqual([
      [0, model, 'output'],
      [1, model, 'input'],
    ]);
    expect(models[0]).toMatchObject({ name: 'net', model_type: 'sklearn' });
  });

  test('leaves out what is not there, and keeps deleted runs, which say so', async () => {
    const gone = await api.createRun({ run_name: 'gone' });
    await api.post('runs/delete', { run_id: gone });
    const { runs, params } = await compare(['no-such-run', gone, first]);
    expect(runs.map(({ run_id, lifecycle_stage }) => [run_id, lifecycle_stage])).toEqual([
      [gone, 'deleted'],
      [first, 'active'],
    ]);
    expect(params[0]?.values[0]).toBeNull();
    expect((await compare(['no-such-run'])).runs).toEqual([]);
  });

  test('refuses none, and more than 100', async () => {
    expect((await views.refused('POST', 'runs/compare', {})).error_code).toBe('INVALID_PARAMETER_VALUE');
    const many = Array.from({ length: 101 }, (_, i) => `run-${i}`);
    const { status, message } = await views.refused('POST', 'runs/compare', { run_ids: many });
    expect(status).toBe(400);
    expect(message).toContain('at most 100 runs');
  });

  test('of long texts that are too many cuts those that come last, and says so', async () => {
    const long = (run: number, key: number): string => `${run} ${key} `.padEnd(6000, 'x');
    const runs: string[] = [];
    for (let run = 0; run < 14; run++) {
      const run_id = await api.createRun();
      const params = Array.from({ length: 100 }, (_, key) => ({ key: `p${key}`, value: long(run, key) }));
      await api.post('runs/log-batch', { run_id, params });
      runs.push(run_id);
    }
    const answer = await compare(runs);
    expect(answer.cut).toBe(true);
    expect(answer.texts.reduce((sum, text) => sum + text.length, 0)).toBeLessThan(9_000_000);
    // What was cut is still told apart.
    expect(new Set(answer.params.flatMap(({ values }) => values)).size).toBe(1400);
  });
});

test('a hundred runs are compared in less than a second', async () => {
  const runs: string[] = [];
  for (let i = 0; i < 100; i++) {
    const run_id = await api.createRun({ run_name: `r${i}` });
    const numbers = Array.from({ length: 50 }, (_, k) => k);
    await api.post('runs/log-batch', {
      run_id,
      params: numbers.map((k) => ({ key: `p${k}`, value: String((i * k) % 7) })),
      metrics: numbers.map((k) => ({ key: `m${k}`, value: i * k, timestamp: 1, step: 0 })),
    });
    runs.push(run_id);
  }
  await compare(runs);
  const start = performance.now();
  const { params, metrics } = await compare(runs);
  expect(performance.now() - start).toBeLessThan(1000);
  expect([params.length, metrics.length]).toEqual([50, 50]);
  expect(metrics.every(({ values }) => values.every((value) => value !== null))).toBe(true);
}, 60_000);
