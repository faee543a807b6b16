/** The worked example: trained, changed, scored, and stopped by data that cannot be right. Its tests build on each other. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PipelineRecord } from '../../../src/protocol/pipeline-record.ts';
import { Api, type RunPage } from '../../support/api.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import { type Finished, runModelyard } from '../../support/run-modelyard.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const limit = 240_000;
const root = join(import.meta.dir, '../../..');
const dir = freshFolder();
const folder = join(dir, 'pima');
let server: TestServer;
let api: Api;

interface Built extends Finished {
  /** By task. */
  readonly states: Readonly<Record<string, string>>;
  readonly errors: string;
}

async function pipeline(...args: string[]): Promise<Finished> {
  const env = { MLFLOW_TRACKING_URI: server.url, PATH: `${root}/.venv/bin:${process.env['PATH']}` };
  return runModelyard(['pipeline', ...args], { dir: folder, env, limit });
}

async function build(...args: string[]): Promise<Built> {
  const done = await pipeline('build', '--json', ...args);
  const { tasks } = JSON.parse(done.out) as PipelineRecord;
  const errors = tasks.flatMap(({ error }) => error ?? []).join('\n');
  return { ...done, errors, states: Object.fromEntries(tasks.map(({ name, state }) => [name, state])) };
}

/** By task: the newest of its runs. */
async function taskRuns(): Promise<Map<string, { status: string; metrics: string[]; params: Record<string, string> }>> {
  const { experiments } = await api.get<{ experiments: { experiment_id: string }[] }>(
    'experiments/search?max_results=9',
  );
  const experiment_ids = experiments.map(({ experiment_id }) => experiment_id);
  const filter = "tags.`modelyard.pipeline.role` = 'task'";
  const { runs = [] } = await api.post<RunPage>('runs/search', {
    experiment_ids,
    filter,
    order_by: ['start_time ASC'],
  });
  return new Map(
    runs.map(({ info, data: { tags = [], metrics = [], params = [] } }) => [
      tags.find(({ key }) => key === 'modelyard.pipeline.task')?.value ?? '',
      {
        status: info.status,
        metrics: metrics.map(({ key }) => key),
        params: Object.fromEntries(params.map(({ key, value }) => [key, value])),
      },
    ]),
  );
}

function edit(file: string, text: string, by: string): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  expect(before).toContain(text);
  writeFileSync(path, before.replace(text, by));
}

beforeAll(async () => {
  cpSync(join(root, 'examples/pima'), folder, {
    recursive: true,
    // What somebody who tried it left there.
    filter: (path) => !/\/(output|\.modelyard|mlruns|__pycache__)$/.test(path),
  });
  // Two models tell as much as three.
  edit('pipeline.yaml', '[logistic, forest, boosting]', '[logistic, boosting]');
  server = await startServer();
  api = new Api(server);
}, limit);

afterAll(async () => {
  await server.stop();
  removeFolder(dir);
}, limit);

test(
  'training ends with a registered model, and each task is a run',
  async () => {
    const { code, states, error } = await build();
    expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
    expect(error).toContain('It is in production now.');
    const names = ['get', 'clean', 'features', 'train-logistic', 'train-boosting', 'evaluate', 'register'];
    expect(states).toEqual(Object.fromEntries(names.map((name) => [name, 'executed'])));

    const runs = await taskRuns();
    expect([...runs.keys()].sort()).toEqual(names.toSorted());
    expect(new Set([...runs.values()].map(({ status }) => status))).toEqual(new Set(['FINISHED']));
    expect(runs.get('train-boosting')?.params).toMatchObject({ classifier: 'boosting', rows: '576' });
    expect(runs.get('train-boosting')?.metrics).toContain('cv_roc_auc');
    expect(runs.get('evaluate')?.metrics).toContain('boosting.brier');

    const best = JSON.parse(readFileSync(join(folder, 'output/best.json'), 'utf8')) as {
      model: string;
      roc_auc: number;
    };
    expect(best.roc_auc).toBeGreaterThan(0.8);
    const { model_version } = await api.get<{ model_version: { version: string; tags: unknown } }>(
      'registered-models/alias?name=pima-diabetes&alias=production',
    );
    expect(model_version.version).toBe('1');
    expect(model_version.tags).toContainEqual({ key: 'classifier', value: best.model });
  },
  limit,
);

test(
  'what did not change is not run again, and a model that is no better stays out of production',
  async () => {
    edit('tasks/train.py', '# %% [markdown]\n# Every model gets', '# A remark.\n\n# %% [markdown]\n# Each model gets');
    const nothing = await build();
    expect(nothing.code).toBe(0);
    expect(new Set(Object.values(nothing.states))).toEqual(new Set(['skipped']));

    edit('tasks/register.py', '"classifier": best["model"]', '"classifier": best["model"], "by": "pipeline"');
    const { code, states, error } = await build();
    expect(code).toBe(0);
    expect(Object.keys(states).filter((name) => states[name] === 'executed')).toEqual(['register']);
    expect(error).toContain('Version 1 stays in production.');
  },
  limit,
);

test(
  'serving scores new patients by the version in production',
  async () => {
    const { code, states } = await build('--entry-point', 'pipeline.serve.yaml');
    expect({ code, states }).toEqual({
      code: 0,
      states: { get: 'executed', clean: 'executed', features: 'executed', score: 'executed' },
    });
    const [header = '', ...rows] = readFileSync(join(folder, 'output/serve/predictions.csv'), 'utf8')
      .trim()
      .split('\n');
    expect(header).toStartWith('patient,');
    expect(header).toEndWith(',probability,version');
    expect(rows).toHaveLength(12);
    const probability = (patient: string): number =>
      Number(
        rows
          .find((row) => row.startsWith(patient))
          ?.split(',')
          .at(-2),
      );
    expect(probability('P-011')).toBeGreaterThan(probability('P-009'));
    // The training's own products are as they were.
    expect((await pipeline('status')).out).not.toContain('not built yet');
  },
  limit,
);

test(
  'data that cannot be right goes no further',
  async () => {
    const predictions = readFileSync(join(folder, 'output/serve/predictions.csv'), 'utf8');
    edit('data/new-patients.csv', 'P-003,0,121', 'P-003,0,1210');
    const { code, states, errors } = await build('--entry-point', 'pipeline.serve.yaml');
    expect(code).toBe(1);
    expect(states).toEqual({ get: 'executed', clean: 'failed', features: 'blocked', score: 'blocked' });
    expect(errors).toContain('line 4: glucose is 1210');
    expect((await taskRuns()).get('clean')?.status).toBe('FAILED');
    expect(readFileSync(join(folder, 'output/serve/predictions.csv'), 'utf8')).toBe(predictions);
  },
  limit,
);
