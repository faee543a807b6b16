/** `modelyard gc`, beside a running server and without one. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from 'bun:sqlite';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard, type Finished } from '../support/run-modelyard.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { eventually } from '../support/eventually.ts';
import { put } from '../web/support/seed.ts';
import { python } from '../web/support/server.ts';

let server: TestServer;
let api: Api;

beforeAll(async () => {
  server = await startServer();
  api = new Api(server);
});

afterAll(() => server.stop());

function gc(...args: string[]): Promise<Finished> {
  const places = [
    '--backend-store-uri',
    `sqlite:///${server.dir}/m.db`,
    '--artifacts-destination',
    `${server.dir}/artifacts`,
  ];
  return runModelyard(['gc', ...places, ...args], { dir: server.dir });
}

async function deletedRun(experiment_id = '0'): Promise<string> {
  const run_id = await api.createRun({ experiment_id });
  await put(server, `${experiment_id}/${run_id}/artifacts/a.txt`, '12345');
  await api.post('runs/delete', { run_id });
  return run_id;
}

async function deletedModel(source_run_id = ''): Promise<string> {
  const { model } = await api.post<{ model: { info: { model_id: string } } }>('logged-models', {
    experiment_id: '0',
    source_run_id,
  });
  await api.send('DELETE', `logged-models/${model.info.model_id}`);
  return model.info.model_id;
}

async function deletedExperiment(name: string): Promise<string> {
  const id = await api.createExperiment(name);
  await api.createRun({ experiment_id: id });
  await api.post('experiments/delete', { experiment_id: id });
  return id;
}

async function isThere(run: string): Promise<boolean> {
  return (await api.send('GET', `runs/get?run_id=${run}`)).status === 200;
}

/** Says that something was deleted so many milliseconds earlier than it was. */
function age(statement: string): void {
  const database = new Database(join(server.dir, 'm.db'));
  database.run('PRAGMA busy_timeout = 10000');
  database.run(statement);
  database.close();
}

