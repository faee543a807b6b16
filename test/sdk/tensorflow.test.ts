/** TensorFlow.js: trainings that log themselves, and models that are loaded again. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testedApplication } from './support/application.ts';
import { jsonOf, modelRuntimes, runScript, type Runtime } from './support/script.ts';
import { kinds, serverOf } from './support/servers.ts';

const application = testedApplication();

/** Programs begin with it: data of two classes, and a model for it. */
const prelude = `
  import * as tf from '@tensorflow/tfjs';
  import { getMetricHistory, getRun, listArtifacts, loadModel, loadText, logModel, searchRuns, setExperiment, startRun } from 'modelyard';
  import { autolog, tensorflowModel } from 'modelyard/tensorflow';
  tf.enableProdMode();
  const experiment = 'tf-' + crypto.randomUUID();
  await setExperiment(experiment);
  const runs = async () => searchRuns({ experimentNames: [experiment], orderBy: ['attributes.start_time ASC'] });
  const x = tf.tensor([[0, 0], [0, 1], [1, 0], [1, 1], [0, 0.1], [0.9, 1], [1, 0.2], [0.1, 0.1]]);
  const y = tf.tensor([[0], [0], [1], [1], [0], [1], [1], [0]]);
  function makeModel() {
    const model = tf.sequential();
    model.add(tf.layers.dense({ units: 3, inputShape: [2], activation: 'relu', name: 'hidden' }));
    model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'answer' }));
    model.compile({ optimizer: tf.train.adam(0.1), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    return model;
  }
  const print = (value) => console.log(JSON.stringify(value));`;

