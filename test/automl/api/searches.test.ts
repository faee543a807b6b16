/** Searches as jobs of a server: from a submission to a registered model, stopped, taken over. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { killProcessesOf } from '../../../src/job-host/job-processes.ts';
import { automlTags } from '../../../src/protocol/automl-record.ts';
import { jobTag } from '../../../src/protocol/jobs.ts';
import type { Run } from '../../support/api.ts';
import { freshFolder, removeFolder } from '../../support/folders.ts';
import type { TestServer } from '../../support/start-server.ts';
import { until } from '../../jobs/support/job-server.ts';
import { type AutomlApi, startAutomlServer } from './support/automl-server.ts';

const dir = freshFolder();
const data = join(dir, 'flowers.csv');
/** Seconds; a test ends its search long before. */
const longTime = 600;
let server: TestServer;
let automl: AutomlApi;
const submitted: string[] = [];

/** Two kinds that differ in one of their columns, and a column that is sometimes empty. */
function flowers(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const noise = ((at * 7919) % 100) / 50;
    const kind = at % 2 === 0 ? 'setosa' : 'virginica';
    return `${(at % 2 === 0 ? 1 : 2.5) + noise},${at % 9 === 0 ? '' : (at * 31) % 17},${'red,blue,white'.split(',')[at % 3]},${kind}`;
  });
  return `petal,age,colour,kind\n${lines.join('\n')}\n`;
}

async function serve(port = 0): Promise<void> {
  const env = { AUTOML_CACHE: join(dir, 'cache') };
  ({ server, automl } = await startAutomlServer(dir, ['--port', String(port), '--job-concurrency', '1'], { env }));
}

async function submit(more: Readonly<Record<string, unknown>>) {
  const config = { problem_type: 'classification', dataset: data, target_col: 'kind', ...more };
  const job = await automl.submit(config);
  submitted.push(job.job_id ?? '');
  return job;
}

async function trialsOf(run: string): Promise<Run[]> {
  const { info } = await automl.runs.run(run);
  const filter = `tags.mlflow.parentRunId = '${run}' AND tags.\`${automlTags.role}\` = 'trial'`;
  return automl.runs.searchAll({ experiment_ids: [info.experiment_id], filter });
}

async function finishedOf(run: string): Promise<string[]> {
  return (await trialsOf(run)).flatMap(({ info }) => (info.status === 'FINISHED' ? info.run_id : []));
}

/** The search's run, once so many trials have ended well and one of them is known to be the best. */
async function withTrials(job: string, count: number): Promise<string> {
  const { run_id: run = '' } = await automl.jobs.until(
    job,
    (one) => one.run_id !== undefined || one.state === 'failed',
  );
  await until(
    async () => ((await automl.tagsOf(run))[automlTags.best] === undefined ? [] : finishedOf(run)),
    (found) => found.length >= count,
    async () => (await automl.jobs.log(job)).text ?? '',
  );
  return run;
}

beforeAll(async () => {
  mkdirSync(join(dir, 'cache'));
  writeFileSync(data, flowers(240));
  await serve();
});

afterAll(async () => {
  await server.kill();
  for (const job of submitted) killProcessesOf(job);
  removeFolder(dir);
});

test('data is described: its columns, what they would be taken for, examples', async () => {
  const { columns, rows } = await automl.describe(data);
  expect(Number(rows)).toBe(240);
  expect(columns.map(({ name, semantic }) => [name, semantic])).toEqual([
    ['petal', 'numeric'],
    ['age', 'numeric'],
    ['colour', 'categorical'],
    ['kind', 'categorical'],
  ]);
  expect(columns[2]?.examples).toEqual(expect.arrayContaining(['red', 'blue', 'white']) as string[]);
  expect(Number(columns[1]?.missing)).toBe(27);
  const uploaded = await automl.upload('own.csv', flowers(10));
  expect(Number((await automl.describe(uploaded)).rows)).toBe(10);
  const broken = await automl.upload('broken.parquet', 'this is no Parquet');
  const refused = await automl.api.refused('POST', 'describe', { dataset: broken });
  expect(refused).toMatchObject({ status: 400, error_code: 'INVALID_PARAMETER_VALUE' });
  expect(refused.message).not.toContain('Traceback');
}, 120_000);

