/** Erasing for good by request: what goes, what stays, and that nothing waits long for it. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from 'bun:sqlite';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { put } from '../web/support/seed.ts';

interface Erased {
  readonly erased_runs?: number;
  readonly erased_models?: number;
  readonly kept_artifacts: readonly string[];
  readonly remaining_runs?: number;
}

let server: TestServer;
let api: Api;
let ours: Api;

beforeAll(async () => {
  // So that an experiment can name another server's store.
  server = await startServer([], { env: { MLFLOW_ALLOWED_HOST_ADDRESSED_ARTIFACT_SCHEMES: 'mlflow-artifacts' } });
  api = new Api(server);
  ours = new Api(server, '/ajax-api/2.0/modelyard');
});

afterAll(() => server.stop());

/** A run with everything that a run can have; its files too. */
async function fullRun(experiment: string, more: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const run_id = await api.createRun({ experiment_id: experiment, ...more });
  const metrics = Array.from({ length: 900 }, (_, step) => ({
    key: `m${step % 3}`,
    value: step,
    step,
    timestamp: step,
  }));
  // As many requests as make the points move from the arrivals to the chunks, and some more.
  for (let i = 0; i < 130; i++)
    await api.post('runs/log-metric', { run_id, key: 'often', value: i, timestamp: i, step: i });
  await api.post('runs/log-batch', {
    run_id,
    metrics,
    params: [{ key: 'p', value: '1' }],
    tags: [{ key: 't', value: '1' }],
  });
  const dataset = { name: 'd', digest: run_id.slice(0, 8), source_type: 'local', source: 's' };
  await api.post('runs/log-inputs', {
    run_id,
    datasets: [{ dataset, tags: [{ key: 'mlflow.data.context', value: 'train' }] }],
    models: [{ model_id: 'm-of-another' }],
  });
  await put(server, `${experiment}/${run_id}/artifacts/deep/file.txt`, 'content');
  return run_id;
}

async function loggedModel(experiment: string, run: string): Promise<string> {
  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: experiment,
    source_run_id: run,
    params: [{ key: 'a', value: 'b' }],
    tags: [{ key: 'a', value: 'b' }],
  });
  const { model_id } = model.info;
  await api.post('runs/log-metric', { run_id: run, key: 'x', value: 1, timestamp: 1, model_id });
  await put(server, `${experiment}/models/${model_id}/artifacts/MLmodel`, 'flavors: {}');
  return model_id;
}

/** Rows of every table that hangs on runs, models and experiments. */
function rows(folder = server.dir): Record<string, number> {
  const tables = [
    'runs', 'params', 'tags', 'latest_metrics', 'metric_chunks', 'metric_arrivals', 'run_datasets', 'run_dataset_tags',
    'run_model_inputs', 'run_model_outputs', 'datasets', 'logged_models', 'logged_model_params', 'logged_model_tags',
    'logged_model_metrics', 'experiments', 'experiment_tags',
  ]; // prettier-ignore
  const database = new Database(join(folder, 'm.db'), { readonly: true });
  try {
    const count = (table: string) =>
      database.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? -1;
    return Object.fromEntries(tables.map((table) => [table, count(table)]));
  } finally {
    database.close();
  }
}

function artifacts(...path: string[]): string {
  return join(server.dir, 'artifacts', ...path);
}

