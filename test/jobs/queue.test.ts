/** Projects as jobs of a server, asked for over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import type { TestServer } from '../support/start-server.ts';
import { JobApi, linesOf, makeProject, startJobServer, until } from './support/job-server.ts';

const dir = freshFolder();
const project = makeProject(dir);
let server: TestServer;
let jobs: JobApi;
let files = 0;
/** A file that is not there yet. */
const file = (name: string): string => join(dir, `${name}-${++files}`);

beforeAll(async () => {
  server = await startJobServer(dir, ['--job-concurrency', '1']);
  jobs = new JobApi(server);
}, 30_000);
afterAll(async () => {
  await server?.stop();
  removeFolder(dir);
});

/** One that runs until its file `go` is there, so that what comes behind it waits. */
async function holding() {
  const [out, go] = [file('out'), file('go')];
  const job = await jobs.submit(project, 'hold', { out, go });
  await until(
    () => linesOf(out),
    (lines) => lines.includes('begin'),
  );
  return { job, out, letGo: () => writeFileSync(go, '') };
}

test('a project runs, and its run, log and exit code are told', async () => {
  const out = file('out');
  const text = `it's "a" $(touch ${dir}/pwned) \`b\`; c`;
  const submitted = await jobs.submit(project, 'main', { out, text }, { run_name: 'the first' });
  expect(submitted).toMatchObject({ kind: 'project', title: `main of ${project}` });
  const ended = await jobs.ended(submitted.job_id);
  expect(ended).toMatchObject({ state: 'finished', exit_code: 0, attempts: 1, message: '', experiment_id: '0' });
  expect(ended.project).toMatchObject({ uri: project, entry_point: 'main', parameters: { out, text } });
  expect(linesOf(out)).toEqual([text]);
  expect(existsSync(join(dir, 'pwned'))).toBe(false);
  const run = await jobs.runs.run(ended.run_id ?? '');
  expect(run.info).toMatchObject({ status: 'FINISHED', run_name: 'the first' });
  expect(run.data?.tags).toContainEqual({ key: 'modelyard.job.id', value: submitted.job_id ?? '' });
  const log = await jobs.log(ended.job_id);
  expect(log.text).toContain(`said ${text}`);
  expect(log).toMatchObject({ offset: 0, next_offset: ended.log_size, size: ended.log_size, state: 'finished' });
}, 60_000);

test('what fails says so, and can be submitted again', async () => {
  const failed = await jobs.ended((await jobs.submit(project, 'fail')).job_id);
  expect(failed.state).toBe('failed');
  expect(failed.message).not.toBe('');
  expect(await jobs.statusOf(failed)).toBe('FAILED');
  expect((await jobs.log(failed.job_id)).text).toContain('no good');
  const again = await jobs.retry(failed.job_id);
  expect(again.retry_of).toBe(failed.job_id);
  const second = await jobs.ended(again.job_id);
  expect(second.run_id).not.toBe(failed.run_id);
}, 60_000);

test('jobs are found by their title, the name of their run and the start of their id, not by their parameters', async () => {
  const { job_id: id = '' } = await jobs.submit(project, 'main', { out: file('out') }, { run_name: 'Quiet heron' });
  await jobs.ended(id);
  const found = async (text: string): Promise<(string | undefined)[]> =>
    (await jobs.list(`?text=${encodeURIComponent(text)}`)).jobs.map((job) => job.job_id);
  expect(await found('quiet HER')).toEqual([id]);
  expect(await found(id.slice(0, 10))).toEqual([id]);
  expect(await found(`MAIN of ${project}`)).toContain(id);
  expect(await found('main_of')).toEqual([]);
  expect((await jobs.list('?text=quiet&state=failed')).jobs).toEqual([]);
  const everything = await jobs.api.get<{ jobs: object[] }>('find?text=quiet%20heron');
  expect(everything.jobs).toEqual([{ job_id: id, title: `main of ${project}`, state: 'finished' }]);
  expect(await found('out-')).toEqual([]);
}, 60_000);

