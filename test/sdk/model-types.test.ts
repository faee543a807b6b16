/** What may be passed to the functions of models, by the types of the real libraries. */
import { expect, test } from 'bun:test';
import { compiled, testedApplication } from './support/application.ts';

const application = testedApplication();

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
  // The libraries' own types have errors.
  expect(compiled(application.folder, source, { skipLibCheck: true })).toEqual([0, '']);
}, 60_000);