describe('runs', () => {
  test('are erased with every row and file, and nothing else goes', async () => {
    const experiment = await api.createExperiment('runs');
    const kept = await fullRun(experiment);
    const before = rows();
    const gone = await fullRun(experiment);
    const model = await loggedModel(experiment, gone);
    const child = await api.createRun({
      experiment_id: experiment,
      tags: [{ key: 'mlflow.parentRunId', value: gone }],
    });
    await api.post('runs/delete', { run_id: gone });
    const answer = await ours.post<Erased>('runs/erase', { run_ids: [gone, gone] });
    expect(answer).toEqual({ erased_runs: 1, erased_models: 1, kept_artifacts: [] });
    expect((await api.refused('GET', `runs/get?run_id=${gone}`)).status).toBe(404);
    expect((await api.refused('GET', `logged-models/${model}`)).status).toBe(404);
    expect((await api.run(child)).data.tags).toContainEqual({ key: 'mlflow.parentRunId', value: gone });
    expect(await api.history(kept, 'often')).toHaveLength(130);
    expect(existsSync(artifacts(experiment, gone))).toBe(false);
    expect(existsSync(artifacts(experiment, 'models', model))).toBe(false);
    expect(readdirSync(artifacts(experiment, kept, 'artifacts', 'deep'))).toEqual(['file.txt']);
    // The child, its name; the dataset belongs to the experiment.
    expect(rows()).toEqual({
      ...before,
      runs: before['runs']! + 1,
      tags: before['tags']! + 2,
      datasets: before['datasets']! + 1,
    });
    // A client that did not hear the answer asks again.
    expect(await ours.post<Erased>('runs/erase', { run_ids: [gone] })).toEqual({
      erased_runs: 0,
      erased_models: 0,
      kept_artifacts: [],
    });
  });

  test('that are active are not erased, nor are those asked for with them', async () => {
    const active = await api.createRun();
    const deleted = await api.createRun();
    await api.post('runs/delete', { run_id: deleted });
    const error = await ours.refused('POST', 'runs/erase', { run_ids: [deleted, active] });
    expect(error).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
    expect(error.message).toContain(`The run ${active} is active. Delete it first`);
    expect((await api.run(deleted)).info.lifecycle_stage).toBe('deleted');
  });

  test('a list that is too long is refused', async () => {
    const many = Array.from({ length: 1001 }, (_, i) => `r${i}`);
    expect((await ours.refused('POST', 'runs/erase', { run_ids: many })).message).toContain('At most 1000 runs');
  });

  test('a logged model that a registered version stands on stays, with its files', async () => {
    const experiment = await api.createExperiment('registered');
    const run = await api.createRun({ experiment_id: experiment });
    const model = await loggedModel(experiment, run);
    await api.post('registered-models/create', { name: 'net' });
    await api.post('model-versions/create', { name: 'net', source: `models:/${model}`, model_id: model, run_id: run });
    await api.post('runs/delete', { run_id: run });
    expect(await ours.post<Erased>('runs/erase', { run_ids: [run] })).toMatchObject({
      erased_runs: 1,
      erased_models: 0,
    });
    expect(
      (await api.get<{ model: { info: { model_id: string } } }>(`logged-models/${model}`)).model.info.model_id,
    ).toBe(model);
    expect(existsSync(artifacts(experiment, 'models', model, 'artifacts', 'MLmodel'))).toBe(true);
    expect(
      (await api.get<{ model_version: { run_id: string } }>('model-versions/get?name=net&version=1')).model_version
        .run_id,
    ).toBe(run);
  });

  test.each([
    ['in a folder', (uri: string) => `${uri}/deep`],
    ['by its address', (_: string, id: string) => `runs:/${id}/deep`],
    ['as a whole', (uri: string) => uri],
    ['with a slash too many', (uri: string) => uri.replace('/artifacts', '//artifacts')],
    ['with an encoded letter', (uri: string) => uri.replace('/artifacts', '/%61rtifacts')],
    ['with an encoded slash', (uri: string) => `${uri.replace('/artifacts', '%2Fartifacts')}/deep`],
  ])(
    'that hold the files of a registered version, %s, are refused, and none of the others goes',
    async (how, source) => {
      const experiment = await api.createExperiment(`holds files ${how}`);
      const [run_id, other] = [await fullRun(experiment), await api.createRun({ experiment_id: experiment })];
      await api.post('registered-models/create', { name: 'in a run' });
      const { artifact_uri } = (await api.run(run_id)).info;
      await api.post('model-versions/create', { name: 'in a run', source: source(artifact_uri, run_id), run_id });
      for (const id of [run_id, other]) await api.post('runs/delete', { run_id: id });
      const error = await ours.refused('POST', 'runs/erase', { run_ids: [other, run_id] });
      expect(error).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
      expect(error.message).toBe(
        `The run ${run_id} stays: version 1 of the registered model "in a run" needs the files in it. Delete the version first.`,
      );
      expect((await api.run(other)).info.lifecycle_stage).toBe('deleted');
      expect(existsSync(artifacts(experiment, run_id, 'artifacts/deep/file.txt'))).toBe(true);
      await api.send('DELETE', 'registered-models/delete', { name: 'in a run' });
      expect(await ours.post<Erased>('runs/erase', { run_ids: [other, run_id] })).toMatchObject({ erased_runs: 2 });
    },
  );

  test('artifacts in storage that is not ours are named and left', async () => {
    const other = freshFolder();
    try {
      const locations = ['s3://bucket/x', `file://${other}`, 'mlflow-artifacts://elsewhere:5000/x'];
      const uris: string[] = [];
      const run_ids: string[] = [];
      for (const [i, artifact_location] of locations.entries()) {
        const { experiment_id } = await api.post<{ experiment_id: string }>('experiments/create', {
          name: `foreign ${i}`,
          artifact_location,
        });
        const run_id = await api.createRun({ experiment_id });
        uris.push((await api.run(run_id)).info.artifact_uri);
        run_ids.push(run_id);
        await api.post('runs/delete', { run_id });
      }
      const mine = join(other, run_ids[1]!, 'artifacts');
      mkdirSync(mine, { recursive: true });
      const { kept_artifacts, erased_runs } = await ours.post<Erased>('runs/erase', { run_ids });
      expect(erased_runs).toBe(3);
      expect(kept_artifacts.toSorted()).toEqual(uris.toSorted());
      expect(existsSync(mine)).toBe(true);
    } finally {
      removeFolder(other);
    }
  });

  test('a folder behind a symbolic link is left', async () => {
    const other = freshFolder();
    try {
      const experiment = await api.createExperiment('linked');
      const run = await api.createRun({ experiment_id: experiment });
      mkdirSync(join(other, run, 'artifacts'), { recursive: true });
      writeFileSync(join(other, run, 'artifacts', 'precious'), '');
      symlinkSync(other, artifacts(experiment));
      await api.post('runs/delete', { run_id: run });
      const { kept_artifacts } = await ours.post<Erased>('runs/erase', { run_ids: [run] });
      expect(kept_artifacts).toHaveLength(1);
      expect(existsSync(join(other, run, 'artifacts', 'precious'))).toBe(true);
    } finally {
      removeFolder(other);
    }
  });

  test('a new run never takes the place of an erased one', async () => {
    const experiment = await api.createExperiment('places');
    const log = async (value: number): Promise<string> => {
      const run_id = await api.createRun({ experiment_id: experiment });
      // Out of order, so that the sorted history is kept.
      for (const step of [2, 1])
        await api.post('runs/log-metric', { run_id, key: 'k', value: value + step, step, timestamp: 5 - step });
      return run_id;
    };
    const first = await log(0);
    expect((await api.history(first, 'k')).map(({ value }) => value)).toEqual([2, 1]);
    const { snapshot } = await ours.post<{ snapshot: string }>('runs/table', { experiment_ids: [experiment] });
    await api.post('runs/delete', { run_id: first });
    await ours.post('runs/erase', { run_ids: [first] });
    const second = await log(10);
    expect((await api.history(second, 'k')).map(({ value }) => value)).toEqual([12, 11]);
    const { rows: shown } = await ours.post<{ rows: { run_id: string }[] }>('runs/table', {
      experiment_ids: [experiment],
      snapshot,
    });
    expect(shown.map(({ run_id }) => run_id)).not.toContain(second);
  });
});

