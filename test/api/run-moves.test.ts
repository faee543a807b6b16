/** Moving runs to another experiment: everything that is kept by experiment goes along, or nothing at all. */
import { describe, expect, test } from 'bun:test';
import { Api, type KeyValue, type Run, type RunPage } from '../support/api.ts';
import { testedServer } from '../support/tested-server.ts';

interface Moved {
  readonly moved: readonly { readonly experiment_id: string; readonly run_ids: readonly string[] }[];
}

const { api, views, url } = testedServer();

let made = 0;
const experiment = (): Promise<string> => api.createExperiment(`move ${made++}`);
const move = (run_ids: readonly string[], experiment_id: string, more: object = {}): Promise<Moved> =>
  views.post('runs/move', { run_ids, experiment_id, ...more });
const homeOf = async (id: string): Promise<string> => (await api.run(id)).info.experiment_id;

async function trial(experiment_id: string, loss: number | string, tags: readonly KeyValue[] = []): Promise<string> {
  const run_id = await api.createRun({ experiment_id, run_name: `loss ${loss}`, start_time: 1, tags });
  await api.post('runs/log-batch', {
    run_id,
    metrics: [{ key: 'loss', value: loss, timestamp: 1, step: 0 }],
    params: [{ key: 'lr', value: '0.1' }],
  });
  return run_id;
}

const childOf = (parent: string): KeyValue[] => [{ key: 'mlflow.parentRunId', value: parent }];

async function found(experiment_id: string, filter = '', order_by = ['metrics.loss ASC']): Promise<string[]> {
  const question = { experiment_ids: [experiment_id], filter, order_by };
  return ((await api.post<RunPage>('runs/search', question)).runs ?? []).map(({ info }) => info.run_id);
}

async function withDataset(run_id: string, name: string, digest: string, source: string): Promise<void> {
  const dataset = { name, digest, source_type: 'local', source };
  const tags = [{ key: 'mlflow.data.context', value: 'training' }];
  await api.post('runs/log-inputs', { run_id, datasets: [{ dataset, tags }] });
}

async function datasetsOf(experiment_id: string): Promise<string[]> {
  const { dataset_summaries = [] } = await new Api({ url: url() }, '/ajax-api/2.0/mlflow').post<{
    dataset_summaries?: { name: string; digest: string }[];
  }>('experiments/search-datasets', { experiment_ids: [experiment_id] });
  return dataset_summaries.map(({ name, digest }) => `${name} ${digest}`);
}