describe('what is deleted', () => {
  test('is told by a dry run, which erases nothing', async () => {
    const run = await deletedRun();
    const model = await deletedModel(run);
    const experiment = await deletedExperiment('dry');
    const { code, out } = await gc('--dry-run');
    expect(code).toBe(0);
    expect(out).toContain(`Run with ID ${run} would be permanently deleted.\n`);
    expect(out).toContain(`Logged model with ID ${model} would be permanently deleted.\n`);
    expect(out).toContain(`Experiment with ID ${experiment} would be permanently deleted.\n`);
    expect(out).toEndWith(
      'In all: 2 runs, 1 logged models, 1 experiments, 5 bytes of artifacts. Nothing was erased.\n',
    );
    const told = JSON.parse((await gc('--dry-run', '--json')).out) as Record<string, unknown>;
    expect(told).toMatchObject({
      dry_run: true,
      experiments: [experiment],
      logged_models: [model],
      artifact_bytes: 5,
      kept_artifacts: [],
    });
    expect(await isThere(run)).toBe(true);

    const done = await gc();
    expect(done.code).toBe(0);
    const lines = done.out.trimEnd().split('\n').toSorted();
    expect(lines).toHaveLength(4);
    expect(lines).toContain(`Run with ID ${run} has been permanently deleted.`);
    expect(lines).toContain(`Logged model with ID ${model} has been permanently deleted.`);
    expect(lines).toContain(`Experiment with ID ${experiment} has been permanently deleted.`);
    expect(await isThere(run)).toBe(false);
    expect(existsSync(join(server.dir, 'artifacts/0', run))).toBe(false);
    expect(await gc()).toEqual({ code: 0, out: '', error: '' });
    await api.createExperiment('dry');
  });

  test('goes by id, and the other lists stand for themselves as in MLflow', async () => {
    const [one, other] = [await deletedRun(), await deletedRun()];
    const experiment = await deletedExperiment('beside');
    const told = JSON.parse((await gc('--run-ids', `${one},${one}`, '--json')).out) as Record<string, string[]>;
    expect(told['runs']).toContain(one);
    expect(told['experiments']).toEqual([experiment]);
    expect([await isThere(one), await isThere(other)]).toEqual([false, true]);
    expect((await gc()).code).toBe(0);
  });

  test('goes only when it is old enough', async () => {
    const [old, young] = [await deletedRun(), await deletedRun()];
    const [oldModel, youngModel] = [await deletedModel(), await deletedModel()];
    const [oldExperiment, youngExperiment] = [await deletedExperiment('old'), await deletedExperiment('young')];
    const hour = 3_600_000;
    age(
      `UPDATE runs SET deleted_time = deleted_time - ${25 * hour} WHERE uuid = '${old}' OR experiment = ${oldExperiment}`,
    );
    age(`UPDATE logged_models SET last_update_time = last_update_time - ${25 * hour} WHERE uuid = '${oldModel}'`);
    age(`UPDATE experiments SET last_update_time = last_update_time - ${25 * hour} WHERE id = ${oldExperiment}`);
    const too = await gc('--run-ids', young, '--older-than', '1d');
    expect(too).toEqual({
      code: 1,
      out: '',
      error: `modelyard: Run ${young} is not older than the required age. Only runs older than 1d can be deleted.\n`,
    });
    const told = JSON.parse((await gc('--older-than', '0.5d12h59m60s', '--json')).out) as Record<string, string[]>;
    expect(told['runs']).toContain(old);
    expect(told['runs']).toHaveLength(2);
    expect([told['logged_models'], told['experiments']]).toEqual([[oldModel], [oldExperiment]]);
    const rest = JSON.parse((await gc('--older-than', '0s', '--json')).out) as Record<string, string[]>;
    expect(rest['runs']).toContain(young);
    expect([rest['logged_models'], rest['experiments']]).toEqual([[youngModel], [youngExperiment]]);
  });

  test.each([
    ['an active run', async () => ['--run-ids', await api.createRun()], /is not in `deleted` lifecycle stage/],
    ['no such run', () => ['--run-ids', 'nope'], /^modelyard: Run with id=nope not found$/],
    ['no such experiment', () => ['--experiment-ids', '999'], /No Experiment with id=999 exists/],
    [
      'an active experiment',
      async () => ['--experiment-ids', await api.createExperiment('here')],
      /Experiment \d+ is not in/,
    ],
    ['no such model', () => ['--logged-model-ids', 'm-1'], /Logged model with ID 'm-1' not found/],
    ['the default experiment', () => ['--experiment-ids', '0'], /default experiment/],
  ] as const)('%s is refused, and nothing goes', async (_, args, message) => {
    const run = await deletedRun();
    const { code, out, error } = await gc(...(await args()));
    expect([code, out]).toEqual([1, '']);
    expect(error.trim()).toMatch(message);
    expect(await isThere(run)).toBe(true);
  });

  test('a wrong call is one: 2', async () => {
    for (const args of [['--older-than', '1x'], ['--bogus'], ['extra'], ['--older-than', '1h2d']]) {
      expect([args, (await gc(...args)).code]).toEqual([args, 2]);
    }
    const { code, error } = await runModelyard(['gc'], { dir: server.dir });
    expect([code, error]).toEqual([
      1,
      `modelyard: there is no database at ${server.dir}/modelyard-data/modelyard.db\n`,
    ]);
    const help = await runModelyard(['gc', '--help'], { dir: server.dir });
    expect(help.code).toBe(0);
    expect(help.out).toContain('modelyard gc --data /srv/modelyard --older-than 30d');
  });
});

test('a server that is busy with writes goes on, and so does gc', async () => {
  await Promise.all(Array.from({ length: 200 }, () => deletedRun()));
  const run_id = await api.createRun();
  const state = { done: false };
  let written = 0;
  const erasing = gc('--json').finally(() => (state.done = true));
  while (!state.done) {
    await api.post('runs/log-metric', { run_id, key: 'k', value: 1, timestamp: written });
    written++;
  }
  const { code, out } = await erasing;
  expect(code).toBe(0);
  expect((JSON.parse(out) as { runs: string[] }).runs.length).toBeGreaterThanOrEqual(200);
  expect(await api.history(run_id, 'k')).toHaveLength(written);
});

