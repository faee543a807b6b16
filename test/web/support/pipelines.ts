/** Builds of a pipeline as `modelyard pipeline build` leaves them, made by hand: any state can be shown. */
import type { PipelineRecord, TaskRecord, TaskState } from '../../../src/protocol/pipeline-record.ts';
import { Api } from '../../support/api.ts';
import type { TestServer } from '../../support/start-server.ts';
import { upload } from './seed.ts';

/** What a test says of a task; the rest is made up. */
export type TaskWish = Partial<TaskRecord> & {
  readonly name: string;
  /** More artifacts of its run, by their paths. */
  readonly files?: Readonly<Record<string, string | Uint8Array<ArrayBuffer>>>;
};

export interface BuildWish {
  readonly experiment: string;
  readonly name: string;
  readonly status: 'RUNNING' | 'FINISHED' | 'FAILED';
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly tasks: readonly TaskWish[];
}

const ran: readonly TaskState[] = ['executed', 'failed', 'running'];
const taskMs = 1500;

/** Logs a build with a run for each task that ran, and a notebook for each that made its products. */
export async function logBuild(server: Pick<TestServer, 'url'>, wish: BuildWish): Promise<string> {
  const api = new Api(server);
  const { experiment, name, status, started } = wish;
  const build = await api.createRun({
    experiment_id: experiment,
    run_name: `${name} build`,
    start_time: started,
    tags: [
      { key: 'modelyard.pipeline.name', value: name },
      { key: 'modelyard.pipeline.role', value: 'build' },
    ],
  });
  const tasks: TaskRecord[] = [];
  for (const [i, task] of wish.tasks.entries()) tasks.push(await logTask(server, api, wish, build, i, task));
  await writeRecord(server, build, recordOf(wish, tasks));
  if (status !== 'RUNNING') await api.post('runs/update', { run_id: build, status, end_time: started + 9000 });
  return build;
}

export function recordOf({ name, status, started }: BuildWish, tasks: readonly TaskRecord[]): PipelineRecord {
  return {
    format: 1,
    name,
    file: 'pipeline.yaml',
    started,
    ...(status !== 'RUNNING' && { ended: started + 9000 }),
    tasks,
  };
}

/** Writes the record of a build anew, as the build does while it goes on. */
export async function writeRecord(server: Pick<TestServer, 'url'>, run: string, record: PipelineRecord): Promise<void> {
  await upload(server, run, 'pipeline/pipeline.json', JSON.stringify(record));
}

async function logTask(
  server: Pick<TestServer, 'url'>,
  api: Api,
  { experiment, name: pipeline, started: first }: BuildWish,
  build: string,
  place: number,
  { files = {}, ...task }: TaskWish,
): Promise<TaskRecord> {
  const { name, state = 'executed' } = task;
  const artifact = `pipeline/products/${name}/${name}.ipynb`;
  const whole: TaskRecord = {
    kind: 'script',
    source: `scripts/${name}.py`,
    upstream: [],
    params: {},
    products: [{ key: 'nb', identifier: `products/${name}.ipynb`, kind: 'file', size: 2048 }],
    reason: state === 'skipped' ? 'up to date' : 'its source changed',
    ...task,
    state,
  };
  if (!ran.includes(state)) return whole;
  const started = first + place * taskMs;
  const run = await api.createRun({
    experiment_id: experiment,
    run_name: name,
    start_time: started,
    tags: [
      { key: 'mlflow.parentRunId', value: build },
      { key: 'modelyard.pipeline.name', value: pipeline },
      { key: 'modelyard.pipeline.role', value: 'task' },
      { key: 'modelyard.pipeline.task', value: name },
    ],
  });
  if (state === 'executed') {
    await upload(server, run, artifact, notebookOf(name));
    for (const [path, content] of Object.entries(files)) await upload(server, run, path, content);
    await upload(server, run, 'pipeline/log.txt', `${name} printed this\n`);
  }
  if (state !== 'running') {
    const status = state === 'failed' ? 'FAILED' : 'FINISHED';
    await api.post('runs/update', { run_id: run, status, end_time: started + 1200 });
  }
  const products = whole.products.map((product) => (product.key === 'nb' ? { ...product, artifact } : product));
  return {
    ...whole,
    runId: run,
    started,
    ...(state !== 'running' && { ended: started + 1200 }),
    ...(state === 'executed' && { products }),
  };
}

function notebookOf(name: string): string {
  const output = { output_type: 'stream', name: 'stdout', text: [`rows of ${name}: 768\n`] };
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      { cell_type: 'markdown', metadata: {}, source: [`# What ${name} does\n`] },
      {
        cell_type: 'code',
        metadata: {},
        execution_count: 1,
        source: [`print(describe("${name}"))`],
        outputs: [output],
      },
    ],
  });
}
