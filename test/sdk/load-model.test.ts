/** Models that are loaded to predict, as Python logged them and as the SDK did, in Node and in Bun. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import { removeFolder } from '../support/folders.ts';
import { cleanEnvironment } from '../support/start-server.ts';
import { makeApplication, testedApplication } from './support/application.ts';
import { jsonOf, modelRuntimes, runScript } from './support/script.ts';
import { kinds, serverOf } from './support/servers.ts';
import { tinyOnnx } from './support/tiny-onnx.ts';

const python = join(import.meta.dir, '../../.venv/bin/python');
const pythonModels = join(import.meta.dir, 'support/python-models.py');
const application = testedApplication();

describe.each(kinds)('%s', (kind) => {
  let url: string;
  let models: { run: string; bare: string; other: string };

  beforeAll(async () => {
    url = await serverOf(kind);
    const { stdout, stderr } = runPython([pythonModels]);
    models = JSON.parse(stdout.trim().split('\n').at(-1) || `"${stderr}"`) as typeof models;
  }, 300_000);

  function runPython(command: readonly string[]): { stdout: string; stderr: string } {
    const env = { ...cleanEnvironment(), MLFLOW_TRACKING_URI: url };
    const { stdout, stderr } = Bun.spawnSync([python, ...command], { cwd: application.folder, env, timeout: 120_000 });
    return { stdout: stdout.toString(), stderr: stderr.toString() };
  }

  /** What the program prints, as JSON. */
  async function resultOf(source: string, runtime: (typeof modelRuntimes)[number] = 'node'): Promise<unknown> {
    const env = { MLFLOW_TRACKING_URI: url, MODELYARD_SPOOL: join(application.folder, 'spool') };
    return jsonOf(application.folder, source, env, runtime);
  }

  test.each(modelRuntimes)(
    'an ONNX model of Python with weights in another file answers in the form of the question, in %s',
    async (runtime) => {
      const program = `
      import { loadModel } from 'modelyard';
      const model = await loadModel('models:/py-classifier@champion');
      const zeros = () => new Array(400).fill(0);
      const rows = [Object.assign(zeros(), { 0: 1 }), Object.assign(zeros(), { 1: 2 })];
      const tensor = { data: Float32Array.from(rows.flat()), shape: [2, 400] };
      const lists = await model.predict(rows);
      const typed = await model.predict(tensor);
      const scores = await model.predict(tensor, { output: 'scores' });
      const byName = await model.predict({ X: tensor });
      const records = await model.predict(rows.map((row) => Object.fromEntries(row.map((value, index) => ['c' + index, value]))));
      console.log(JSON.stringify({
        flavor: model.flavor,
        signature: model.signature,
        lists,
        typed: [typed.label.data.constructor.name, [...typed.label.data].map(String), typed.scores.shape],
        scores: [scores.data.constructor.name, [...scores.data]],
        byName: [...byName.scores.data],
        records,
      }));
      await model.dispose();`;
      expect(await resultOf(program, runtime)).toEqual({
        flavor: 'onnx',
        signature: {
          inputs: [{ dtype: 'float32', shape: [-1, 400] }],
          outputs: [
            { name: 'label', dtype: 'int64', shape: [-1] },
            { name: 'scores', dtype: 'float32', shape: [-1, 3] },
          ],
        },
        lists: {
          label: [1, 2],
          scores: [
            [0, 1, 0],
            [0, 0, 2],
          ],
        },
        typed: ['BigInt64Array', ['1', '2'], [2, 3]],
        scores: ['Float32Array', [0, 1, 0, 0, 0, 2]],
        byName: [0, 1, 0, 0, 0, 2],
        records: [
          { label: 1, scores: [0, 1, 0] },
          { label: 2, scores: [0, 0, 2] },
        ],
      });
    },
    90_000,
  );

  test('a model with an input for each column takes records and columns, of runs:/ and by its id', async () => {
    const program = `
      import { loadModel } from 'modelyard';
      const model = await loadModel('runs:/${models.run}/columns');
      const bare = await loadModel('${models.bare}');
      const records = [{ price: 1.5, count: 2, name: 'a', more: true }, { price: 3, count: 9007199254740993n, name: 'b', note: 1 }];
      const columns = { price: [1.5, 3], count: [2, 4], name: ['a', 'b'] };
      const column = (Type, values) => ({ data: Type.from(values), shape: [2, 1] });
      const typed = await bare.predict({ price: column(Float32Array, [1, 2]), count: column(BigInt64Array, [3n, 4n]), name: { data: ['a', 'b'], shape: [2, 1] } });
      console.log(JSON.stringify([
        await model.predict(records),
        await model.predict(records[0]),
        await bare.predict(columns),
        [...typed.total.data],
        model.metadata,
        [model.modelUri, bare.modelId === '${models.bare}'.slice(8)],
      ], (_, value) => typeof value === 'bigint' ? value + 'n' : value));`;
    expect(await resultOf(program)).toEqual([
      [
        { total: 3, label: 'a', same: 2 },
        { total: 27_021_597_764_222_976, label: 'b', same: '9007199254740993n' },
      ],
      [{ total: 3, label: 'a', same: 2 }],
      { total: [[3], [12]], label: [['a'], ['b']], same: [[2], [4]] },
      [3, 8],
      { made: 'here' },
      [`runs:/${models.run}/columns`, true],
    ]);
  }, 60_000);

  test('what the signature does not allow is said, and what cannot be run here too', async () => {
    const program = `
      import { loadModel, ModelInputError } from 'modelyard';
      const said = async (work) => {
        try { await work(); return 'nothing'; } catch (error) { return (error instanceof ModelInputError ? 'input: ' : '') + error.message; }
      };
      const model = await loadModel('runs:/${models.run}/columns');
      const classifier = await loadModel('models:/py-classifier/1');
      const row = { price: 1, count: 2, name: 'a' };
      console.log(JSON.stringify([
        await said(() => model.predict([{ price: 1, nam: 'a' }])),
        await said(() => model.predict([{ ...row, count: 2.5 }])),
        await said(() => model.predict([{ ...row, name: 7 }])),
        await said(() => model.predict([{ ...row, price: '1' }])),
        await said(() => model.predict([{ ...row, count: null }])),
        await said(() => model.predict([[1, 2, 3]])),
        await said(() => classifier.predict([[1, 2, 3]])),
        await said(() => classifier.predict({ data: new Float64Array(400), shape: [1, 400] })),
        await said(() => classifier.predict({ data: new Float32Array(399), shape: [1, 400] })),
        await said(() => classifier.predict(new Array(400).fill('x'))),
        await said(() => classifier.predict([new Array(400).fill(0)], { output: 'odds' })),
        await said(() => classifier.predict([])),
        await said(() => loadModel('${models.other}')),
        await said(() => loadModel('runs:/${models.run}/nothing')),
      ]));`;
    expect(await resultOf(program)).toEqual([
      `input: The input lacks "count", "name", which the model's signature requires. It has "nam", which the model does not know.`,
      'input: The column "count" wants long; 2.5 cannot be converted to it safely.',
      'input: The column "name" wants string; 7 cannot be converted to it safely.',
      'input: The column "price" wants double; "1" cannot be converted to it safely.',
      'input: The column "count" wants long and has a missing value.',
      'input: The model takes the columns "price", "count", "name", "note": give records, or lists by these names.',
      "input: The input has the shape [1, 3]; the model's signature says [-1, 400].",
      "input: The input is float64; the model's signature says float32.",
      'input: The input has 399 values, which is not the shape [1, 400].',
      "input: The input has the shape [400]; the model's signature says [-1, 400].",
      'The model has no output "odds"; it has "label", "scores".',
      'input: The input is empty.',
      `The model at ${models.other} has the flavors python_function; here onnx, tfjs, mljs can be loaded. \`mlflow models serve -m ${models.other}\` serves it in Python.`,
      `There is no MLmodel file at runs:/${models.run}/nothing: it is no model.`,
    ]);
  }, 60_000);

  test('one that the SDK logged answers the same here, from a folder, and in Python', async () => {
    const program = `
      import * as web from 'onnxruntime-web';
      import { downloadArtifacts, inferSignature, loadModel, logModel, onnxModel } from 'modelyard';
      const input = { data: new Float32Array([1, 2, 3, 4]), shape: [2, 2] };
      const bytes = new Uint8Array(${JSON.stringify([...tinyOnnx])});
      const { modelUri } = await logModel(onnxModel(bytes), { signature: inferSignature(input, input) });
      const folder = await downloadArtifacts(modelUri, 'saved');
      const models = [await loadModel(modelUri), await loadModel(folder), await loadModel(modelUri, { runtime: web })];
      const answers = await Promise.all(models.map((model) => model.predict([[1, 2], [3.5, 4]])));
      console.log(JSON.stringify([modelUri, answers]));`;
    const [uri, answers] = (await resultOf(program)) as [string, unknown];
    expect(answers).toEqual([[[1, 2], [3.5, 4]], [[1, 2], [3.5, 4]], [[1, 2], [3.5, 4]]]); // prettier-ignore
    const script = `
import json, mlflow, numpy
model = mlflow.pyfunc.load_model("${uri}")
print(json.dumps(model.predict(numpy.array([[1, 2], [3.5, 4]], dtype=numpy.float32))["y"].tolist()))`;
    const { stdout, stderr } = runPython(['-c', script]);
    expect([stderr, JSON.parse(stdout || 'null')]).toEqual([expect.anything(), [[1, 2], [3.5, 4]]]); // prettier-ignore
  }, 120_000);
});

test('a library that is missing is named, with what to do', async () => {
  const bare = makeApplication(['onnxruntime-node', 'onnxruntime-web']);
  const program = `
    import { mkdirSync, writeFileSync } from 'node:fs';
    import { loadModel } from 'modelyard';
    mkdirSync('model');
    writeFileSync('model/MLmodel', 'flavors:\\n  onnx:\\n    data: model.onnx\\n');
    console.log(await loadModel('model').catch((error) => error.message));`;
  const { out, error } = await runScript(bare, program, {}).finished;
  removeFolder(bare);
  expect([error, out]).toEqual([
    '',
    'ONNX models need the package onnxruntime-node, which cannot be loaded here. Install it (npm install onnxruntime-node), or pass what you import from elsewhere: loadModel(uri, { runtime }).\n',
  ]);
}, 60_000);