test('what uploads left when their server was killed goes, but not what may be under way', async () => {
  const dir = freshFolder();
  try {
    const own = await startServer([], { dir });
    const staging = join(dir, 'artifacts/.modelyard-staging');
    const left = (): number => (existsSync(staging) ? readdirSync(staging).length : 0);
    const upload = async (name: string): Promise<void> => {
      const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(100_000)) });
      const url = `${own.url}/api/2.0/mlflow-artifacts/artifacts/${name}`;
      await fetch(url, { method: 'PUT', body }).catch(() => undefined);
    };
    const uploads = ['a', 'b'].map(upload);
    await eventually(() => left() === 2);
    await own.kill();
    await Promise.all(uploads);
    const places = ['--backend-store-uri', `sqlite:///${dir}/m.db`, '--artifacts-destination', `${dir}/artifacts`];
    expect(await runModelyard(['gc', ...places], { dir })).toEqual({ code: 0, out: '', error: '' });
    expect(left()).toBe(2);
    // A file's own times cannot be set back, so the clock of the command is put forward.
    const later = join(dir, 'later.js');
    writeFileSync(later, 'const now = Date.now; Date.now = () => now() + 3_700_000;');
    const env = { BUN_OPTIONS: `--preload=${later}` };
    const look = await runModelyard(['gc', '--dry-run', ...places], { dir, env });
    expect([look.code, left()]).toEqual([0, 2]);
    expect(await runModelyard(['gc', ...places], { dir, env })).toEqual({
      code: 0,
      out: 'Leftovers of interrupted uploads have been removed: 2.\n',
      error: '',
    });
    expect(left()).toBe(0);
  } finally {
    removeFolder(dir);
  }
});

test('artifacts elsewhere are named and left', async () => {
  const other = freshFolder();
  try {
    const { experiment_id } = await api.post<{ experiment_id: string }>('experiments/create', {
      name: 'away',
      artifact_location: other,
    });
    const run = await api.createRun({ experiment_id });
    await api.post('experiments/delete', { experiment_id });
    const { code, error } = await gc('--experiment-ids', experiment_id);
    expect(code).toBe(0);
    expect(error).toBe(`modelyard: artifacts stay in ${other}/${run}/artifacts: not a folder of this server.\n`);
  } finally {
    removeFolder(other);
  }
});

test('what the mlflow client made and deleted is gone for it too, and its names are free', async () => {
  const made = await python(
    server,
    `
import mlflow
client = mlflow.MlflowClient()
gone = client.create_experiment("client's")
with mlflow.start_run(experiment_id=gone) as run:
    mlflow.log_metric("m", 1.0); mlflow.log_param("p", 1); mlflow.log_text("text", "a.txt")
kept = client.create_experiment("client's other")
with mlflow.start_run(experiment_id=kept) as one: mlflow.log_text("text", "a.txt")
with mlflow.start_run(experiment_id=kept) as two: mlflow.log_text("text", "a.txt")
client.delete_run(one.info.run_id)
client.delete_experiment(gone)
print(gone, kept, run.info.run_id, one.info.run_id, two.info.run_id)
`,
  );
  const [gone, kept, run, one, two] = made.trim().split('\n').at(-1)?.split(' ') ?? [];
  expect((await gc()).code).toBe(0);
  const seen = await python(
    server,
    `
import mlflow
from mlflow.entities import ViewType
client = mlflow.MlflowClient()
print(list(mlflow.search_runs(["${kept}"], run_view_type=ViewType.ALL)["run_id"]) == ["${two}"])
print(client.download_artifacts("${two}", "a.txt") != "")
for run in "${run}", "${one}":
    try: client.get_run(run)
    except mlflow.MlflowException as error: print(error.error_code)
print("${gone}" in [e.experiment_id for e in client.search_experiments(view_type=ViewType.ALL)])
print(int(client.create_experiment("client's")) > int("${gone}"))
`,
  );
  expect(seen.trim().split('\n')).toEqual([
    'True', 'True', 'RESOURCE_DOES_NOT_EXIST', 'RESOURCE_DOES_NOT_EXIST', 'False', 'True',
  ]); // prettier-ignore
}, 120_000);