describe('an experiment', () => {
  test('is erased with all it holds, and its name is free', async () => {
    const before = rows();
    const { experiment_id: id } = await api.post<{ experiment_id: string }>('experiments/create', {
      name: 'a name',
      tags: [{ key: 'team', value: 'x' }],
    });
    const run = await fullRun(id);
    await fullRun(id);
    const model = await loggedModel(id, run);
    await api.post('registered-models/create', { name: 'of an experiment' });
    await api.post('model-versions/create', { name: 'of an experiment', source: `models:/${model}`, model_id: model });
    const folders = readdirSync(artifacts());
    await api.post('experiments/delete', { experiment_id: id });
    // Nobody is to lose a model that is in use by erasing what once made it.
    const error = await ours.refused('POST', 'experiments/erase', { experiment_id: id, name: 'a name' });
    expect(error).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
    expect(error.message).toContain('version 1 of the registered model "of an experiment" needs the files');
    expect(existsSync(artifacts(id, run, 'artifacts/deep/file.txt'))).toBe(true);
    await api.send('DELETE', 'model-versions/delete', { name: 'of an experiment', version: '1' });
    const answer = await ours.post<Erased>('experiments/erase', { experiment_id: id, name: 'a name' });
    expect(answer).toEqual({ erased_runs: 2, erased_models: 1, kept_artifacts: [], remaining_runs: 0 });
    expect(rows()).toEqual(before);
    expect(readdirSync(artifacts()).toSorted()).toEqual(folders.filter((name) => name !== id).toSorted());
    expect((await ours.refused('POST', 'experiments/erase', { experiment_id: id, name: 'a name' })).status).toBe(404);
    expect(Number(await api.createExperiment('a name'))).toBeGreaterThan(Number(id));
  });

  test('must be deleted, called by its name, and not the default one', async () => {
    const id = await api.createExperiment('careful');
    const refusal = async (request: object): Promise<string> => {
      const { status, message } = await ours.refused('POST', 'experiments/erase', request);
      expect(status).toBe(400);
      return message;
    };
    expect(await refusal({ experiment_id: id, name: 'careful' })).toContain('is active. Delete it first');
    await api.post('experiments/delete', { experiment_id: id });
    expect(await refusal({ experiment_id: id, name: 'Careful' })).toContain('must be its name');
    expect(await refusal({ experiment_id: id })).toContain('name');
    expect(await refusal({ experiment_id: id, name: 'careful', max_runs: 0 })).toContain('max_runs');
    expect(await refusal({ experiment_id: '0', name: 'Default' })).toContain('default experiment');
  });

  test('goes call by call when it is large', async () => {
    const id = await api.createExperiment('large');
    for (let i = 0; i < 5; i++) await api.createRun({ experiment_id: id });
    await api.post('experiments/delete', { experiment_id: id });
    const erase = () => ours.post<Erased>('experiments/erase', { experiment_id: id, name: 'large', max_runs: 2 });
    expect(await erase()).toMatchObject({ erased_runs: 2, remaining_runs: 3 });
    expect(
      (await api.get<{ experiment: { lifecycle_stage: string } }>(`experiments/get?experiment_id=${id}`)).experiment
        .lifecycle_stage,
    ).toBe('deleted');
    expect(await erase()).toMatchObject({ erased_runs: 2, remaining_runs: 1 });
    expect(await erase()).toMatchObject({ erased_runs: 1, remaining_runs: 0 });
  });
});

