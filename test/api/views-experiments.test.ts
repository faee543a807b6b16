/** The list of experiments with counts, what stands around a run, and the search box over everything. */
import { beforeAll, describe, expect, test } from 'bun:test';
import type { KeyValue } from '../support/api.ts';
import { testedServer } from '../support/tested-server.ts';

const { api, views } = testedServer();

interface Overview {
  readonly total: number;
  readonly experiments: readonly {
    readonly experiment_id: string;
    readonly name: string;
    readonly lifecycle_stage: string;
    readonly tags: readonly KeyValue[];
    readonly run_count: number;
    readonly running_count: number;
    readonly last_activity: number;
    readonly newest_run?: { readonly run_id: string; readonly run_name: string; readonly status: string };
  }[];
}

describe('the overview', () => {
  let cats: string;
  let dogs: string;
  const later = Date.now() + 1_000_000;

  const overview = (request: Readonly<Record<string, unknown>> = {}): Promise<Overview> =>
    views.post('experiments/overview', request);
  const names = async (request: Readonly<Record<string, unknown>>): Promise<string[]> =>
    (await overview(request)).experiments.map(({ name }) => name);

  beforeAll(async () => {
    cats = await api.createExperiment('zoo Cats');
    dogs = await api.createExperiment('zoo dogs');
    await api.createExperiment('zoo 100%_fish');
    await api.post('experiments/set-experiment-tag', { experiment_id: dogs, key: 'team', value: 'Wolves and cats' });
    await api.post('experiments/set-experiment-tag', { experiment_id: dogs, key: 'long', value: 'x'.repeat(900) });
    for (const i of [0, 2, 1]) await api.createRun({ experiment_id: cats, run_name: `cat ${i}`, start_time: i });
    const ended = await api.createRun({ experiment_id: dogs, run_name: 'dog', start_time: 5 });
    await api.post('runs/update', { run_id: ended, status: 'FINISHED', end_time: later });
    await api.post('runs/delete', { run_id: await api.createRun({ experiment_id: cats }) });
  });

  test('counts the runs that are there and those that run', async () => {
    const { total, experiments } = await overview({ text: 'zoo', order_by: 'runs' });
    expect(total).toBe(3);
    expect(experiments.map((e) => [e.name, e.run_count, e.running_count])).toEqual([
      ['zoo Cats', 3, 3],
      ['zoo dogs', 1, 0],
      ['zoo 100%_fish', 0, 0],
    ]);
    const [, dog, fish] = experiments;
    expect(dog?.last_activity).toBe(later);
    expect(Math.abs(Number(fish?.last_activity) - Date.now())).toBeLessThan(60_000);
    expect(dog?.tags).toEqual([
      { key: 'long', value: `${'x'.repeat(500)}…` },
      { key: 'team', value: 'Wolves and cats' },
    ]);
    expect(fish?.tags).toEqual([]);
  });

  test('names the newest run that is there', async () => {
    const { experiments } = await overview({ text: 'zoo', order_by: 'runs' });
    expect(experiments.map(({ newest_run: run }) => run && [run.run_name, run.status])).toEqual([
      ['cat 2', 'RUNNING'],
      ['dog', 'FINISHED'],
      undefined,
    ]);
  });

  test('is sorted by tags and by description, those without last in either direction', async () => {
    const tagged = async (name: string, tags: Readonly<Record<string, string>>): Promise<void> => {
      const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
      await api.post('experiments/create', { name: `sorted ${name}`, tags: list });
    };
    await tagged('b', { team: 'Beta', 'mlflow.note.content': '# apple' });
    await tagged('none', { 'mlflow.user': 'aaa', 'mlflow.note.content': '\n ' });
    await tagged('a', { team: 'alpha', zone: 'x', 'mlflow.note.content': 'Berry' });
    const by = (order_by: string, ascending: boolean) => names({ text: 'sorted', order_by, ascending });
    expect(await by('tags', true)).toEqual(['sorted a', 'sorted b', 'sorted none']);
    expect(await by('tags', false)).toEqual(['sorted b', 'sorted a', 'sorted none']);
    expect(await by('description', true)).toEqual(['sorted b', 'sorted a', 'sorted none']);
    expect(await by('description', false)).toEqual(['sorted a', 'sorted b', 'sorted none']);
  });

  test.each([
    ['cats', ['zoo Cats', 'zoo dogs']],
    ['WOLVES', ['zoo dogs']],
    ['zoo %', []],
    ['0%_f', ['zoo 100%_fish']],
    ["'", []],
  ])('text %s', async (text, expected) => {
    expect(await names({ text, order_by: 'name', ascending: true })).toEqual(expected);
  });

  test.each([
    ['name', true, ['zoo 100%_fish', 'zoo Cats', 'zoo dogs']],
    ['name', false, ['zoo dogs', 'zoo Cats', 'zoo 100%_fish']],
    ['running', false, ['zoo Cats', 'zoo 100%_fish', 'zoo dogs']],
    ['runs', true, ['zoo 100%_fish', 'zoo dogs', 'zoo Cats']],
    ['creation_time', true, ['zoo Cats', 'zoo dogs', 'zoo 100%_fish']],
  ])('by %s, ascending: %p', async (order_by, ascending, expected) => {
    expect((await names({ text: 'zoo', order_by, ascending })).toSorted()).toEqual(expected.toSorted());
    // Experiments of one millisecond have no order by their creation.
    if (order_by !== 'creation_time') expect(await names({ text: 'zoo', order_by, ascending })).toEqual(expected);
  });

  test('takes a filter, a window and a view', async () => {
    const query = { text: 'zoo', order_by: 'name', ascending: true };
    expect(await names({ ...query, filter: "tags.team LIKE 'Wolves%'" })).toEqual(['zoo dogs']);
    const window = await overview({ ...query, offset: 1, max_results: 1 });
    expect([window.total, window.experiments.map(({ name }) => name)]).toEqual([3, ['zoo Cats']]);
    await api.post('experiments/delete', { experiment_id: cats });
    expect(await names(query)).toEqual(['zoo 100%_fish', 'zoo dogs']);
    const { experiments } = await overview({ ...query, view_type: 'DELETED_ONLY' });
    expect(experiments).toMatchObject([{ name: 'zoo Cats', lifecycle_stage: 'deleted', run_count: 4 }]);
    await api.post('experiments/restore', { experiment_id: cats });
  });

  test.each([[{ filter: 'name >' }], [{ max_results: -1 }], [{ max_results: 10_001 }], [{ offset: -1 }]])(
    '%j is refused',
    async (request) => {
      const error = await views.refused('POST', 'experiments/overview', request);
      expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    },
  );
});

