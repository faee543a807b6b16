/**
 * The Python package: Databricks' functions and PyCaret's verbs, on a server of ours and on that of MLflow. What is called
 * stands in `flows/`.
 */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { automlPython } from '../../../src/automl/environment.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { startMlflow, type MlflowServer } from '../../support/mlflow-server.ts';
import { runModelyard } from '../../support/run-modelyard.ts';
import type { TestServer } from '../../support/start-server.ts';
import { startAutomlServer } from '../api/support/automl-server.ts';

const limit = 240_000;
const root = join(import.meta.dir, '../../..');
const dir = freshFolder();
const work = join(dir, 'work');
const environment = {
  PYTHONPATH: `${root}/python:${import.meta.dir}/flows`,
  MODELYARD_PROGRAM: `${root}/bin/modelyard`,
  AUTOML_CACHE: join(dir, 'cache'),
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'] ?? '',
};
let server: TestServer;
let other: MlflowServer;
let python: string;

beforeAll(async () => {
  mkdirSync(work);
  python = await automlPython({ onProgress: () => undefined });
  const places = [
    '--backend-store-uri',
    `sqlite:///${work}/mlflow.db`,
    '--artifacts-destination',
    join(work, 'artifacts'),
  ];
  const starting = startMlflow(dir, places);
  ({ server } = await startAutomlServer(dir, [], { env: { AUTOML_CACHE: environment.AUTOML_CACHE } }));
  other = await starting;
}, 900_000);

afterAll(async () => {
  await server.kill();
  await other[Symbol.asyncDispose]();
  removeFolder(dir);
});

interface Told {
  readonly found: Record<string, unknown>;
  readonly error: string;
}