describe('many runs', () => {
  /** Written beside a server that is down: by request they would take a minute. */
  function fill(folder: string, experiment: string, runs: number): void {
    const database = new Database(join(folder, 'm.db'));
    database.run(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${runs})
       INSERT INTO runs (uuid, experiment, name, user_id, status, start_time, lifecycle, deleted_time, artifact_uri)
       SELECT lower(hex(randomblob(16))), ${experiment}, 'r', '', 'FINISHED', i, 1, i, 'mlflow-artifacts:/none' FROM n`,
    );
    for (const table of ['params', 'tags']) {
      database.run(
        `INSERT INTO ${table} (run, key, value)
         SELECT r.id, k.value, 'x' FROM runs r, json_each('["a","b","c","d","e","f","g","h"]') k WHERE experiment = ${experiment}`,
      );
    }
    database.close();
  }

  async function withMany(runs: number): Promise<{ dir: string; id: string }> {
    const dir = freshFolder();
    const first = await startServer([], { dir });
    const other = new Api(first);
    const id = await other.createExperiment('many');
    await other.post('experiments/delete', { experiment_id: id });
    await first.stop();
    fill(dir, id, runs);
    return { dir, id };
  }

  test('others write while they are erased', async () => {
    const { dir, id } = await withMany(5000);
    const own = await startServer([], { dir });
    const other = new Api(own);
    try {
      const run_id = await other.createRun();
      const state = { done: false };
      let between = 0;
      const erasing = new Api(own, '/ajax-api/2.0/modelyard')
        .post<Erased>('experiments/erase', { experiment_id: id, name: 'many' })
        .finally(() => (state.done = true));
      while (!state.done) {
        await other.post('runs/log-metric', { run_id, key: 'k', value: 1, timestamp: between });
        between++;
      }
      expect(await erasing).toMatchObject({ erased_runs: 5000, remaining_runs: 0 });
      // One write would mean that it had waited for all of it.
      expect(between).toBeGreaterThan(5);
      expect(await other.history(run_id, 'k')).toHaveLength(between);
    } finally {
      await own.stop();
      removeFolder(dir);
    }
  }, 60_000);

  test('a kill in the middle loses nothing else, and the same call again ends it', async () => {
    const { dir, id } = await withMany(5000);
    const own = await startServer([], { dir });
    const other = new Api(own);
    const kept = await other.createRun();
    await other.post('runs/log-parameter', { run_id: kept, key: 'p', value: '1' });
    const views = new Api(own, '/ajax-api/2.0/modelyard');
    const erasing = views.post('experiments/erase', { experiment_id: id, name: 'many' }).catch(() => 'killed');
    const left = () => rows(dir)['runs']! - 1;
    while (left() === 5000) await Bun.sleep(1);
    await own.kill();
    expect(await erasing).toBe('killed');
    const remaining = left();
    expect(remaining).toBeGreaterThan(0);
    const again = await startServer([], { dir });
    try {
      const api2 = new Api(again);
      expect((await api2.run(kept)).data.params).toEqual([{ key: 'p', value: '1' }]);
      const more = await new Api(again, '/ajax-api/2.0/modelyard').post<Erased>('experiments/erase', {
        experiment_id: id,
        name: 'many',
      });
      expect(more).toMatchObject({ erased_runs: remaining, remaining_runs: 0 });
      expect(rows(dir)).toMatchObject({ runs: 1, params: 1, experiments: 1 });
    } finally {
      await again.stop();
      removeFolder(dir);
    }
  }, 60_000);
});
