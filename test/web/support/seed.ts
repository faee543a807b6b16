/** Data that most pages can be tried with: two hundred runs, curves, nested runs, artifacts and a model. */
import { Api } from '../../support/api.ts';
import type { TestServer } from '../../support/start-server.ts';

export interface Seeded {
  /** Experiment `bulk`: 200 runs `trial-000`… with params `lr`, `depth`, `constant`, metrics `loss`, `acc`. */
  readonly bulk: string;
  /** Run `trial-007` of it; its tags, its description and the artifacts are set. */
  readonly run: string;
  /** Experiment `curves`: 4 runs with the metric `train/loss` of 300 steps, the first still running. */
  readonly curves: string;
  readonly curveRuns: readonly string[];
  /** Experiment `team/vision/nested`: a parent with three children. */
  readonly nested: string;
  readonly parent: string;
  /** Registered model with two versions; alias `champion` on the first. */
  readonly model: string;
}

const start = Date.now() - 3_600_000;

export async function seed(server: Pick<TestServer, 'url'>): Promise<Seeded> {
  const api = new Api(server);
  const bulk = await api.createExperiment('bulk');
  const curves = await api.createExperiment('curves');
  const nested = await api.createExperiment('team/vision/nested');
  const runs = await inTurns(200, (i) => trial(api, bulk, i));
  const run = runs[7] ?? '';
  await describe(server, api, run);
  const curveRuns = await inTurns(4, (i) => curve(api, curves, i));
  const parent = await api.createRun({ experiment_id: nested, run_name: 'parent', start_time: start });
  for (let i = 0; i < 3; i++) {
    const tags = [{ key: 'mlflow.parentRunId', value: parent }];
    const child = await api.createRun({ experiment_id: nested, run_name: `child-${i}`, start_time: start + i, tags });
    await api.post('runs/log-batch', { run_id: child, metrics: [point('score', i / 3, 0)] });
  }
  const model = 'classifier';
  await api.post('registered-models/create', { name: model, description: 'Tells *cats* from dogs.' });
  for (const from of [runs[0], runs[1]]) {
    await api.post('model-versions/create', { name: model, source: `runs:/${from}/model`, run_id: from });
  }
  await api.post('registered-models/alias', { name: model, alias: 'champion', version: '1' });
  return { bulk, run, curves, curveRuns, nested, parent, model };
}

/** Ten at a time: fast, and not a flood. */
async function inTurns(count: number, make: (index: number) => Promise<string>): Promise<string[]> {
  const made: string[] = [];
  for (let from = 0; from < count; from += 10) {
    const turn = Array.from({ length: Math.min(10, count - from) }, (_, i) => make(from + i));
    made.push(...(await Promise.all(turn)));
  }
  return made;
}

function point(key: string, value: number, step: number): object {
  return { key, value, step, timestamp: start + step * 1000 };
}

async function trial(api: Api, experiment: string, i: number): Promise<string> {
  const run_id = await api.createRun({
    experiment_id: experiment,
    run_name: `trial-${String(i).padStart(3, '0')}`,
    start_time: start + i * 1000,
    tags: [{ key: 'group', value: `g${i % 5}` }],
  });
  const params = Object.entries({ lr: 10 ** -(1 + (i % 4)), depth: i % 9, constant: 'same' });
  await api.post('runs/log-batch', {
    run_id,
    params: params.map(([key, value]) => ({ key, value: String(value) })),
    metrics: [point('loss', 2 / (i + 1), 0), point('acc', 1 - 1 / (i + 2), 0)],
  });
  const status = i % 20 === 3 ? 'FAILED' : 'FINISHED';
  await api.post('runs/update', { run_id, status, end_time: start + i * 1000 + 65_000 });
  return run_id;
}

async function curve(api: Api, experiment: string, i: number): Promise<string> {
  const run_id = await api.createRun({ experiment_id: experiment, run_name: `curve-${i}`, start_time: start });
  const steps = Array.from({ length: 300 }, (_, step) => point('train/loss', 1 / (1 + step / (10 * (i + 1))), step));
  await api.post('runs/log-batch', { run_id, metrics: steps });
  if (i > 0) await api.post('runs/update', { run_id, status: 'FINISHED', end_time: start + 300_000 });
  return run_id;
}

async function describe(server: Pick<TestServer, 'url'>, api: Api, run_id: string): Promise<void> {
  const tags = { 'mlflow.note.content': '# A note\n\nWith **weight**.', owner: 'ada', html: '<b>bold?</b>' };
  for (const [key, value] of Object.entries(tags)) await api.post('runs/set-tag', { run_id, key, value });
  const files: Readonly<Record<string, string>> = {
    'notes.txt': 'first line\nsecond line\n',
    'config/settings.json': '{"layers": [1, 2, {"deep": true}], "name": "net"}',
    'table.csv': `a,b,c\n${Array.from({ length: 2000 }, (_, i) => `${i},${i * i},row ${i}`).join('\n')}\n`,
    'report.html': '<h1>Report</h1><script>parent.document.title = "taken over"</script>',
  };
  for (const [path, content] of Object.entries(files)) await upload(server, run_id, path, content);
}

/** A picture of one point, as the bytes of a PNG. */
export const pixel = Uint8Array.fromBase64(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
);

/** Uploads an artifact of a run. */
export async function upload(
  server: Pick<TestServer, 'url'>,
  run: string,
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const { artifact_uri: uri } = (await new Api(server).run(run)).info;
  await put(server, `${uri.replace(/^mlflow-artifacts:\//, '')}/${path}`, content);
}

/** `path` is below the artifact store's root. */
export async function put(
  server: Pick<TestServer, 'url'>,
  path: string,
  content: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const url = `${server.url}/api/2.0/mlflow-artifacts/artifacts/${path}`;
  const { ok, status } = await fetch(url, { method: 'PUT', body: content, signal: AbortSignal.timeout(30_000) });
  if (!ok) throw new Error(`uploading ${path} answered ${status}`);
}