describe('the queue', () => {
  test('is worked off in order, as many at a time as may be', async () => {
    const first = await holding();
    const out = file('out');
    const waiting = [];
    for (const text of ['1', '2', '3']) waiting.push(await jobs.submit(project, 'main', { out, text }));
    expect(waiting.map(({ state, queue_position: place }) => [state, place])).toEqual([
      ['queued', 1],
      ['queued', 2],
      ['queued', 3],
    ]);
    expect(await jobs.list('?state=queued')).toMatchObject({
      concurrency: 1,
      enabled: true,
      counts: { queued: 3, running: 1 },
    });
    first.letGo();
    for (const { job_id: id } of waiting) expect((await jobs.ended(id)).state).toBe('finished');
    expect(linesOf(out)).toEqual(['1', '2', '3']);
    const starts = await Promise.all(waiting.map(async ({ job_id: id }) => Number((await jobs.get(id)).start_time)));
    expect(starts.toSorted((a, b) => a - b)).toEqual(starts);
  }, 60_000);

  test('a waiting job is canceled at once, and never begins', async () => {
    const first = await holding();
    const out = file('out');
    const canceled = await jobs.cancel((await jobs.submit(project, 'main', { out })).job_id);
    expect(canceled).toMatchObject({ state: 'canceled', attempts: 0 });
    first.letGo();
    await jobs.ended(first.job.job_id);
    const after = await jobs.submit(project, 'main', { out, text: 'after' });
    await jobs.ended(after.job_id);
    expect(linesOf(out)).toEqual(['after']);
  }, 60_000);

  test('a running job is ended with what it started, and its run is KILLED', async () => {
    const { job, out, letGo } = await holding();
    await jobs.until(job.job_id, ({ run_id: run }) => run !== undefined);
    await jobs.cancel(job.job_id);
    const ended = await jobs.ended(job.job_id);
    expect(ended).toMatchObject({ state: 'canceled', message: 'Canceled while it ran.' });
    expect(await jobs.statusOf(ended)).toBe('KILLED');
    letGo();
    expect(linesOf(out)).toEqual(['begin']);
    expect(await jobs.cancel(job.job_id)).toEqual(await jobs.get(job.job_id));
  }, 60_000);
});

describe('what is wrong leaves nothing behind', () => {
  const wrong: readonly (readonly [string, object, string | RegExp])[] = [
    ['an entry point that is not there', { entry_point: 'other' }, /other/],
    ['a parameter without a value', { entry_point: 'main' }, /out/],
    ['a text where a number must be', { entry_point: 'rated', parameters: { rate: 'fast' } }, /rate.*a number.*fast/],
    ['half a step', { entry_point: 'rated', parameters: { rate: '1e-3', steps: '0.5' } }, /steps.*a whole number/],
    ['a folder that is not there', { uri: join(dir, 'nothing') }, /nothing/],
    ['a relative folder', { uri: 'project' }, /absolute/],
    ['an environment of another kind', { env_manager: 'magic' }, /magic/],
    ['an experiment that is not there', { entry_point: 'fail', experiment_id: '99' }, /99/],
    ['too many attempts', { max_attempts: 100 }, /max_attempts/],
    ['parameters that are no object', { parameters: ['a'] }, /parameters/],
    ['a parameter that looks like a flag', { parameters: { '--x': '1' } }, /--x/],
    ['an experiment named twice', { experiment_id: '0', experiment_name: 'x' }, /either/],
  ];
  test.each(wrong)(
    '%s',
    async (_, change, message) => {
      const before = (await jobs.list()).jobs.length;
      const refused = await jobs.api.refused('POST', 'jobs/projects', { uri: project, ...change });
      expect(refused.message).toMatch(message);
      expect([400, 404]).toContain(refused.status);
      expect((await jobs.list()).jobs.length).toBe(before);
    },
    30_000,
  );

  test('ids of nothing', async () => {
    for (const [method, path] of [
      ['GET', 'jobs/x'],
      ['GET', 'jobs/x/log'],
      ['POST', 'jobs/x/cancel'],
      ['POST', 'jobs/x/retry'],
      ['DELETE', 'jobs/x'],
    ] as const) {
      expect((await jobs.api.refused(method, path, method === 'POST' ? {} : undefined)).status).toBe(404);
    }
  });
});