describe.each(kinds)('%s', (kind) => {
  let url: string;

  beforeAll(async () => {
    url = await serverOf(kind);
  }, 300_000);

  /** What the program prints, as JSON. */
  async function resultOf(source: string, runtime: Runtime = 'node', env = {}): Promise<unknown> {
    const where = { MLFLOW_TRACKING_URI: url, MODELYARD_SPOOL: join(application.folder, 'spool'), ...env };
    return jsonOf(application.folder, prelude + source, where, runtime);
  }

  test.each(modelRuntimes)(
    'fit logs params, metrics, summary, dataset and the model, which is loaded again, in %s',
    async (runtime) => {
      const program = `
      const name = 'tf-' + crypto.randomUUID();
      autolog(tf, { logInputExamples: true, registeredModelName: name, extraTags: { team: 'vision' } });
      autolog(tf, { logInputExamples: true, registeredModelName: name, extraTags: { team: 'vision' } });
      const model = makeModel();
      const seen = [];
      const { history } = await model.fit(x, y, {
        epochs: 3, batchSize: 4, validationData: [x.slice(0, 4), y.slice(0, 4)], verbose: 0,
        callbacks: { onEpochEnd: (epoch) => { seen.push(epoch); } },
      });
      const [run, ...others] = await runs();
      const { runId } = run.info;
      const loaded = await loadModel('models:/' + name + '/1');
      const expected = [...model.predict(x).dataSync()];
      const answer = await loaded.predict(x.arraySync());
      const typed = await loaded.predict({ data: x.dataSync(), shape: [8, 2] });
      const losses = (await getMetricHistory(runId, 'val_loss')).map(({ step, value }) => [step, value]);
      print({
        count: others.length,
        status: run.info.status,
        params: run.data.params,
        tags: [run.data.tags['mlflow.autologging'], run.data.tags.team],
        metrics: Object.keys(run.data.metrics).sort(),
        losses: JSON.stringify(losses) === JSON.stringify(history.val_loss.map((loss, epoch) => [epoch, loss])),
        seen,
        summary: (await loadText('runs:/' + runId + '/model_summary.txt')).includes('hidden (Dense)'),
        contexts: run.inputs.datasetInputs.flatMap(({ tags }) => Object.values(tags)).sort(),
        schema: JSON.parse(JSON.parse(run.inputs.datasetInputs[0].dataset.schema).mlflow_tensorspec.features),
        files: (await listArtifacts('models:/' + name + '/1')).map(({ path }) => path),
        flavor: loaded.flavors.tfjs,
        signature: loaded.signature,
        same: answer.every(([value], index) => Math.abs(value - expected[index]) < 1e-6) && typed.data.every((value, index) => Math.abs(value - expected[index]) < 1e-6),
        typed: typed.shape,
        record: Object.keys((await loaded.predict([{ a: 0, b: 1 }]))[0]),
        wrong: await loaded.predict([[1, 2, 3]]).catch((error) => error.message),
        byRun: (await loadModel('runs:/' + runId + '/model')).modelId === loaded.modelId,
      });`;
      const tensor = { type: 'tensor', 'tensor-spec': { dtype: 'float32', shape: [-1, 2] } };
      expect(await resultOf(program, runtime)).toEqual({
        count: 0,
        status: 'FINISHED',
        params: {
          batch_size: '4',
          epochs: '3',
          initial_epoch: '0',
          loss: 'binaryCrossentropy',
          optimizer_beta_1: '0.9',
          optimizer_beta_2: '0.999',
          optimizer_epsilon: '1e-7',
          optimizer_learning_rate: '0.1',
          optimizer_name: 'Adam',
          shuffle: 'true',
          validation_split: '0',
        },
        tags: ['tensorflow', 'vision'],
        metrics: ['acc', 'loss', 'val_acc', 'val_loss'],
        losses: true,
        seen: [0, 1, 2],
        summary: true,
        contexts: ['eval', 'train'],
        schema: [tensor],
        files: ['MLmodel', 'group1-shard1of1.bin', 'input_example.json', 'model.json', 'serving_input_example.json'],
        flavor: { data: 'model.json', format: 'layers-model', tfjs_version: '4.22.0' },
        signature: {
          inputs: [{ dtype: 'float32', shape: [-1, 2] }],
          outputs: [{ dtype: 'float32', shape: [-1, 1] }],
        },
        same: true,
        typed: [8, 1],
        record: ['answer'],
        wrong: "The input has the shape [1, 3]; the model's signature says [-1, 2].",
        byRun: true,
      });
    },
    90_000,
  );

  test('an active run stays active; datasets, steps of batches, early stopping; off again', async () => {
    const program = `
      autolog(tf, { logModels: false, logEveryEpoch: false, logEveryNSteps: 2 });
      const model = makeModel();
      const data = tf.data.zip({ xs: tf.data.array(x.arraySync()), ys: tf.data.array(y.arraySync()) }).batch(2);
      const open = await startRun({}, async (run) => {
        await model.fitDataset(data, { epochs: 2, verbose: 0 });
        return run.info.status;
      });
      const [batches] = await runs();
      const steps = (await getMetricHistory(batches.info.runId, 'loss')).map(({ step }) => step);

      autolog(tf, { logDatasets: false });
      const stopping = tf.callbacks.earlyStopping({ monitor: 'loss', patience: 1, minDelta: 100 });
      await startRun({}, (run) => makeModel().fit(x, y, { epochs: 9, verbose: 0, callbacks: [stopping] }));
      const [, stopped] = await runs();
      const early = [stopped.data.params, stopped.data.metrics.stopped_epoch, stopped.inputs.datasetInputs.length, stopped.outputs.modelOutputs.length];

      autolog(tf, { disable: true });
      await makeModel().fit(x, y, { epochs: 1, verbose: 0 });
      print([open, batches.data.params, steps, batches.outputs.modelOutputs.length, early, (await runs()).length]);`;
    expect(await resultOf(program)).toEqual([
      'RUNNING',
      expect.objectContaining({ batch_size: '2', epochs: '2' }),
      [2, 4, 6, 8],
      0,
      [expect.objectContaining({ monitor: 'loss', min_delta: '100', patience: '1', epochs: '9' }), 1, 0, 1],
      2,
    ]);
  }, 60_000);

  test('a training that fails ends its run as failed; exclusive leaves a run of the user alone', async () => {
    const program = `
      autolog(tf);
      const model = makeModel();
      const broken = new Error('broken');
      const error = await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: { onEpochEnd: () => { throw broken; } } }).catch((reason) => reason);
      const [failed] = await runs();
      autolog(tf, { exclusive: true });
      await startRun({}, () => makeModel().fit(x, y, { epochs: 1, verbose: 0 }));
      const [, alone] = await runs();
      print([error === broken, failed.info.status, failed.data.params.epochs, alone.info.status, alone.data.params]);`;
    expect(await resultOf(program)).toEqual([true, 'FAILED', '3', 'FINISHED', {}]);
  }, 60_000);

  test('a model of several inputs that is logged by hand takes them by name', async () => {
    const program = `
      const [a, b] = [tf.input({ shape: [1], name: 'a' }), tf.input({ shape: [2], name: 'b', dtype: 'float32' })];
      const sum = tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones', name: 'sum' });
      const joined = tf.layers.concatenate().apply([a, b]);
      const model = tf.model({ inputs: [a, b], outputs: [sum.apply(joined), joined] });
      const { modelUri } = await logModel(tensorflowModel(model), { name: 'two' });
      const loaded = await loadModel(modelUri, { runtime: tf });
      const answer = await loaded.predict({ a: [[1], [2]], b: [[3, 4], [5, 6]] });
      const only = await loaded.predict({ a: [[1]], b: { data: Float32Array.of(3, 4), shape: [1, 2] } }, { output: 'sum' });
      const missing = await loaded.predict({ a: [[1]] }).catch((error) => error.message);
      print([loaded.signature.inputs, answer.sum, [[...only.data], only.shape], missing, await loaded.predict([{ a: 1, b: [3, 4] }]).then(([row]) => row.sum)]);`;
    expect(await resultOf(program)).toEqual([
      [
        { name: 'a', dtype: 'float32', shape: [-1, 1] },
        { name: 'b', dtype: 'float32', shape: [-1, 2] },
      ],
      [[8], [13]],
      [[8], [1, 1]],
      `The input lacks "b", which the model's signature requires.`,
      8,
    ]);
  }, 60_000);

  test('a graph model, as the converter of TensorFlow makes it', async () => {
    const program = `
      const attr = { dtype: { type: 'DT_FLOAT' }, shape: { shape: { dim: [{ size: '-1' }, { size: '2' }] } } };
      const modelTopology = { versions: {}, node: [
        { name: 'x', op: 'Placeholder', attr },
        { name: 'Identity', op: 'Neg', input: ['x'], attr: { T: { type: 'DT_FLOAT' } } },
      ] };
      const file = { format: 'graph-model', modelTopology, weightsManifest: [] };
      const files = { 'web/model.json': new Blob([JSON.stringify(file)]) };
      const { modelUri } = await logModel({ files, flavors: { tfjs: { data: 'web/model.json' } } });
      const loaded = await loadModel(modelUri);
      print([await loaded.predict([[1, 2], [3, 4]]), await loaded.predict([{ x: [1, 2] }])]);
      await loaded.dispose();`;
    expect(await resultOf(program)).toEqual([[[-1, -2], [-3, -4]], [{ Identity: [-1, -2] }]]); // prettier-ignore
  }, 60_000);
});

