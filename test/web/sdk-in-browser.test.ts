/** The SDK in a page of another origin: it tracks, trains and predicts in the browser. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getMetricHistory, searchRuns, setTrackingUri } from '../../src/sdk/index.ts';
import { testedApplication } from '../sdk/support/application.ts';
import { tinyOnnx } from '../sdk/support/tiny-onnx.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { openTab } from './support/browser.ts';

const wasm = join(import.meta.dir, '../sdk/libraries/node_modules/onnxruntime-web/dist');
const application = testedApplication();
let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  setTrackingUri(server.url);
}, 60_000);

afterAll(() => server.stop());

/** What the program says by `document.title`, as JSON. */
async function saidBy(program: string): Promise<unknown> {
  const file = join(application.folder, `page-${crypto.randomUUID()}.mjs`);
  writeFileSync(file, program);
  // TensorFlow.js does not list all of its modules that do more than export.
  const { outputs } = await Bun.build({ entrypoints: [file], target: 'browser', ignoreDCEAnnotations: true });
  const html = `<!doctype html><html lang="en"><link rel="icon" href="data:,"><script>
    const tell = ({ message, reason }) => (document.title = JSON.stringify(message ?? String(reason)));
    addEventListener('error', tell);
    addEventListener('unhandledrejection', tell);
  </script><script type="module" src="/page.js"></script></html>`;
  using pages = Bun.serve({
    port: 0,
    routes: {
      '/': new Response(html, { headers: { 'content-type': 'text/html' } }),
      '/page.js': new Response(outputs[0], { headers: { 'content-type': 'text/javascript' } }),
      '/wasm/:name': ({ params }) => new Response(Bun.file(join(wasm, params.name))),
    },
  });
  await using page = await openTab(pages.url.href, { server, expected: /status of 404/ });
  await page.waitForFunction('document.title !== ""', undefined, { timeout: 30_000 });
  return JSON.parse(await page.title());
}

test('a page logs a run and an ONNX model, loads it again and predicts', async () => {
  const said = await saidBy(`
    import * as runtime from 'onnxruntime-web';
    import { inferSignature, loadModel, logMetric, logModel, onnxModel, setExperiment, setTrackingUri, startRun } from 'modelyard';
    runtime.env.wasm.wasmPaths = '/wasm/';
    runtime.env.wasm.numThreads = 1;
    setTrackingUri(${JSON.stringify(server.url)});
    await setExperiment('in a page');
    const example = [[1, 2], [3, 4]];
    const { modelUri } = await startRun({ runName: 'page' }, async () => {
      for (let step = 0; step < 100; step++) await logMetric('loss', 1 / (step + 1), step);
      const signature = inferSignature({ data: Float32Array.from(example.flat()), shape: [2, 2] });
      return logModel(onnxModel(new Uint8Array(${JSON.stringify([...tinyOnnx])})), { signature });
    });
    const model = await loadModel(modelUri, { runtime });
    document.title = JSON.stringify(await model.predict(example));`);
  expect(said).toEqual([[1, 2], [3, 4]]); // prettier-ignore
  const [run] = await searchRuns({ experimentNames: ['in a page'] });
  expect(run?.info).toMatchObject({ runName: 'page', status: 'FINISHED' });
  expect(await getMetricHistory(run?.info.runId ?? '', 'loss')).toHaveLength(100);
}, 60_000);

test('a page trains with TensorFlow.js, which is logged, and the model is loaded again', async () => {
  const said = await saidBy(`
    import * as tf from '@tensorflow/tfjs';
    import { loadModel, searchRuns, setExperiment, setTrackingUri } from 'modelyard';
    import { autolog } from 'modelyard/tensorflow';
    await tf.setBackend('cpu');
    setTrackingUri(${JSON.stringify(server.url)});
    await setExperiment('trained in a page');
    autolog(tf);
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    await model.fit(tf.tensor2d([[0, 1], [1, 0]]), tf.tensor2d([[1], [0]]), { epochs: 3 });
    const [run] = await searchRuns({ experimentNames: ['trained in a page'] });
    const loaded = await loadModel(\`models:/\${run.outputs.modelOutputs[0].modelId}\`, { runtime: tf });
    const [[own]] = await model.predict(tf.tensor2d([[0.5, 0.5]])).array();
    const [[again]] = await loaded.predict([[0.5, 0.5]]);
    document.title = JSON.stringify({ same: Math.abs(own - again) < 1e-6, params: run.data.params, status: run.info.status });`);
  expect(said).toMatchObject({ same: true, params: { epochs: '3' }, status: 'FINISHED' });
}, 60_000);
