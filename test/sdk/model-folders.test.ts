/** Models in folders of this machine: what their files hold, and what is told of those that do not fit. */
import { describe, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testedApplication } from './support/application.ts';
import { jsonOf, modelRuntimes, runScript, type Runtime } from './support/script.ts';
import { serverOf } from './support/servers.ts';
import { tinyOnnx, tinyOnnxOf, tinyOnnxOfSequence } from './support/tiny-onnx.ts';

const application = testedApplication();

/** What the program prints that loads the model, as JSON. */
async function answerOf(
  onnx: Uint8Array,
  program: string,
  { runtime = 'node', signature = '' }: { runtime?: Runtime; signature?: string } = {},
): Promise<unknown> {
  const model = join(application.folder, `model-${crypto.randomUUID()}`);
  mkdirSync(model);
  writeFileSync(join(model, 'model.onnx'), onnx);
  writeFileSync(join(model, 'MLmodel'), `flavors:\n  onnx:\n    data: model.onnx\n${signature}`);
  const source = `
    import { loadModel } from 'modelyard';
    const model = await loadModel(${JSON.stringify(model)});
    const said = (work) => work.then(() => 'nothing', (error) => error.message);
    ${program}`;
  return jsonOf(application.folder, source, {}, runtime);
}

describe.each(modelRuntimes)('in %s', (runtime) => {
  test('half precision is numbers', async () => {
    const schema = '[{"type": "tensor", "tensor-spec": {"dtype": "float16", "shape": [-1, 2]}}]';
    const program = `
      const lists = await model.predict([[1, -2.5]]);
      const { data, shape } = await model.predict({ data: Float32Array.of(1, 0.1), shape: [1, 2] });
      console.log(JSON.stringify([lists, await model.predict([{ a: 1, b: 2 }]), data.constructor.name, [...data], shape]));`;
    const answer = [[[1, -2.5]], [{ y: [1, 2] }], 'Float32Array', [1, 0.0999755859375], [1, 2]];
    expect(await answerOf(tinyOnnxOf('float16'), program, { runtime })).toEqual(answer);
    const signature = `signature:\n  inputs: '${schema}'\n  outputs: null\n`;
    expect(await answerOf(tinyOnnxOf('float16'), program, { runtime, signature })).toEqual(answer);
  }, 60_000);
});

test('an output that is no tensor is left out, and who asks for it is told why', async () => {
  const program = `
    console.log(JSON.stringify([
      await model.predict([[1, 2]]),
      await said(model.predict([[1, 2]], { output: 'z' })),
    ]));`;
  expect(await answerOf(tinyOnnxOfSequence, program)).toEqual([
    [[1, 2]],
    'The output "z" is no tensor, so it cannot be read. Convert a model of scikit-learn with options={"zipmap": False} to have its probabilities.',
  ]);
}, 60_000);

test('what is disposed of is so once, and predicts no more', async () => {
  const program = `
    await model.dispose();
    await model.dispose();
    console.log(JSON.stringify(await said(model.predict([[1, 2]]))));`;
  expect(await answerOf(tinyOnnx, program)).toBe('The model was disposed of: load it again to predict.');
}, 60_000);

test('what is no model is refused before anything is logged', async () => {
  const program = `
    import * as tf from '@tensorflow/tfjs';
    import { logModel, onnxModel } from 'modelyard';
    import * as tensorflow from 'modelyard/tensorflow';
    import * as mljs from 'modelyard/mljs';
    tf.enableProdMode();
    const said = async (work) => { try { await work(); return 'nothing'; } catch (error) { return error.message; } };
    console.log(JSON.stringify([
      await said(() => onnxModel('model.onnx')),
      await said(() => logModel(tf.sequential())),
      await said(() => tensorflow.tensorflowModel({})),
      await said(() => tensorflow.autolog()),
      await said(() => tensorflow.autolog(tf, { logEveryEpoch: false, logEveryNSteps: 0 })),
      await said(() => mljs.autolog()),
      await said(() => mljs.autolog({})),
    ]));`;
  const env = { MLFLOW_TRACKING_URI: await serverOf('modelyard') };
  const { out, error } = await runScript(application.folder, program, env).finished;
  expect(error).toBe('');
  expect(JSON.parse(out)).toEqual([
    'onnxModel takes the content of the file, as readFileSync gives it, not its path.',
    'logModel takes { files, flavors }, as onnxModel, tensorflowModel and mljsModel make them.',
    'tensorflowModel takes a model that is made of layers, such as tf.sequential().',
    "autolog takes the library: import * as tf from '@tensorflow/tfjs'; autolog(tf).",
    'logEveryNSteps is a whole number from 1 on.',
    'autolog takes classes, such as RandomForestClassifier of ml-random-forest.',
    'autolog takes classes, such as RandomForestClassifier of ml-random-forest.',
  ]);
}, 60_000);

test('examples that are single values, or typed, are kept as lists', async () => {
  const program = `
    import { loadDict, logModel, onnxModel } from 'modelyard';
    const model = onnxModel(new Uint8Array(${JSON.stringify([...tinyOnnx])}));
    const kept = async (inputExample) => {
      const { modelUri } = await logModel(model, { inputExample });
      return [await loadDict(modelUri + '/input_example.json'), await loadDict(modelUri + '/serving_input_example.json')];
    };
    console.log(JSON.stringify([await kept([1, 2]), await kept(Float32Array.of(1, 2)), await kept([{ a: 1 }])]));`;
  const env = { MLFLOW_TRACKING_URI: await serverOf('modelyard') };
  const { out, error } = await runScript(application.folder, program, env).finished;
  expect(error).toBe('');
  const lists = [[1, 2], { inputs: [1, 2] }];
  const table = { columns: ['a'], data: [[1]] };
  expect(JSON.parse(out)).toEqual([lists, lists, [table, { dataframe_split: table }]]);
}, 60_000);