test.each(modelRuntimes)(
  'a server that is away is said, and the training goes on, in %s',
  async (runtime) => {
    const program = `
    import * as tf from '@tensorflow/tfjs';
    import { autolog } from 'modelyard/tensorflow';
    tf.enableProdMode();
    autolog(tf);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const { epoch } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), { epochs: 2, verbose: 0 });
    console.log(JSON.stringify(epoch));`;
    const probe = Bun.serve({ port: 0, fetch: () => new Response() });
    const address = probe.url.href;
    await probe.stop(true);
    const env = {
      MLFLOW_TRACKING_URI: address,
      MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0',
      MODELYARD_SPOOL: join(application.folder, 'away'),
    };
    const { code, out, error } = await runScript(application.folder, program, env, runtime).finished;
    expect([code, out]).toEqual([0, '[0,1]\n']);
    expect(error.split('Autologging:').length).toBe(2);
    expect(error).toContain('the run could not be logged');
  },
  60_000,
);

test('a server that is lost during a training is said; metrics and the end of the run are kept for later', async () => {
  const server = Bun.serve({
    port: 0,
    fetch: ({ url }) => {
      if (!url.endsWith('/runs/create')) return new Response('', { status: 503 });
      return Response.json({ run: { info: { run_id: 'a'.repeat(32), artifact_uri: 'mlflow-artifacts:/0/a' } } });
    },
  });
  const program = `
    import * as tf from '@tensorflow/tfjs';
    import { autolog } from 'modelyard/tensorflow';
    tf.enableProdMode();
    autolog(tf);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const { epoch } = await model.fit(tf.ones([4, 1]), tf.ones([4, 1]), { epochs: 2, verbose: 0 });
    console.log(JSON.stringify(epoch));`;
  const spool = join(application.folder, 'lost');
  const env = { MLFLOW_TRACKING_URI: server.url.href, MLFLOW_HTTP_REQUEST_MAX_RETRIES: '0', MODELYARD_SPOOL: spool };
  const { code, out, error } = await runScript(application.folder, program, env).finished;
  await server.stop(true);
  expect([code, out]).toEqual([0, '[0,1]\n']);
  expect(error).toContain('params could not be logged');
  expect(error).toContain('the model could not be logged');
  expect(error).toContain('2 metric points and its end are kept on disk');
  expect(readdirSync(spool).length).toBe(1);
}, 60_000);
