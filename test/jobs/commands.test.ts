/** `modelyard jobs`: a project handed to a server from the command line. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { runModelyard, type Finished } from '../support/run-modelyard.ts';
import type { TestServer } from '../support/start-server.ts';
import { JobApi, linesOf, makeProject, startJobServer, until, type Job } from './support/job-server.ts';

const dir = freshFolder();
const project = makeProject(dir);
let server: TestServer;

beforeAll(async () => {
  server = await startJobServer(dir, ['--job-concurrency', '1']);
}, 30_000);
afterAll(async () => {
  await server?.stop();
  removeFolder(dir);
});

function jobs(...args: string[]): Promise<Finished> {
  return runModelyard(['jobs', ...args], { dir, env: { MLFLOW_TRACKING_URI: server.url }, limit: 60_000 });
}

test('submit --wait shows the log as it comes and ends as the job does', async () => {
  const out = join(dir, 'out');
  const done = await jobs(
    'submit',
    project,
    '-e',
    'main',
    '-P',
    `out=${out}`,
    '-Ptext=-x y',
    '--env-manager',
    'local',
    '--wait',
  );
  expect(done).toMatchObject({ code: 0 });
  expect(done.out).toContain('said -x y\n');
  expect(done.error).toContain('Finished: run ');
  expect(linesOf(out)).toEqual(['-x y']);

  const failed = await jobs('submit', '-e', 'fail', '--env-manager=local', 'project', '--wait');
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.out).toContain('no good');
  expect(failed.error).toContain('failed');
}, 90_000);

test('a job is listed, shown, followed, canceled, repeated and deleted', async () => {
  const [out, go] = [join(dir, 'held'), join(dir, 'go')];
  const submitted = JSON.parse(
    (
      await jobs(
        'submit',
        project,
        '-e',
        'hold',
        '-P',
        `out=${out}`,
        '-P',
        `go=${go}`,
        '--env-manager',
        'local',
        '--json',
      )
    ).out,
  ) as Job;
  const id = submitted.job_id ?? '';
  const following = jobs('logs', id, '--follow');
  await until(
    () => linesOf(out),
    (lines) => lines.includes('begin'),
  );
  expect((await jobs('list', '--state', 'running')).out).toContain(id);
  expect((await jobs('get', id)).out).toMatch(/State\trunning\n[^]*Entry point\thold\n/);
  expect((await jobs('delete', id)).error).toContain('running');
  writeFileSync(go, '');
  const followed = await following;
  expect(followed.code).toBe(0);
  expect(followed.out).toMatch(/began\n[^]*ended\n/);
  expect((await jobs('logs', '-j', id, '-c', '6')).out.length).toBeLessThanOrEqual(6);

  const again = await jobs('retry', id, '--wait');
  expect(again).toMatchObject({ code: 0 });
  expect(linesOf(out)).toEqual(['begin', 'end', 'begin', 'end']);
  expect((await jobs('cancel', id)).out).toBe(`Job ${id} is finished\n`);
  expect((await jobs('delete', id)).out).toBe(`Deleted job ${id}\n`);
  const gone = await jobs('get', id);
  expect(gone).toMatchObject({ code: 1 });
  expect(gone.error).toContain('modelyard jobs list');
  const api = new JobApi(server);
  expect((await api.list()).jobs.map((one) => one.job_id)).not.toContain(id);
}, 120_000);

test('what is wrong is told before anything is asked of the server, or as the server says it', async () => {
  const wrong: readonly (readonly [args: readonly string[], code: number, says: string])[] = [
    [['submit'], 2, 'needs URI'],
    [['submit', project, '-P', 'x'], 2, 'NAME=VALUE'],
    [['submit', project, '-P', 'x=1', '-P', 'x=2'], 2, 'twice'],
    [['get', 'a', 'b'], 2, "'b'"],
    [['submit', project, '-e', 'other'], 1, 'other'],
  ];
  for (const [args, code, says] of wrong) {
    const done = await jobs(...args);
    expect([args, done.code]).toEqual([args, code]);
    expect(done.error).toContain(says);
  }
  expect((await jobs('submit', '--help')).out).toContain('modelyard jobs submit URI [options]');
}, 60_000);