describe('what goes along', () => {
  test('searches by metric find the run in the target, in its order, and no more where it was', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const [low, middle, high] = [await trial(to, 1), await trial(from, 2), await trial(to, 3)];
    const nan = await trial(from, 'NaN');
    const stays = await trial(from, 5);
    expect(await move([middle, nan], to)).toEqual({ moved: [{ experiment_id: from, run_ids: [middle, nan] }] });
    expect(await found(to)).toEqual([low, middle, high, nan]);
    expect(await found(to, 'metrics.loss > 1.5')).toEqual([middle, high]);
    expect(await found(to, 'metrics.loss > 1.5', ['metrics.loss DESC'])).toEqual([high, middle]);
    expect(await found(from)).toEqual([stays]);
    const table = { experiment_ids: [to], order_by: ['metrics.loss DESC'], columns: [{ name: 'metrics.loss' }] };
    const { rows } = await views.post<{ rows: { run_id: string; cells: unknown[] }[] }>('runs/table', table);
    expect(rows.map(({ cells }) => cells[0])).toEqual([3, 2, 1, 'NaN']);
    // Points and tags that come later land where the run is now.
    await api.post('runs/log-metric', { run_id: middle, key: 'loss', value: 9, timestamp: 2, step: 1 });
    expect(await found(to, 'metrics.loss > 8')).toEqual([middle]);
    expect(await api.history(middle, 'loss')).toHaveLength(2);
  });

  test('datasets belong to the target, one that it knows is not doubled, and those that nothing uses go', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const [run, other] = [await trial(from, 1), await trial(from, 2)];
    const known = await trial(to, 3);
    await withDataset(run, 'cats', 'c1', '/own/cats');
    await withDataset(run, 'dogs', 'd1', '/own/dogs');
    await withDataset(other, 'dogs', 'd1', '/own/dogs');
    await withDataset(known, 'cats', 'c1', '/known/cats');
    await move([run], to);
    expect(await datasetsOf(to)).toEqual(['cats c1', 'dogs d1']);
    expect(await datasetsOf(from)).toEqual(['dogs d1']);
    expect((await found(to, "dataset.name = 'dogs'")).join()).toBe(run);
    expect((await found(to, "dataset.name = 'cats'")).toSorted()).toEqual([run, known].toSorted());
    const { inputs } = (await api.run(run)) as Run & {
      inputs: { dataset_inputs: { dataset: { name: string }; tags: KeyValue[] }[] };
    };
    expect(inputs.dataset_inputs.map(({ dataset }) => dataset.name)).toEqual(['cats', 'dogs']);
    expect(inputs.dataset_inputs[0]?.tags).toEqual([{ key: 'mlflow.data.context', value: 'training' }]);
    const columns = (id: string) =>
      views.post<{ datasets: { name: string }[] }>('runs/columns', { experiment_ids: [id] });
    expect((await columns(from)).datasets.map(({ name }) => name)).toEqual(['dogs']);
    await move([run], from);
    expect(await datasetsOf(from)).toEqual(['cats c1', 'dogs d1']);
  });

  test('logged models of the run go along, those of other runs stay', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const [run, other] = [await trial(from, 1), await trial(from, 2)];
    for (const source_run_id of [run, other])
      await api.post('logged-models', { experiment_id: from, name: 'net', source_run_id });
    await move([run], to);
    const modelsIn = async (id: string): Promise<string[]> => {
      const page = await api.post<{ models?: { info: { source_run_id: string } }[] }>('logged-models/search', {
        experiment_ids: [id],
      });
      return (page.models ?? []).map(({ info }) => info.source_run_id);
    };
    expect(await modelsIn(to)).toEqual([run]);
    expect(await modelsIn(from)).toEqual([other]);
  });

  test('artifacts stay where they lie, and are listed, read and added to as before', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const run = await trial(from, 1);
    const { artifact_uri } = (await api.run(run)).info;
    const folder = artifact_uri.replace(/^mlflow-artifacts:\//, '');
    const proxy = `${url()}/api/2.0/mlflow-artifacts/artifacts/${folder}`;
    const put = (name: string) =>
      fetch(`${proxy}/${name}`, { method: 'PUT', body: name, signal: AbortSignal.timeout(20_000) });
    expect((await put('before.txt')).status).toBe(200);
    await move([run], to);
    expect((await api.run(run)).info.artifact_uri).toBe(artifact_uri);
    expect((await put('after.txt')).status).toBe(200);
    const { files } = await api.get<{ files: { path: string }[] }>(`artifacts/list?run_id=${run}`);
    expect(files.map(({ path }) => path).toSorted()).toEqual(['after.txt', 'before.txt']);
    const get = (address: string) => fetch(address, { signal: AbortSignal.timeout(20_000) }).then((a) => a.text());
    expect(await get(`${proxy}/before.txt`)).toBe('before.txt');
    expect(await get(`${url()}/get-artifact?run_id=${run}&path=before.txt`)).toBe('before.txt');
  });

  test('descendants in the same experiment go along, deleted ones too, unless the runs are to go alone', async () => {
    const [from, to, elsewhere] = [await experiment(), await experiment(), await experiment()];
    const parent = await trial(from, 1);
    const child = await trial(from, 2, childOf(parent));
    const grandchild = await trial(from, 3, childOf(child));
    const away = await trial(elsewhere, 4, childOf(parent));
    await api.post('runs/delete', { run_id: grandchild });
    const { moved } = await move([parent], to);
    expect(moved[0]?.run_ids.toSorted()).toEqual([parent, child, grandchild].toSorted());
    expect(await homeOf(grandchild)).toBe(to);
    expect(await homeOf(away)).toBe(elsewhere);
    expect(await found(to)).toEqual([parent, child]);
    await api.post('runs/restore', { run_id: grandchild });
    expect(await found(to)).toEqual([parent, child, grandchild]);
    await move([parent], from, { alone: true });
    expect(await found(from)).toEqual([parent]);
  });

  test('runs that are each the parent of the other are moved once', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const one = await trial(from, 1);
    const other = await trial(from, 2, childOf(one));
    await api.post('runs/set-tag', { run_id: one, key: 'mlflow.parentRunId', value: other });
    expect((await move([one], to)).moved[0]?.run_ids).toHaveLength(2);
  });

  test('runs of several experiments are named by where they came from, and one that is there already is not', async () => {
    const [first, second, to] = [await experiment(), await experiment(), await experiment()];
    const runs = [await trial(first, 1), await trial(second, 2), await trial(to, 3)] as const;
    const { moved } = await move(runs, to);
    expect(moved.toSorted((a, b) => Number(a.experiment_id) - Number(b.experiment_id))).toEqual([
      { experiment_id: first, run_ids: [runs[0]] },
      { experiment_id: second, run_ids: [runs[1]] },
    ]);
    expect(await found(to)).toEqual([...runs]);
    expect(await move(runs, to)).toEqual({ moved: [] });
  });

  test('a run in the target keeps its history when the experiment it came from is deleted', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const run = await trial(from, 1);
    await move([run], to);
    await api.post('experiments/delete', { experiment_id: from });
    expect((await api.run(run)).info.lifecycle_stage).toBe('active');
    expect(await found(to)).toEqual([run]);
  });
});

