/** Who may have a server run projects, and from where. */
import { afterAll, afterEach, expect, test } from 'bun:test';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { commit, git, serveGit } from '../support/git-server.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import type { TestServer } from '../support/start-server.ts';
import { JobApi, makeProject, startJobServer } from './support/job-server.ts';

const dir = freshFolder();
const project = makeProject(dir);
let server: TestServer | undefined;

async function serve(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<JobApi> {
  server = await startJobServer(dir, args, { env });
  // Also where it listens on every address.
  return new JobApi({ url: `http://127.0.0.1:${server.port}` });
}

afterEach(() => server?.kill());
afterAll(() => removeFolder(dir));

const request = { uri: project, entry_point: 'letters', env_manager: 'local' };

test.each([
  ['beyond this machine', ['--host', '0.0.0.0'], '0.0.0.0'],
  ['under any Host header', ['--allowed-hosts', '*'], '--allowed-hosts'],
  ['for every web page', ['--cors-allowed-origins', '*'], '--cors-allowed-origins'],
  ['when it was told so', ['--project-jobs', 'off'], '--project-jobs off'],
] as const)('a server that answers %s runs none, and says which flag allows it', async (_, args, reason) => {
  const jobs = await serve(args);
  expect((await jobs.list()).enabled).toBe(false);
  const describe = `projects/describe?uri=${encodeURIComponent(project)}`;
  for (const refused of [
    await jobs.api.refused('POST', 'jobs/projects', request),
    await jobs.api.refused('GET', describe),
  ]) {
    expect(refused).toMatchObject({ status: 403, error_code: 'PERMISSION_DENIED' });
    expect(refused.message).toContain('--project-jobs on');
    expect(refused.message).toContain(reason);
  }
  expect((await jobs.list()).jobs).toEqual([]);
});

test.each([
  ['--project-jobs', 'maybe', 'auto, on, off'],
  ['--job-concurrency', '0', 'from 1'],
  ['--job-concurrency', 'many', 'from 1'],
])('%s %s is refused at the start', async (flag, value, says) => {
  const { code, error } = await runModelyard(['server', '--port', '0', flag, value], { dir });
  expect(code).toBe(1);
  expect(error).toContain(flag);
  expect(error).toContain(says);
});

test('unless its owner says that it may', async () => {
  const jobs = await serve(['--host', '0.0.0.0', '--project-jobs', 'on']);
  const { job_id: id } = (await jobs.api.post<{ job: { job_id: string } }>('jobs/projects', request)).job;
  expect((await jobs.ended(id)).state).toBe('finished');
  await jobs.api.send('DELETE', `jobs/${id}`);
}, 60_000);

test('no project comes from where the server keeps data, nor by an odd way, nor from the network behind it', async () => {
  const jobs = await serve(['--data', join(dir, 'data')]);
  const uploaded = makeProject(join(dir, 'artifacts/0'));
  makeProject(join(dir, 'data'));
  mkdirSync(join(dir, 'm.db-jobs'), { recursive: true });
  symlinkSync(join(dir, 'artifacts'), join(dir, 'link'));
  const refused: readonly (readonly [string, RegExp])[] = [
    [uploaded, /keeps its data/],
    [`file://${uploaded}`, /keeps its data/],
    [`${dir}/artifacts#0/project`, /keeps its data/],
    [`${dir}/link/0/project`, /keeps its data/],
    [`${dir}/project/../link#0/project`, /keeps its data/],
    [join(dir, 'data/project'), /keeps its data/],
    [join(dir, 'm.db-jobs'), /keeps its data/],
    ['ext::sh -c touch% pwned', /https, http or ssh/],
    ['git://127.0.0.1/x', /https, http or ssh/],
    ['fd::3', /https, http or ssh/],
    ['--upload-pack=touch', /absolute/],
    ['file:///a%2Fb', /no address of a folder/],
    ['file:///%ff', /no address of a folder/],
    [`${project}\nx`, /control/],
    ['http://127.0.0.1:9/x.git', /private network/],
    ['http://[::1]:9/x.git', /private network/],
    ['http://169.254.169.254/x.git', /private network/],
    ['http://2130706433/x.git', /private network/],
    ['ssh://git@localhost/x.git', /private network/],
    ['git@localhost:x.git', /private network/],
  ];
  for (const [uri, message] of refused) {
    const answer = await jobs.api.refused('POST', 'jobs/projects', { ...request, uri });
    expect([uri, answer.status]).toEqual([uri, 400]);
    expect(answer.message).toMatch(message);
  }
  expect((await jobs.list()).jobs).toEqual([]);
}, 60_000);

test('a repository of the own network is fetched when whoever starts the server allows it', async () => {
  const version = commit(project);
  git(project, 'tag', 'v1');
  await using repositories = serveGit(dir);
  const { host } = new URL(repositories.url);
  const jobs = await serve([], { MODELYARD_GIT_PRIVATE_HOSTS: host });
  const uri = `http://me:secret@${host}/project/.git`;
  const described = await jobs.api.get<{ name: string; version: string }>(
    `projects/describe?uri=${encodeURIComponent(uri)}&version=v1`,
  );
  expect(described).toMatchObject({ name: 'small', version });
  const { job_id: id } = await jobs.submit(uri, 'letters', {}, { version: 'v1' });
  const ended = await jobs.ended(id);
  expect(ended).toMatchObject({ state: 'finished', title: `letters of http://${host}/project/.git` });
  const { data } = await jobs.runs.run(ended.run_id ?? '');
  expect(data.tags).toContainEqual({ key: 'mlflow.source.git.commit', value: described.version });
  expect(JSON.stringify([ended, data, await jobs.log(id), await jobs.list()])).not.toContain('secret');
}, 60_000);