/** In the order of creation. */
interface Numbered {
  readonly run_number: number;
}

describe('a run', () => {
  test('has an experiment, a parent, children, models and versions', async () => {
    const experiment_id = await api.createExperiment('around');
    const parent = await api.createRun({ experiment_id, run_name: 'parent' });
    const ofParent = [{ key: 'mlflow.parentRunId', value: parent }];
    const children: string[] = [];
    for (let i = 0; i < 3; i++) {
      children.push(await api.createRun({ experiment_id, run_name: `c${i}`, start_time: i, tags: ofParent }));
    }
    await api.post('runs/delete', { run_id: children[1] });
    const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
      experiment_id,
      name: 'net',
      source_run_id: parent,
    });
    await api.post('runs/outputs', { run_id: parent, models: [{ model_id: model.info.model_id, step: 1 }] });
    await api.post('runs/log-inputs', { run_id: children[0], models: [{ model_id: model.info.model_id }] });
    await api.post('registered-models/create', { name: 'around model' });
    for (let i = 0; i < 2; i++) {
      await api.post('model-versions/create', { name: 'around model', source: `runs:/${parent}/m`, run_id: parent });
    }
    for (const alias of ['champion', 'best']) {
      await api.post('registered-models/alias', { name: 'around model', alias, version: '2' });
    }
    const status = 'LOGGED_MODEL_PENDING';
    const experiment = { experiment_id, name: 'around', lifecycle_stage: 'active' };
    const { run_number: first, ...around } = await views.get<Numbered>(`runs/summary?run_id=${parent}`);
    expect(around).toEqual({
      experiment,
      child_count: 2,
      children: [
        { run_id: children[0], run_name: 'c0', status: 'RUNNING', start_time: 0 },
        { run_id: children[2], run_name: 'c2', status: 'RUNNING', start_time: 2 },
      ],
      logged_models: [{ model_id: model.info.model_id, name: 'net', status, direction: 'output' }],
      versions: [
        { name: 'around model', version: '1', aliases: [] },
        { name: 'around model', version: '2', aliases: ['best', 'champion'] },
      ],
    });
    expect(await views.get<unknown>(`runs/summary?run_id=${children[0]}`)).toEqual({
      run_number: first + 1,
      experiment,
      parent: { run_id: parent, run_name: 'parent' },
      child_count: 0,
      children: [],
      logged_models: [{ model_id: model.info.model_id, name: 'net', status, direction: 'input' }],
      versions: [],
    });
  });

  test('that does not exist is refused', async () => {
    const error = await views.refused('GET', 'runs/summary?run_id=none');
    expect([error.status, error.error_code]).toEqual([404, 'RESOURCE_DOES_NOT_EXIST']);
    expect((await views.refused('GET', 'runs/summary')).status).toBe(400);
  });
});

