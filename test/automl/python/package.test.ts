/** The Python package against a server of ours: Databricks' functions, and PyCaret's verbs. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { startAutomlServer } from '../api/support/automl-server.ts';

const dir = freshFolder();
const packages = join(import.meta.dir, '../../../python');
let server: TestServer;
let python: string;

beforeAll(async () => {
  mkdirSync(join(dir, 'work'));
  python = await automlPython({ onProgress: () => undefined });
  const started = await startAutomlServer(dir, [], { env: { AUTOML_CACHE: join(dir, 'cache') } });
  ({ server } = started);
}, 300_000);

afterAll(async () => {
  await server.kill();
  removeFolder(dir);
});

const begin = `
import json, sys
import pandas as pd
rows = range(400)
data = pd.DataFrame({
    "petal": [(1 if at % 2 == 0 else 2.5) + ((at * 7919) % 100) / 40 for at in rows],
    "colour": [["red", "blue", "white"][at % 3] for at in rows],
    "kind": ["setosa" if at % 2 == 0 else "virginica" for at in rows],
})
def tell(**found):
    print("FOUND " + json.dumps(found, default=str))
`;

/** Runs a script with the package on its path. @returns what it told, and its error output */
async function run(name: string, script: string): Promise<{ found: Record<string, unknown>; error: string }> {
  const file = join(dir, 'work', `flow_${name}.py`);
  writeFileSync(file, begin + script);
  const child = Bun.spawn(['setpriv', '--pdeathsig', 'TERM', python, file], {
    cwd: join(dir, 'work'),
    env: {
      ...process.env,
      PYTHONPATH: packages,
      MLFLOW_TRACKING_URI: server.url,
      MODELYARD_PROGRAM: join(packages, '../bin/modelyard'),
      AUTOML_CACHE: join(dir, 'cache'),
    },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  if ((await child.exited) !== 0) throw new Error(`${name} failed\n${out}\n${error}`);
  const lines = out.split('\n').filter((line) => line.startsWith('FOUND '));
  const all = lines.map((line) => JSON.parse(line.slice('FOUND '.length)) as Record<string, unknown>);
  return { found: Object.assign({}, ...all) as Record<string, unknown>, error };
}

test("Databricks' functions: a search of a frame, its summary, a model, a notebook, a registration", async () => {
  const { found, error } = await run(
    'databricks',
    `
from modelyard import automl
summary = automl.classify(data, target_col="kind", primary_metric="roc_auc", experiment_name="py", max_trials=2,
                          timeout_minutes=5, exclude_frameworks=["xgboost"], imputers={"petal": "median"})
best = summary.best_trial
model = best.load_model()
notebook = automl.import_notebook(best.artifact_uri, "best.ipynb")
try:
    automl.import_notebook(best.artifact_uri, "best.ipynb")
except FileExistsError as error:
    tell(twice=str(error))
tell(experiment=summary.experiment.name, trials=len(summary.trials), score=best.evaluation_metric_score,
     scores=[one.evaluation_metric_score for one in summary.trials], distribution=summary.metric_distribution,
     run=best.mlflow_run_id, duration=best.duration, description=best.model_description, metrics=sorted(best.metrics),
     predicted=list(model.predict(data.drop(columns="kind").head(2))), text=str(summary),
     cells=len(json.load(open(notebook.path))["cells"]), version=summary.register("flowers"))
`,
  );
  expect(found).toMatchObject({ experiment: 'py', version: '1', predicted: ['setosa', 'virginica'] });
  expect(found['trials']).toBeGreaterThanOrEqual(2);
  expect(found['score']).toBe(Math.max(...(found['scores'] as number[])));
  expect(found['distribution']).toMatchObject({ max: found['score'], count: found['trials'] });
  expect(found['metrics']).toEqual(expect.arrayContaining(['val_roc_auc', 'val_f1_score', 'test_roc_auc']));
  expect(found['duration']).toMatch(/^\d+\.\d seconds$/);
  expect(found['cells']).toBeGreaterThan(5);
  expect(found['twice']).toContain('overwrite=True');
  expect(error).toContain('classification of kind in data.');
}, 240_000);

test('what is wrong is told before anything begins', async () => {
  const { found } = await run(
    'wrong',
    `
from modelyard import automl
def refused(name, *args, **more):
    try:
        automl.classify(*args, **{"target_col": "kind", **more})
    except Exception as error:
        tell(**{name: type(error).__name__ + ": " + str(error)})
refused("table", "catalogue.schema.table")
refused("kind", 7)
refused("metric", data, primary_metric="r2")
refused("option", data, nonsense=1)
refused("lookups", data, feature_store_lookups=[{}])
refused("server", data, tracking_uri="databricks")
refused("away", data, tracking_uri="http://127.0.0.1:9")
refused("remote", "/nowhere/x.csv")
`,
  );
  expect(found).toMatchObject({
    table: expect.stringMatching(/^ValueError.*not supported/) as string,
    kind: expect.stringMatching(/^ValueError.*int/) as string,
    metric: expect.stringMatching(/^ServerError.*f1, log_loss/) as string,
    option: expect.stringMatching(/^ServerError.*'nonsense'/) as string,
    lookups: expect.stringMatching(/^ValueError.*feature_store/) as string,
    server: expect.stringMatching(/^ValueError.*address/) as string,
    away: expect.stringMatching(/^ServerError.*does not answer/) as string,
    remote: expect.stringMatching(/^ServerError.*no file/) as string,
  });
}, 90_000);

test("PyCaret's verbs: from a comparison to a saved, a registered and a loaded model", async () => {
  const { found } = await run(
    'pycaret',
    `
from modelyard.classification import *
setup(data, target="kind", metric="roc_auc", session_id=7, experiment_name="steps")
first, second = compare_models(include=["lr", "lightgbm"], n_select=2)
compared = len(pull())
tuned = tune_model(second, n_iter=1)
bagged = ensemble_model(first, n_estimators=3)
blended = blend_models([first, second])
stacked = stack_models([first, second])
final = finalize_model(blended)
held_out = predict_model(final)
scored = pull()
predicted = predict_model(final, data=data.head(2))
picture = plot_model(final, "auc", save=True)
save_model(final, "kept")
loaded = load_model("kept").predict(data.drop(columns="kind").head(2))
try:
    create_model("nothing")
except EngineError as error:
    tell(refused=str(error))
board = get_leaderboard()
tell(compared=compared, names=[one.name.rsplit("-", 1)[0] for one in (bagged, blended, stacked, final)],
     better=tuned.score >= second.score, held_out=len(held_out), test=sorted(scored.columns),
     predicted=list(predicted["prediction_label"]), certain=float(predicted["prediction_score"].min()),
     loaded=list(loaded), picture=picture, version=register_model(final, "stepwise"), board=len(board),
     best=automl().run_id == board["run_id"][0], many=type(bagged.pipeline[-1]).__name__)
end_session()
`,
  );
  expect(found).toMatchObject({
    compared: 2,
    names: ['bagging', 'blend', 'stack', 'final'],
    better: true,
    held_out: 80,
    predicted: ['setosa', 'virginica'],
    loaded: ['setosa', 'virginica'],
    version: '1',
    best: true,
    many: 'BaggingClassifier',
    refused: expect.stringContaining("no estimator 'nothing'") as string,
    picture: expect.stringMatching(/roc\.png$/) as string,
  });
  expect(found['test']).toContain('test_roc_auc');
  expect(found['certain']).toBeGreaterThan(0.5);
  expect(found['board']).toBeGreaterThanOrEqual(7);
}, 240_000);