test('the live feed hears of both experiments and the run', async () => {
  const [from, to] = [await experiment(), await experiment()];
  const run = await trial(from, 1);
  const address = `${url()}/ajax-api/2.0/modelyard/events`;
  const { body } = await fetch(address, { signal: AbortSignal.timeout(20_000) });
  if (!body) throw new Error('no body');
  const [reader, decoder] = [body.getReader(), new TextDecoder()];
  let heard = '';
  const until = async (text: RegExp): Promise<void> => {
    while (!text.test(heard)) {
      const { value, done } = (await reader.read()) as { value?: Uint8Array; done: boolean };
      if (done) throw new Error(`the feed ended after ${heard}`);
      heard += decoder.decode(value, { stream: true });
    }
  };
  await until(/hello/);
  await move([run], to);
  await until(/event: change[^]*\ndata: .*\n/);
  const { activity, runs } = JSON.parse(/event: change[^]*\ndata: (.*)\n/.exec(heard)?.[1] ?? '{}') as Record<
    string,
    string[]
  >;
  expect(activity?.toSorted()).toEqual([from, to].toSorted());
  expect(runs).toEqual([run]);
  await reader.cancel();
});

describe('what is refused moves nothing', () => {
  test('an unknown run, a deleted run, no run, too many runs', async () => {
    const [from, to] = [await experiment(), await experiment()];
    const run = await trial(from, 1);
    const gone = await trial(from, 2);
    await api.post('runs/delete', { run_id: gone });
    const refused = (run_ids: unknown) => views.refused('POST', 'runs/move', { run_ids, experiment_id: to });
    const unknown = 'f'.repeat(32);
    expect(await refused([run, unknown])).toMatchObject({
      status: 404,
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: `Run with id=${unknown} not found`,
    });
    expect(await refused([run, gone])).toMatchObject({
      status: 400,
      error_code: 'INVALID_PARAMETER_VALUE',
      message: `The run ${gone} must be in the 'active' state. Current state is deleted.`,
    });
    expect(await refused(Array.from({ length: 1001 }, (_, i) => String(i)))).toMatchObject({
      status: 400,
      error_code: 'INVALID_PARAMETER_VALUE',
      message: '1 to 1000 runs are moved at once, not 1001.',
    });
    expect((await refused([])).status).toBe(400);
    expect((await refused(undefined)).error_code).toBe('INVALID_PARAMETER_VALUE');
    expect((await refused('one')).status).toBe(400);
    expect(await homeOf(run)).toBe(from);
    expect(await found(from)).toEqual([run]);
  });

  test('a target that is unknown, deleted, misspelt or missing', async () => {
    const [from, deleted] = [await experiment(), await experiment()];
    const run = await trial(from, 1);
    await api.post('experiments/delete', { experiment_id: deleted });
    const refused = (experiment_id: unknown) => views.refused('POST', 'runs/move', { run_ids: [run], experiment_id });
    expect(await refused('999999')).toMatchObject({
      status: 404,
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'No Experiment with id=999999 exists',
    });
    expect(await refused(deleted)).toMatchObject({
      status: 400,
      error_code: 'INVALID_PARAMETER_VALUE',
      message: `The experiment ${deleted} must be in the 'active' state. Current state is deleted.`,
    });
    expect((await refused('here')).error_code).toBe('INVALID_PARAMETER_VALUE');
    expect((await refused(undefined)).error_code).toBe('INVALID_PARAMETER_VALUE');
    expect(await homeOf(run)).toBe(from);
  });
});
