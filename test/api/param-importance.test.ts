/** Which params go with a metric, of runs that the real Python client logged and of runs of our own. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { cleanEnvironment } from '../support/start-server.ts';
import { testedServer } from '../support/tested-server.ts';
import { forEachAtOnce } from '../support/raw-request.ts';

const { api, views, url } = testedServer();

interface ParamImportance {
  readonly key: string;
  readonly kind: string;
  readonly runs: number;
  readonly distinct: number;
  readonly importance?: number;
  readonly significant?: boolean;
  readonly spearman?: number;
  readonly lowest?: string;
  readonly highest?: string;
}

interface Answer {
  readonly runs: number;
  readonly sampled_runs: number;
  readonly params_total: number;
  readonly explained?: number;
  readonly params: readonly ParamImportance[];
}

const importance = (request: Readonly<Record<string, unknown>>): Promise<Answer> =>
  views.post('runs/importance', request);
const paramOf = ({ params }: Answer, key: string): ParamImportance | undefined => params.find((one) => one.key === key);

describe('what the Python client logged', () => {
  let experiment_ids: string[];

  beforeAll(async () => {
    experiment_ids = [await python()];
  }, 120_000);

  test('is ranked by its effect, with its direction', async () => {
    const found = await importance({ experiment_ids, metric: 'loss' });
    expect(found).toMatchObject({ runs: 120, sampled_runs: 120, params_total: 6 });
    expect(found.params.slice(0, 2).map(({ key }) => key)).toEqual(['lr', 'optimizer']);
    expect(paramOf(found, 'lr')).toMatchObject({ kind: 'number', runs: 120 });
    expect(paramOf(found, 'lr')?.spearman).toBeGreaterThan(0.7);
    expect(paramOf(found, 'optimizer')).toMatchObject({ kind: 'category', lowest: 'adam', highest: 'sgd' });
    expect(paramOf(found, 'optimizer')?.spearman).toBeUndefined();
    expect(['lr', 'optimizer'].map((key) => paramOf(found, key)?.significant)).toEqual([true, true]);
    expect(paramOf(found, 'seed')?.significant).toBe(false);
    // A seed and a path of each run's own tell nothing; what is the same in all is not there.
    expect(paramOf(found, 'seed')?.importance).toBeLessThan(0.05);
    expect(paramOf(found, 'output')?.importance).toBe(0);
    expect(paramOf(found, 'batch')).toBeUndefined();
    expect(found.explained).toBeGreaterThan(0.7);
  });

  test('turns around with the metric', async () => {
    const found = await importance({ experiment_ids, metric: 'accuracy' });
    expect(paramOf(found, 'lr')?.spearman).toBeLessThan(-0.7);
    expect(paramOf(found, 'optimizer')).toMatchObject({ lowest: 'sgd', highest: 'adam' });
  });

  test('is that of the runs that are searched for, or of those that are named', async () => {
    const filter = "params.optimizer = 'adam'";
    const adam = await importance({ experiment_ids, metric: 'loss', filter });
    expect([adam.runs, paramOf(adam, 'optimizer')]).toEqual([60, undefined]);
    const runs = await api.searchAll({ experiment_ids, filter, max_results: 1000 });
    const run_ids = runs.slice(0, 15).map(({ info }) => info.run_id);
    expect((await importance({ experiment_ids, metric: 'loss', filter, run_ids })).runs).toBe(15);
    expect((await importance({ experiment_ids, metric: 'loss', text: 'run-00' })).runs).toBe(10);
    expect((await importance({ experiment_ids, metric: 'loss', view_type: 'DELETED_ONLY' })).runs).toBe(0);
  });

  test('gives the same answer each time', async () => {
    const request = { experiment_ids, metric: 'loss' };
    expect(await importance(request)).toEqual(await importance(request));
  });
});

describe('runs', () => {
  async function add(experiment_id: string, params: Readonly<Record<string, string>>, value?: number | string) {
    const run_id = await api.createRun({ experiment_id });
    await api.post('runs/log-batch', {
      run_id,
      params: Object.entries(params).map(([key, param]) => ({ key, value: param })),
      metrics: value === undefined ? [] : [{ key: 'm', value, timestamp: 1, step: 0 }],
    });
  }

  test('whose metric is no finite number, or that have none, do not count', async () => {
    const id = await api.createExperiment('not finite');
    const values = [...Array.from({ length: 12 }, (_, i) => i), 'NaN', 'Infinity', '-Infinity', undefined];
    await forEachAtOnce(values, (value) => add(id, { size: String(value ?? 99) }, value));
    const found = await importance({ experiment_ids: [id], metric: 'm' });
    expect([found.runs, paramOf(found, 'size')?.spearman]).toEqual([12, 1]);
  });

  test('that are few have a correlation, but no importance', async () => {
    const id = await api.createExperiment('few');
    for (const i of [1, 2, 3]) await add(id, { size: String(-i), kind: 'x' }, i);
    expect(await importance({ experiment_ids: [id], metric: 'm' })).toEqual({
      runs: 3,
      sampled_runs: 3,
      params_total: 2,
      // With three runs any order is chance.
      params: [{ key: 'size', kind: 'number', runs: 3, distinct: 3, spearman: -1, significant: false }],
    });
  });

  test('there may be none', async () => {
    const id = await api.createExperiment('nothing');
    const nothing = { runs: 0, sampled_runs: 0, params_total: 0, params: [] };
    expect(await importance({ experiment_ids: [id], metric: 'm' })).toEqual(nothing);
    expect(await importance({ experiment_ids: ['987654'], metric: 'm' })).toEqual(nothing);
  });

  test('need a metric to be ranked by', async () => {
    const error = await views.refused('POST', 'runs/importance', { experiment_ids: ['0'] });
    expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    const filter = await views.refused('POST', 'runs/importance', {
      experiment_ids: ['0'],
      metric: 'm',
      filter: 'x =',
    });
    expect([filter.status, filter.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
  });
});

/** 120 runs: the loss grows with the learning rate and is lower with adam. @returns the experiment's id */
async function python(): Promise<string> {
  const code = `
import math, random, mlflow
from mlflow.entities import Metric, Param
random.seed(3)
client = mlflow.MlflowClient()
experiment = client.create_experiment("client")
for i in range(120):
    lr, optimizer = 10 ** random.uniform(-5, -1), "adam" if i % 2 == 0 else "sgd"
    loss = math.log10(lr) + (1.5 if optimizer == "sgd" else 0) + random.gauss(0, 0.1)
    run = client.create_run(experiment, run_name=f"run-{i:03}").info.run_id
    params = {"lr": lr, "optimizer": optimizer, "seed": random.randrange(10**6), "batch": 32, "output": f"/out/{i}", "amp": i % 3 == 0}
    client.log_batch(run, metrics=[Metric("loss", loss, 1, 0), Metric("accuracy", -loss, 1, 0)],
                     params=[Param(key, str(value)) for key, value in params.items()])
print(experiment)
`;
  const child = Bun.spawn([join(import.meta.dir, '../../.venv/bin/python'), '-c', code], {
    cwd: '/tmp',
    env: { ...cleanEnvironment(), MLFLOW_TRACKING_URI: url() },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
    timeout: 110_000,
  });
  const [out, error, status] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (status !== 0) throw new Error(`python ended with ${status}:\n${error.slice(-3000)}`);
  return out.trim();
}