test('an uploaded data set is searched, given more time, stopped with the best so far, which is registered', async () => {
  const dataset = await automl.upload('flowers.csv', flowers(240));
  const job = await submit({ dataset, experiment_name: 'flowers', early_stopping: false, timeout_seconds: longTime });
  expect(job).toMatchObject({ kind: 'automl', title: 'classification of kind in flowers.csv' });
  expect(job.automl).toMatchObject({ target_col: 'kind', primary_metric: 'f1', seed: 42 });
  const run = await withTrials(job.job_id ?? '', 2);
  const { deadline } = await automl.api.post<{ deadline: number }>(`searches/${run}/extend`, { seconds: 1000 });
  await until(
    () => automl.tagsOf(run),
    (tags) => tags[automlTags.deadline] === String(deadline),
  );
  await automl.api.post(`searches/${run}/stop`, {});
  const ended = await automl.jobs.ended(job.job_id);
  expect(ended).toMatchObject({ state: 'finished', exit_code: 0, attempts: 1, run_id: run });
  expect(await automl.jobs.statusOf(ended)).toBe('FINISHED');
  const tags = await automl.tagsOf(run);
  expect(tags).toMatchObject({ [jobTag]: job.job_id ?? '', [automlTags.phase]: 'stopped' });
  expect(tags[automlTags.best]).toMatch(/^[0-9a-f]{32}$/);
  expect((await automl.jobs.list(`?experiment_id=${ended.experiment_id}`)).jobs).toHaveLength(1);
  const { model_version: version } = await automl.api.post<{ model_version: { version: string } }>(
    `searches/${run}/register`,
    { name: 'flowers' },
  );
  expect(version).toMatchObject({ name: 'flowers', version: '1' });
}, 180_000);

test('what is wrong with the data fails the job with a sentence', async () => {
  const ended = await automl.jobs.ended((await submit({ target_col: 'none', timeout_seconds: 30 })).job_id);
  expect(ended.state).toBe('failed');
  expect(ended.message).toMatch(/'none'/);
  expect(ended.message).not.toContain('Traceback');
}, 90_000);

test('a search that is refused leaves no experiment', async () => {
  const ended = await automl.jobs.ended((await submit({ pos_label: 'maybe', experiment_name: 'refused' })).job_id);
  expect([ended.state, ended.experiment_id]).toEqual(['failed', undefined]);
  expect(ended.message).toContain("'maybe'");
  const found = await fetch(`${server.url}/api/2.0/mlflow/experiments/get-by-name?experiment_name=refused`);
  expect(found.status).toBe(404);
}, 90_000);

test('a search goes on when its server is killed, and when the machine goes down; canceled, it ends well', async () => {
  const { job_id: job = '' } = await submit({ early_stopping: false, timeout_seconds: longTime });
  const run = await withTrials(job, 1);
  await server.kill();
  await serve(server.port);
  expect(await automl.jobs.get(job)).toMatchObject({ state: 'running', run_id: run, attempts: 1 });

  const before = await finishedOf(run);
  await server.kill();
  killProcessesOf(job);
  await serve(server.port);
  await automl.jobs.until(job, (one) => one.attempts === 2 && one.run_id === run);
  await withTrials(job, before.length + 2);
  await automl.jobs.cancel(job);
  expect(await automl.jobs.ended(job)).toMatchObject({ state: 'finished', attempts: 2, run_id: run });
  expect(await automl.tagsOf(run)).toMatchObject({ [automlTags.phase]: 'stopped' });
  const trials = await trialsOf(run);
  expect(trials.map(({ info }) => info.run_id)).toEqual(expect.arrayContaining(before) as string[]);
  expect(trials.filter(({ info }) => info.status === 'RUNNING')).toEqual([]);
}, 240_000);
