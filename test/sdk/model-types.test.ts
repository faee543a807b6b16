/** What may be passed to the functions of models, by the types of the real libraries. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSdk } from '../../scripts/build-sdk.ts';
import { removeFolder } from '../support/folders.ts';
import { makeApplication } from './support/application.ts';

const root = join(import.meta.dir, '../..');
let folder: string;

beforeAll(async () => {
  await buildSdk();
  folder = makeApplication();
}, 60_000);

afterAll(() => removeFolder(folder));

test('models and libraries are taken, other things are errors when it is compiled', () => {
  const source = `
    import * as tf from '@tensorflow/tfjs';
    import * as ort from 'onnxruntime-node';
    import { RandomForestClassifier } from 'ml-random-forest';
    import { loadModel, logModel, type NestedList, type Row, type Tensor } from 'modelyard';
    import { autolog as autologForests } from 'modelyard/mljs';
    import { autolog, tensorflowModel } from 'modelyard/tensorflow';
    autolog(tf, { logModels: false });
    autologForests([RandomForestClassifier], { logDatasets: false });
    await logModel(tensorflowModel(tf.sequential()), { name: 'network' });
    const model = await loadModel('models:/iris@champion', { runtime: ort });
    const tensor = { data: new Float32Array(4), shape: [1, 4] };
    const rows: Row[] = await model.predict([{ a: 1, b: 'x' }]);
    const scores: Tensor = await model.predict(tensor, { output: 'scores' });
    const lists: NestedList = await model.predict([[1, 2], [3, 4]], { output: 'label' });
    const named: Tensor | NestedList = await model.predict({ a: [1, 2], b: new Float32Array(2) }, { output: 'y' });
    // @ts-expect-error a model does not predict on a text
    await model.predict('text');
    // @ts-expect-error an output has a name
    await model.predict(tensor, { output: 3 });
    // @ts-expect-error several outputs come by name
    const wrong: Tensor = await model.predict(tensor);
    // @ts-expect-error there is no such option
    autolog(tf, { logModel: true });
    // @ts-expect-error this is not TensorFlow.js
    autolog(ort);
    // @ts-expect-error a model, not its class
    await tensorflowModel(tf.Sequential);
    // @ts-expect-error an instance is no class
    autologForests(new Date());
    export { lists, named, rows, scores, wrong };`;
  writeFileSync(join(folder, 'typed.mts'), source);
  // The libraries' own types have errors.
  const options = {
    strict: true,
    skipLibCheck: true,
    module: 'nodenext',
    target: 'es2022',
    noEmit: true,
    lib: ['es2023', 'dom'],
    types: [],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['typed.mts'] }));
  const { exitCode, stdout } = Bun.spawnSync([join(root, 'node_modules/.bin/tsc'), '-p', folder], { timeout: 60_000 });
  expect([exitCode, stdout.toString()]).toEqual([0, '']);
}, 60_000);
