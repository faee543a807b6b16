/** The low-level client against both servers: what is sent is understood, what is answered is typed. */
import { beforeAll, describe, expect, test } from 'bun:test';
import {
  Client,
  InvalidParameterValueError,
  ResourceAlreadyExistsError,
  ResourceDoesNotExistError,
} from '../../src/sdk/index.ts';
import { kinds, serverOf } from './support/servers.ts';

const unique = (name: string): string => `${name}-${crypto.randomUUID().slice(0, 8)}`;

describe.each(kinds)('%s', (kind) => {
  let client: Client;
  let experiment: string;

  beforeAll(async () => {
    client = new Client({ trackingUri: await serverOf(kind) });
    experiment =
      (await client.createExperiment({ name: unique('client'), tags: [{ key: 'team', value: 'a' }] })).experiment_id ??
      '';
  }, 300_000);

  async function newRun(name?: string): Promise<string> {
    const { run } = await client.createRun({ experiment_id: experiment, run_name: name, start_time: Date.now() });
    return run?.info?.run_id ?? '';
  }

  test('an experiment is made, found, renamed, deleted and restored', async () => {
    const name = unique('life');
    const { experiment_id = '' } = await client.createExperiment({ name });
    expect((await client.getExperimentByName({ experiment_name: name })).experiment?.experiment_id).toBe(experiment_id);
    await client.updateExperiment({ experiment_id, new_name: `${name}-2` });
    await client.setExperimentTag({ experiment_id, key: 'k', value: 'v' });
    const { experiment: changed } = await client.getExperiment({ experiment_id });
    expect(changed?.name).toBe(`${name}-2`);
    expect(changed?.tags).toContainEqual({ key: 'k', value: 'v' });
    await client.deleteExperiment({ experiment_id });
    expect((await client.getExperiment({ experiment_id })).experiment?.lifecycle_stage).toBe('deleted');
    await client.restoreExperiment({ experiment_id });
    expect((await client.getExperiment({ experiment_id })).experiment?.lifecycle_stage).toBe('active');
  });

  test('metrics keep NaN, infinities and steps beyond 2^53', async () => {
    const run_id = await newRun();
    const values = [Number.NaN, Number.POSITIVE_INFINITY, -1.5];
    const step = 2n ** 60n + 1n;
    await client.logBatch({
      run_id,
      metrics: values.map((value, index) => ({ key: `m${index}`, value, timestamp: 1_700_000_000_000 + index, step })),
    });
    const { run } = await client.getRun({ run_id });
    const found = new Map(run?.data?.metrics.map((metric) => [metric.key, metric]));
    expect(found.get('m0')?.value).toBeNaN();
    expect(found.get('m1')?.value).toBeGreaterThan(1e300);
    expect(found.get('m2')).toMatchObject({ value: -1.5, timestamp: 1_700_000_000_002, step });
  });

  test('lists of an answer are there even when they are empty', async () => {
    const run_id = await newRun('empty');
    const { run } = await client.getRun({ run_id });
    expect(run?.data?.params).toEqual([]);
    expect((await client.searchRuns({ experiment_ids: [experiment], filter: "params.none = 'x'" })).runs).toEqual([]);
  });

  test('each walks through all pages', async () => {
    const { experiment_id = '' } = await client.createExperiment({ name: unique('pages') });
    for (let index = 0; index < 7; index++)
      await client.createRun({ experiment_id, run_name: `run-${index}`, start_time: index });
    const names: string[] = [];
    for await (const { info } of client.each('searchRuns', { experiment_ids: [experiment_id], max_results: 3 })) {
      names.push(info?.run_name ?? '');
    }
    expect(names).toEqual(['run-6', 'run-5', 'run-4', 'run-3', 'run-2', 'run-1', 'run-0']);
  });

  test('errors are classes with the error_code, the status and the words of the server', async () => {
    const missing = client.getRun({ run_id: 'f'.repeat(32) });
    expect(missing).rejects.toBeInstanceOf(ResourceDoesNotExistError);
    expect(missing).rejects.toMatchObject({ errorCode: 'RESOURCE_DOES_NOT_EXIST', status: 404 });
    const wrong = client.searchRuns({ experiment_ids: [experiment], filter: 'nonsense !!' });
    expect(wrong).rejects.toBeInstanceOf(InvalidParameterValueError);
    const name = unique('twice');
    await client.createExperiment({ name });
    expect(client.createExperiment({ name })).rejects.toBeInstanceOf(ResourceAlreadyExistsError);
    await missing.catch(() => undefined);
    await wrong.catch(() => undefined);
  });

  test('params, tags, inputs and outputs of a run', async () => {
    const run_id = await newRun('all');
    await client.logParam({ run_id, key: 'rate', value: '0.1' });
    await client.setTag({ run_id, key: 'kind', value: 'a' });
    await client.setTag({ run_id, key: 'gone', value: 'b' });
    await client.deleteTag({ run_id, key: 'gone' });
    const dataset = { name: 'iris', digest: 'abc', source_type: 'local', source: '{"uri":"iris.csv"}' };
    await client.logInputs({ run_id, datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'train' }] }] });
    const { run } = await client.getRun({ run_id });
    expect(run?.data?.params).toEqual([{ key: 'rate', value: '0.1' }]);
    expect(run?.data?.tags.map(({ key }) => key)).toContain('kind');
    expect(run?.data?.tags.map(({ key }) => key)).not.toContain('gone');
    expect(run?.inputs?.dataset_inputs[0]?.dataset).toMatchObject(dataset);
  });

  test('a metric’s history comes in pages', async () => {
    const run_id = await newRun();
    const points = Array.from({ length: 250 }, (_, step) => ({
      key: 'loss',
      value: step / 7,
      timestamp: 1000 + step,
      step,
    }));
    await client.logBatch({ run_id, metrics: points });
    const steps: unknown[] = [];
    for await (const { step } of client.each('getMetricHistory', { run_id, metric_key: 'loss', max_results: 100 }))
      steps.push(step);
    expect(steps).toEqual(points.map(({ step }) => step));
  });

  test('the registry: versions, aliases, stages, tags, search', async () => {
    const name = unique('model');
    await client.createRegisteredModel({ name, tags: [{ key: 'a', value: 'b' }] });
    const { run } = await client.getRun({ run_id: await newRun() });
    const from = { source: `${run?.info?.artifact_uri}/m`, run_id: run?.info?.run_id };
    const { model_version } = await client.createModelVersion({ name, ...from, description: 'first' });
    expect(model_version).toMatchObject({ version: '1', description: 'first' });
    await client.createModelVersion({ name, ...from });
    await client.setRegisteredModelAlias({ name, alias: 'champion', version: '1' });
    expect((await client.getModelVersionByAlias({ name, alias: 'champion' })).model_version?.version).toBe('1');
    await client.transitionModelVersionStage({ name, version: '2', stage: 'Production' });
    expect(
      (await client.getLatestVersions({ name, stages: ['Production'] })).model_versions.map((one) => one.version),
    ).toEqual(['2']);
    await client.setModelVersionTag({ name, version: '2', key: 'q', value: '1' });
    const found = await client.searchModelVersions({ filter: `name = '${name}'` });
    expect(new Set(found.model_versions.map(({ version }) => version))).toEqual(new Set(['1', '2']));
    await client.deleteModelVersion({ name, version: '2' });
    await client.deleteRegisteredModel({ name });
    expect(client.getRegisteredModel({ name })).rejects.toBeInstanceOf(ResourceDoesNotExistError);
  });

  test('logged models', async () => {
    const run_id = await newRun();
    const { model } = await client.createLoggedModel({ experiment_id: experiment, name: 'm', source_run_id: run_id });
    const model_id = model?.info?.model_id ?? '';
    await client.setLoggedModelTags({ model_id, tags: [{ key: 'k', value: 'v' }] });
    await client.finalizeLoggedModel({ model_id, status: 'LOGGED_MODEL_READY' });
    expect((await client.getLoggedModel({ model_id })).model?.info?.status).toBe('LOGGED_MODEL_READY');
    const { models } = await client.searchLoggedModels({ experiment_ids: [experiment] });
    expect(models.map((one) => one.info?.model_id)).toContain(model_id);
  });
});