describe('everything', () => {
  interface Found {
    readonly experiments: readonly { name: string }[];
    readonly runs: readonly { run_id: string; run_name: string; experiment_name: string }[];
    readonly registered_models: readonly { name: string }[];
    readonly model_versions: readonly { name: string; version: string }[];
    readonly jobs: readonly unknown[];
    readonly pipelines: readonly { experiment_id: string; experiment_name: string; name: string }[];
    readonly searches: readonly { run_id: string; run_name: string; experiment_name: string }[];
  }
  const find = (text: string, limit = 20): Promise<Found> =>
    views.get(`find?text=${encodeURIComponent(text)}&limit=${limit}`);
  let run: string;

  beforeAll(async () => {
    const experiment_id = await api.createExperiment('needle experiment');
    await api.createExperiment('a needle too');
    run = await api.createRun({ experiment_id, run_name: 'Needle run' });
    await api.post('runs/delete', { run_id: await api.createRun({ experiment_id, run_name: 'needle deleted' }) });
    for (const name of ['needle model', 'the needle']) {
      await api.post('registered-models/create', { name });
      for (let i = 0; i < 12; i++)
        await api.post('model-versions/create', { name, source: `runs:/${run}/m`, run_id: run });
    }
    const prompt = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    await api.post('registered-models/create', { name: 'needle prompt', tags: prompt });
  });

  test('is found by part of a name, those that begin so first', async () => {
    const found = await find(' NEEDLE ');
    expect(found.experiments.map(({ name }) => name)).toEqual(['needle experiment', 'a needle too']);
    expect(found.runs.map((r) => [r.run_name, r.experiment_name])).toEqual([['Needle run', 'needle experiment']]);
    expect(found.registered_models.map(({ name }) => name)).toEqual(['needle model', 'the needle']);
    expect(found.model_versions).toEqual([]);
    expect((await find('needle', 1)).experiments).toHaveLength(1);
    expect(Object.values(await find('n%e')).flat()).toEqual([]);
    expect((await find('')).runs.length).toBeGreaterThan(0);
  });

  test('a run is found by the start of its id', async () => {
    expect((await find(run.slice(0, 10).toUpperCase())).runs.map((r) => r.run_id)).toEqual([run]);
    expect((await find(run)).runs.map((r) => r.run_id)).toEqual([run]);
  });

  test('a version is found by name and number', async () => {
    const versions = async (text: string): Promise<string[]> =>
      (await find(text)).model_versions.map(({ name, version }) => `${name}/${version}`);
    expect(await versions('the needle/1')).toEqual(['the needle/1', 'the needle/12', 'the needle/11', 'the needle/10']);
    expect(await versions('needle mod/3')).toEqual(['needle model/3']);
    expect(await versions('needle/99')).toEqual([]);
    expect((await versions('needle model/')).slice(0, 2)).toEqual(['needle model/12', 'needle model/11']);
  });

  test('a pipeline is found by its name, once for all its builds; a search of AutoML by the name of its run', async () => {
    const experiment_id = await api.createExperiment('of the finder');
    const other = await api.createExperiment('another of the finder');
    const log = async (experiment: string, run_name: string, tags: Readonly<Record<string, string>>): Promise<string> =>
      api.createRun({
        experiment_id: experiment,
        run_name,
        tags: Object.entries(tags).map(([key, value]) => ({ key: `modelyard.${key}`, value })),
      });
    const build = { 'pipeline.name': 'etl/Daily', 'pipeline.role': 'build' };
    await log(experiment_id, 'one', build);
    await log(other, 'two', build);
    await log(experiment_id, 'three', build);
    await log(experiment_id, 'load', { 'pipeline.name': 'etl/task only', 'pipeline.role': 'task' });
    await api.post('runs/delete', {
      run_id: await log(experiment_id, 'four', { ...build, 'pipeline.name': 'etl/old' }),
    });
    const run_id = await log(experiment_id, 'evening haystack', { 'automl.role': 'search' });
    await log(experiment_id, 'trial of a haystack', { 'automl.role': 'trial' });

    expect((await find('etl/')).pipelines).toEqual([
      { experiment_id, experiment_name: 'of the finder', name: 'etl/Daily' },
      { experiment_id: other, experiment_name: 'another of the finder', name: 'etl/Daily' },
    ]);
    expect((await find('ETL/', 1)).pipelines).toHaveLength(1);
    expect((await find('haystack')).searches).toEqual([
      { run_id, run_name: 'evening haystack', experiment_name: 'of the finder' },
    ]);
    await api.post('experiments/delete', { experiment_id });
    expect((await find('etl/')).pipelines.map((found) => found.experiment_id)).toEqual([other]);
    expect((await find('haystack')).searches).toEqual([]);
  });

  test.each([0, 101])('a limit of %i is refused', async (limit) => {
    expect((await views.refused('GET', `find?text=x&limit=${limit}`)).error_code).toBe('INVALID_PARAMETER_VALUE');
  });
});

describe('a filter', () => {
  test('is told to be right, or what is wrong where', async () => {
    const check = (entity: string, filter: string): Promise<unknown> => views.post('filters/check', { entity, filter });
    expect(await check('run', 'metrics.loss < 1')).toEqual({ ok: true });
    expect(await check('run', '')).toEqual({ ok: true });
    expect(await check('run', "metrics.loss < 1 AND params.x = 'a' AND foo.y = 3")).toEqual({
      ok: false,
      message: "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
      start: 40,
      end: 45,
    });
    expect(await check('experiment', "name LIKE 'x%'")).toEqual({ ok: true });
    expect(await check('experiment', 'name LIKE')).toMatchObject({ ok: false, start: 9, end: 9 });
  });

  test('of what is no entity is refused', async () => {
    for (const body of [{ entity: 'planet', filter: 'x' }, { filter: 'x' }, { entity: 'toString', filter: 'x' }]) {
      const error = await views.refused('POST', 'filters/check', body);
      expect([error.status, error.error_code]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    }
  });
});
