/** Models that the SDK logs, as the server and the Python client see them. */
import { beforeAll, describe, expect, test } from 'bun:test';
import { join } from 'node:path';
import {
  Client,
  getRun,
  inferSignature,
  listArtifacts,
  loadText,
  logModel,
  onnxModel,
  setExperiment,
  setTrackingUri,
  startRun,
} from '../../src/sdk/node/index.ts';
import { kinds, serverOf } from './support/servers.ts';
import { tinyOnnx } from './support/tiny-onnx.ts';

const python = join(import.meta.dir, '../../.venv/bin/python');

describe.each(kinds)('%s', (kind) => {
  let url: string;

  beforeAll(async () => {
    url = await serverOf(kind);
    setTrackingUri(url);
    await setExperiment(`models-${crypto.randomUUID()}`);
  }, 300_000);

  test('an ONNX model is logged, registered, and described as the Python client reads it', async () => {
    const name = `onnx-${crypto.randomUUID().slice(0, 8)}`;
    const input = { data: new Float32Array([1, 2, 3, 4]), shape: [2, 2] };
    const { runId, model } = await startRun({}, async (run) => ({
      runId: run.runId,
      model: await logModel(onnxModel(tinyOnnx), {
        name: 'identity',
        signature: inferSignature(input, input),
        inputExample: input,
        params: { depth: 3 },
        registeredModelName: name,
      }),
    }));
    expect((await getRun(runId)).outputs.modelOutputs).toEqual([{ modelId: model.modelId, step: 0 }]);
    expect((await listArtifacts(model.modelUri)).map(({ path }) => path)).toEqual([
      'MLmodel',
      'input_example.json',
      'model.onnx',
      'python_env.yaml',
      'requirements.txt',
      'serving_input_example.json',
    ]);
    expect(await loadText(`models:/${name}/1/requirements.txt`)).toContain('onnxruntime');
    const script = `
import json, mlflow
info = mlflow.models.get_model_info("models:/${name}/1")
logged = mlflow.get_logged_model("${model.modelId}")
example = mlflow.models.Model.load(info.model_uri).load_input_example(info.model_uri)
print(json.dumps([sorted(info.flavors), info.signature.to_dict(), example.tolist(), logged.params, str(logged.status)]))`;
    const { stdout, stderr } = Bun.spawnSync([python, '-c', script], {
      env: { ...process.env, MLFLOW_TRACKING_URI: url },
      timeout: 60_000,
    });
    const tensor = '[{"type": "tensor", "tensor-spec": {"dtype": "float32", "shape": [-1, 2]}}]';
    expect([stderr.toString(), JSON.parse(stdout.toString() || 'null')]).toEqual([
      expect.anything(),
      [
        ['onnx', 'python_function'],
        { inputs: tensor, outputs: tensor, params: null },
        [
          [1, 2],
          [3, 4],
        ],
        { depth: '3' },
        'READY',
      ],
    ]);
  }, 90_000);

  test('one that cannot be uploaded whole is marked so', async () => {
    const failing = logModel({ files: { '../out': new Uint8Array(1) }, flavors: {} }, { name: 'broken' });
    expect(failing).rejects.toThrow(/not a path below/);
    await failing.catch(() => undefined);
    const experiment_ids = [(await setExperiment(`models-${crypto.randomUUID()}`)).experimentId];
    await logModel({ files: {}, flavors: { mine: { data: 'x' } } }, { name: 'whole', tags: { a: 1 } });
    const { models } = await new Client().searchLoggedModels({ experiment_ids });
    expect(models.map(({ info }) => [info?.name, info?.status])).toEqual([['whole', 'LOGGED_MODEL_READY']]);
  });
});

test('signatures: columns of records, tensors of lists and typed arrays', () => {
  expect(
    inferSignature(
      [
        { a: 1, b: 'x' },
        { a: 0.5, b: null },
      ],
      [[0.1, 0.9]],
    ),
  ).toEqual({
    inputs: [
      { type: 'double', name: 'a', required: true },
      { type: 'string', name: 'b', required: false },
    ],
    outputs: [{ dtype: 'float64', shape: [-1, 2] }],
  });
  expect(inferSignature({ data: new BigInt64Array(6), shape: [3, 2] }).inputs).toEqual([
    { dtype: 'int64', shape: [-1, 2] },
  ]);
});