async function flow(name: string, { url }: { readonly url: string }, ...args: readonly string[]): Promise<Told> {
  const child = Bun.spawn(
    ['setpriv', '--pdeathsig', 'TERM', python, join(import.meta.dir, `flows/${name}_flow.py`), ...args],
    {
      cwd: work,
      env: { ...process.env, ...environment, MLFLOW_TRACKING_URI: url },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  );
  const [out, error] = await Promise.all([new Response(child.stdout).text(), new Response(child.stderr).text()]);
  if ((await child.exited) !== 0) throw new Error(`${name} failed\n${out}\n${error}`);
  const lines = out.split('\n').filter((line) => line.startsWith('FOUND '));
  const all = lines.map((line) => JSON.parse(line.slice('FOUND '.length)) as Record<string, unknown>);
  return { found: Object.assign({}, ...all) as Record<string, unknown>, error };
}

const like = (text: RegExp | string): unknown => expect.stringMatching(text);

for (const place of ['ours', 'mlflow'] as const) {
  const on = place === 'ours' ? 'a server of ours' : 'the server of MLflow, by the program of this machine';
  test(
    `Databricks' functions on ${on}: a search of a frame, its summary, a model, a notebook, registrations`,
    async () => {
      const { found, error } = await flow('databricks', place === 'ours' ? server : other, place);
      expect(found).toMatchObject({
        experiment: 'py',
        predicted: ['setosa', 'virginica'],
        version: '1',
        second: '2',
        duration: like(/^\d+\.\d seconds$/),
        warnings: [],
        alerts: [['constant_cols', 'low', like(/same value/), ['planet']]],
        twice: like(/^FileExistsError.*overwrite=True/),
        metric: like(/^ServerError: .*f1, log_loss/),
        url: like(place === 'ours' ? /\/automl\// : /#\/experiments\//),
      });
      expect(found['score']).toBe(Math.max(...(found['scores'] as number[])));
      expect(found['distribution']).toMatchObject({ max: found['score'], count: found['trials'] });
      expect(found['metrics']).toEqual(expect.arrayContaining(['val_roc_auc', 'val_f1_score', 'test_roc_auc']));
      expect(found['params']).toContain('random_state');
      expect(found['preprocessors']).toEqual([
        like(/^numeric_median: numbers, SimpleImputer/),
        like(/^categories: as_text/),
      ]);
      expect(found['cells']).toBeGreaterThan(5);
      expect(error).toContain(place === 'ours' ? 'classification of kind in data.' : 'the best so far');
    },
    limit,
  );
}

test(
  'what is wrong is told before anything begins',
  async () => {
    const { found } = await flow('refusals', server);
    expect(found).toMatchObject({
      table: like(/^ValueError.*not supported/),
      kind: like(/^ValueError.*int/),
      option: like(/^ServerError.*'nonsense'/),
      lookups: like(/^ValueError.*feature_store/),
      server: like(/^ValueError.*address/),
      away: like(/^ServerError.*does not answer/),
      remote: like(/^ServerError.*no file/),
      early: like(/^EngineError.*call setup first/),
      fold: like(/^ValueError.*5 folds.*split_col/),
      outliers: like(/^ValueError.*robust/),
      scaler: like(/^ValueError.*zscore, minmax/),
      fill: like(/^ValueError.*mean or median/),
      file: like(/^ValueError.*imputers=/),
      recall: like(/^ValueError.*accuracy, roc_auc/),
      word: like(/^TypeError.*'nonsense'/),
      times: like(/^ValueError.*index='column'/),
      steps: like(/^ValueError.*fh/),
      cutoffs: like(/^ValueError.*forecast from 5 times of the past/),
      who: 'EngineError: ann:a:b at http://127.0.0.1:9',
    });
  },
  limit,
);

test(
  "PyCaret's verbs for tables: transforms, calibration, weights, a threshold, predictions, a saved model",
  async () => {
    const { found } = await flow('tables', server);
    expect(found).toMatchObject({
      steps: ['features', 'polynomial', 'transformation', 'normalize', 'selection', 'pca', 'model'],
      names: ['bagging', 'calibrated', 'blend', 'threshold', 'final-threshold'],
      strength: 0.5,
      weights: [2, 1],
      many: 'BaggingClassifier',
      true: 'CalibratedClassifierCV',
      held_out: 80,
      right: expect.closeTo(Number(found['measured']), 9) as number,
      predicted: ['setosa', 'virginica'],
      loaded: ['setosa', 'virginica'],
      raw: ['prediction_score_setosa', 'prediction_score_virginica'],
      empty: [
        ['prediction_label', 'prediction_score'],
        ['prediction_score_setosa', 'prediction_score_virginica'],
      ],
      picture: like(/roc\.png$/),
      nothing: like(/^EngineError.*no estimator 'nothing'/),
      folds: like(/^ValueError.*5 folds/),
      alone: like(/^EngineError.*two models/),
      nested: like(/^EngineError.*made of other models/),
      many_of_many: like(/^EngineError.*single learner/),
      plot: like(/^ValueError.*roc/),
      measure: like(/^EngineError.*accuracy, f1, precision/),
    });
    expect(found['compared']).toEqual(expect.arrayContaining(['Model', 'roc_auc', 'f1_score']));
    expect(found['drawn']).toContain('roc');
    expect(found['chosen']).toEqual(expect.arrayContaining([true, 'Model', 'val_roc_auc']));
    expect(found['test']).toContain('test_roc_auc');
    expect(found['certain']).toBeGreaterThan(0.5);
    expect(found['threshold']).toBeGreaterThan(0);
    expect(found['needs']).toContainEqual(like(/^xgboost-cpu==/));
  },
  limit,
);

test(
  "PyCaret's verbs for series, on the server of MLflow",
  async () => {
    const { found } = await flow('series', other);
    expect(found).toMatchObject({
      names: ['blend', 'final-blend'],
      tested: ['2021-10-01', '2021-11-01', '2021-12-01'],
      ahead: ['2022-01-01', '2022-02-01', '2022-03-01', '2022-04-01', '2022-05-01'],
      columns: ['y_pred', 'lower', 'upper'],
      same: true,
      picture: like(/forecast\.png$/),
      board: 4,
      drawn: expect.arrayContaining(['backtest', 'forecast', 'residuals']) as string[],
      chosen: [true, true],
      afar: true,
      unsaid: like(/^ValueError.*give fh/),
      version: '1',
      heavier: true,
      estimator: like(/^EngineError.*AutoETS/),
    });
    expect(found['compared']).toContain('mae');
    expect(found['scored']).toContain('test_smape');
    expect(found['near']).toBeLessThan(10);
  },
  limit,
);

test(
  'the example leaves its models to AutoML: compared, tuned, stacked, blended, registered, in a pipeline',
  async () => {
    const folder = join(dir, 'pima');
    cpSync(join(root, 'examples/pima'), folder, {
      recursive: true,
      filter: (path) => !/\/(output|mlruns)$/.test(path),
    });
    const script = join(folder, 'tasks/automl.py');
    const text = readFileSync(script, 'utf8');
    // Two learners tell as much as four.
    const short = text.replace('["lr", "rf", "et", "lightgbm"], n_select=3', '["lr", "dt"], n_select=2');
    writeFileSync(script, short.replace('n_iter=5', 'n_iter=1'));
    expect(short).not.toBe(text);
    // What AutoML trains with has all that the task asks for.
    const env = { ...environment, MLFLOW_TRACKING_URI: server.url, VIRTUAL_ENV: dirname(dirname(python)) };
    const args = ['pipeline', 'build', '--entry-point', 'pipeline.automl.yaml'];
    const { code, error } = await runModelyard(args, { dir: folder, env, limit });
    expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
    expect(error).toMatch(/Version 1 of pima-diabetes-automl is [a-z-]+-\d+: ROC AUC 0\.[78]/);
    const [header, ...rows] = readFileSync(join(folder, 'output/automl/leaderboard.csv'), 'utf8').trim().split('\n');
    expect(header).toStartWith('rank,');
    const kinds = rows.map((row) => row.split(',')[3]);
    expect(kinds.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      'blend',
      'search',
      'search',
      'search',
      'stack',
    ]);
  },
  limit,
);