test('what registered versions of the mlflow client need stays, is told, and loads', async () => {
  const made = await python(
    server,
    `
import tempfile, mlflow, mlflow.pyfunc
class Same(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input: list[str]) -> list[str]: return model_input
client = mlflow.MlflowClient()
ids = [client.create_experiment(name) for name in ("logged", "in a run", "neither")]
with mlflow.start_run(experiment_id=ids[0]) as run:
    logged = mlflow.pyfunc.log_model(name="model", python_model=Same(), registered_model_name="needed")
    mlflow.pyfunc.log_model(name="other", python_model=Same())
client.set_registered_model_alias("needed", "champion", 1)
client.copy_model_version("models:/needed/1", "copied")
# As clients before version 3 did it: the files lie in the run.
with mlflow.start_run(experiment_id=ids[1]) as old, tempfile.TemporaryDirectory() as folder:
    mlflow.pyfunc.save_model(folder + "/model", python_model=Same())
    mlflow.log_artifacts(folder + "/model", "model")
client.create_registered_model("older")
client.create_model_version("older", old.info.artifact_uri + "/model", old.info.run_id)
with mlflow.start_run(experiment_id=ids[1]) as free: pass
for id in ids: client.delete_experiment(id)
print(*ids, logged.model_id, run.info.run_id, old.info.run_id, free.info.run_id)
`,
  );
  const [logged = '', inRun = '', neither = '', model = '', run = '', old = '', free = ''] =
    made.trim().split('\n').at(-1)?.split(' ') ?? [];
  const only = ['--experiment-ids', [logged, inRun, neither].join(',')];
  const listed = async (...args: string[]) =>
    JSON.parse((await gc(...only, '--json', ...args)).out) as Record<string, unknown[]>;
  const words = await gc(...only, '--dry-run');
  expect(words.error).toContain(
    `modelyard: Run ${old} would stay: version 1 of the registered model "older" needs its files.\n`,
  );
  const [seen, told] = [await listed('--dry-run'), await listed()];
  for (const list of [seen, told]) {
    expect(list['experiments']).toEqual([neither]);
    expect(list['runs']?.toSorted()).toEqual([run, free].toSorted());
    expect(list['kept_for_versions']).toHaveLength(4);
    for (const kept of [
      { kind: 'logged_model', id: model, name: 'needed', version: 1 },
      { kind: 'experiment', id: logged, name: 'needed', version: 1 },
      { kind: 'run', id: old, name: 'older', version: 1 },
      { kind: 'experiment', id: inRun, name: 'older', version: 1 },
    ]) {
      expect(list['kept_for_versions']).toContainEqual(kept);
    }
  }
  expect(seen['logged_models']).toHaveLength(1);
  expect(told).toMatchObject({ logged_models: seen['logged_models'] });

  const load = (...names: string[]) =>
    python(
      server,
      `
import mlflow
for name in "${names.join(' ')}".split(): print(mlflow.pyfunc.load_model("models:/" + name).predict(["x"]))
`,
    );
  expect((await load('needed@champion', 'copied/1', 'older/1')).trim()).toBe("['x']\n['x']\n['x']");
  // A copy has its files where those of the version lie that it was made of.
  await api.send('DELETE', 'registered-models/delete', { name: 'needed' });
  expect((await gc(...only.slice(0, 1), logged)).error).toContain('of the registered model "copied" needs its files.');
  expect((await load('copied/1')).trim()).toBe("['x']");
  for (const name of ['copied', 'older']) await api.send('DELETE', 'registered-models/delete', { name });
  only[1] = `${logged},${inRun}`;
  expect(await listed()).toMatchObject({
    experiments: [logged, inRun],
    logged_models: [model],
    runs: [old],
    kept_for_versions: [],
  });
}, 120_000);
