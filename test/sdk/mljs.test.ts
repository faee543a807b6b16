/** The mljs family: classes whose training logs itself, and models that are loaded again. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { testedApplication } from './support/application.ts';
import { jsonOf, modelRuntimes, type Runtime } from './support/script.ts';
import { kinds, serverOf } from './support/servers.ts';

const application = testedApplication();

const prelude = `
  import { RandomForestClassifier, RandomForestRegression } from 'ml-random-forest';
  import { DecisionTreeClassifier } from 'ml-cart';
  import { GaussianNB } from 'ml-naivebayes';
  import { Matrix } from 'ml-matrix';
  import Logistic from 'ml-logistic-regression';
  import Knn from 'ml-knn';
  import { flush, listArtifacts, loadModel, logModel, searchRuns, setExperiment, startRun } from 'modelyard';
  import { autolog, mljsModel } from 'modelyard/mljs';
  // Bun shows the class of a CommonJS package, Node the object around it.
  const [LogisticRegression, KNN] = [Logistic.default ?? Logistic, Knn.default ?? Knn];
  const experiment = 'mljs-' + crypto.randomUUID();
  await setExperiment(experiment);
  const runs = async () => searchRuns({ experimentNames: [experiment], orderBy: ['attributes.start_time ASC'] });
  const rows = [[0, 0], [0, 1], [1, 0], [1, 1], [0, 0.1], [0.9, 1], [1, 0.2], [0.1, 0.1]];
  const labels = [0, 0, 1, 1, 0, 1, 1, 0];
  const modelOf = (run) => loadModel('models:/' + run.outputs.modelOutputs[0].modelId);
  const print = (value) => console.log(JSON.stringify(value));`;

describe.each(kinds)('%s', (kind) => {
  let url: string;

  beforeAll(async () => {
    url = await serverOf(kind);
  }, 300_000);

  /** What the program prints, as JSON. */
  async function resultOf(source: string, runtime: Runtime = 'node'): Promise<unknown> {
    const env = { MLFLOW_TRACKING_URI: url, MODELYARD_SPOOL: join(application.folder, 'spool') };
    return jsonOf(application.folder, prelude + source, env, runtime);
  }

  test.each(modelRuntimes)(
    'a forest logs params, metrics, dataset and itself, to a run of its own, in %s',
    async (runtime) => {
      const program = `
      autolog([RandomForestClassifier, DecisionTreeClassifier], { logInputExamples: true });
      const forest = new RandomForestClassifier({ nEstimators: 5, noOOB: true, seed: 3, treeOptions: { maxDepth: 4 } });
      const result = forest.train(rows, labels);
      const expected = forest.predict(rows);
      await flush();
      const [run, ...others] = await runs();
      const loaded = await modelOf(run);
      print({
        result: result === undefined,
        count: others.length,
        status: run.info.status,
        params: run.data.params,
        metrics: Object.keys(run.data.metrics).sort(),
        accuracy: run.data.metrics.training_accuracy_score === labels.filter((label, index) => label === expected[index]).length / 8,
        profile: run.inputs.datasetInputs[0].dataset.profile,
        files: (await listArtifacts(loaded.modelUri)).map(({ path }) => path),
        flavors: loaded.flavors,
        signature: loaded.signature,
        same: JSON.stringify(await loaded.predict(rows)) === JSON.stringify(expected),
        record: await loaded.predict([{ a: 1, b: 0 }]),
        wrong: await loaded.predict([[1, 2, 3]]).catch((error) => error.message),
      });`;
      expect(await resultOf(program, runtime)).toEqual({
        result: true,
        count: 0,
        status: 'FINISHED',
        params: {
          isClassifier: 'true',
          maxFeatures: '1',
          nEstimators: '5',
          noOOB: 'true',
          replacement: 'true',
          seed: '3',
          useSampleBagging: 'true',
        },
        metrics: ['training_accuracy_score', 'training_f1_score', 'training_precision_score', 'training_recall_score'],
        accuracy: true,
        profile: '{"num_rows":8}',
        files: ['MLmodel', 'input_example.json', 'model.json', 'serving_input_example.json'],
        flavors: { mljs: { class: 'RandomForestClassifier', data: 'model.json', package: 'ml-random-forest' } },
        signature: { inputs: [{ dtype: 'float64', shape: [-1, 2] }], outputs: [{ dtype: 'float64', shape: [-1] }] },
        same: true,
        record: [{ prediction: 1 }],
        wrong: "The input has the shape [1, 3]; the model's signature says [-1, 2].",
      });
    },
    90_000,
  );

  test('an active run waits for what is on its way; other classes; a failure; off again', async () => {
    const program = `
      autolog([RandomForestRegression, LogisticRegression, GaussianNB]);
      await startRun({ runName: 'regression' }, () => {
        new RandomForestRegression({ nEstimators: 3, noOOB: true }).train(rows, rows.map(([a, b]) => a + 2 * b));
      });
      await startRun({ runName: 'logistic' }, () => {
        new LogisticRegression({ numSteps: 200, learningRate: 0.05 }).train(new Matrix(rows), Matrix.columnVector(labels));
      });
      await startRun({ runName: 'bayes' }, () => { new GaussianNB().train(rows, labels); });
      let error;
      try { new GaussianNB().train(rows, [1]); } catch (reason) { error = reason; }
      await flush();
      autolog([RandomForestRegression, LogisticRegression, GaussianNB], { disable: true });
      new GaussianNB().train(rows, labels);
      const knn = new KNN(rows, labels, { k: 1 });
      const { modelUri } = await logModel(mljsModel(knn));
      const found = await runs();
      const [regression, logistic, bayes] = ['regression', 'logistic', 'bayes'].map((name) => found.find(({ info }) => info.runName === name));
      print({
        statuses: found.map(({ info }) => info.status).sort(),
        error: error instanceof RangeError,
        regression: Object.keys(regression.data.metrics).sort(),
        params: logistic.data.params,
        logistic: await (await modelOf(logistic)).predict([[0, 0], [1, 0.9]]),
        bayes: await (await modelOf(bayes)).predict([[0, 0], [1, 0.9]]),
        knn: await (await loadModel(modelUri)).predict([[0, 0.05], [1, 0.9]]),
      });`;
    expect(await resultOf(program)).toEqual({
      statuses: ['FAILED', 'FINISHED', 'FINISHED', 'FINISHED'],
      error: true,
      regression: [
        'training_mean_absolute_error',
        'training_mean_squared_error',
        'training_r2_score',
        'training_root_mean_squared_error',
      ],
      params: { learningRate: '0.05', numSteps: '200' },
      logistic: [0, 1],
      bayes: [0, 1],
      knn: [0, 1],
    });
  }, 60_000);
});