test('an experiment by name is made, and its jobs are found by it', async () => {
  const { job_id: id, experiment_id: experiment } = await jobs.submit(
    project,
    'letters',
    {},
    { experiment_name: 'new one' },
  );
  const ended = await jobs.ended(id);
  expect((await jobs.runs.run(ended.run_id ?? '')).info.experiment_id).toBe(experiment ?? '');
  const found = await jobs.list(`?experiment_id=${experiment}`);
  expect(found.jobs.map((one) => one.job_id)).toEqual([id ?? '']);
}, 60_000);

test('the list goes on from page to page, newest first', async () => {
  const all = (await jobs.list()).jobs.map((one) => one.job_id);
  const paged: (string | undefined)[] = [];
  let token: string | undefined = '';
  while (token !== undefined) {
    const page = await jobs.list(`?max_results=3&page_token=${encodeURIComponent(token)}`);
    paged.push(...page.jobs.map((one) => one.job_id));
    token = page.next_page_token;
  }
  expect(paged).toEqual(all);
  expect((await jobs.api.refused('GET', 'jobs?state=asleep')).message).toContain('asleep');
  expect((await jobs.api.refused('GET', 'jobs?page_token=x')).status).toBe(400);
});

test('a log is read by bytes, at whole characters', async () => {
  const { job_id: id } = await jobs.ended((await jobs.submit(project, 'letters')).job_id);
  const { text = '', size = 0 } = await jobs.log(id);
  expect(text).toContain('a€😀é\n');
  const at = Buffer.from(text).indexOf('€');
  for (let offset = at - 1; offset < Number(size); offset++) {
    const piece = await jobs.log(id, offset);
    expect(piece.text).not.toContain('\ufffd');
    expect(text.endsWith(piece.text ?? '')).toBe(true);
    expect(Number(piece.offset) + Buffer.byteLength(piece.text ?? '')).toBe(Number(size));
  }
  const withinEuro = await jobs.log(id, at + 1 - Number(size));
  expect(withinEuro).toMatchObject({ offset: at + 3, next_offset: size });
  expect(withinEuro.text).toStartWith('😀');
  expect(await jobs.log(id, Number(size) + 5)).toMatchObject({ text: '', next_offset: size });
}, 60_000);

test('a job that has ended is deleted with its log; one that runs is not', async () => {
  const { job, letGo } = await holding();
  expect((await jobs.api.refused('DELETE', `jobs/${job.job_id}`)).message).toContain('running');
  letGo();
  const ended = await jobs.ended(job.job_id);
  const folder = join(dir, 'm.db-jobs', ended.job_id ?? '');
  expect(existsSync(folder)).toBe(true);
  expect((await jobs.api.send('DELETE', `jobs/${job.job_id}`)).status).toBe(200);
  expect((await jobs.api.refused('GET', `jobs/${job.job_id}`)).status).toBe(404);
  expect(existsSync(folder)).toBe(false);
  expect(await jobs.statusOf(ended)).toBe('FINISHED');
}, 60_000);

test('a project tells what it can do', async () => {
  const told = await jobs.api.get<{ name: string; entry_points: { name: string; parameters?: unknown[] }[] }>(
    `projects/describe?uri=${encodeURIComponent(project)}`,
  );
  expect(told.name).toBe('small');
  expect(told.entry_points.map(({ name }) => name).toSorted()).toEqual(['fail', 'hold', 'letters', 'main', 'rated']);
  expect(told.entry_points.find(({ name }) => name === 'main')?.parameters).toEqual([
    { name: 'out', type: 'string' },
    { name: 'text', type: 'string', default: 'hello' },
  ]);
}, 30_000);

test('the live feed names jobs as their state and their log change', async () => {
  const response = await fetch(`${server.url}/ajax-api/2.0/modelyard/events`, { signal: AbortSignal.timeout(30_000) });
  const named = new Set<string>();
  const { job_id: id } = await jobs.submit(project, 'letters');
  const decoder = new TextDecoder();
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    for (const [, list = '[]'] of decoder.decode(bytes).matchAll(/"jobs":(\[[^\]]*\])/g)) {
      for (const one of JSON.parse(list) as string[]) named.add(one);
    }
    if (named.has(id ?? '')) break;
  }
  expect(named.has(id ?? '')).toBe(true);
  await jobs.ended(id);
}, 60_000);
