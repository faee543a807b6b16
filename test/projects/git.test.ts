/** Projects by git addresses. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { commit, git, serveGit } from '../support/git-server.ts';
import { runModelyard } from '../support/run-modelyard.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const projects = testedProjects();
const local = ['--env-manager', 'local'];
const served = serveGit();
afterAll(() => served[Symbol.asyncDispose]());

const commits: Record<string, string> = {};
const folder = join(served.root, 'one');
const url = `${served.url}/one/.git`;

beforeAll(() => {
  projectOf(
    { ...mainOf('echo one; cat ../note 2>/dev/null; ls -A'), 'sub/MLproject': mainOf('echo sub')['MLproject'] ?? '' },
    folder,
  );
  commits['first'] = commit(folder);
  git(folder, 'tag', 'v1');
  git(folder, 'branch', 'side');
  git(folder, 'checkout', '--quiet', 'side');
  projectOf(mainOf('echo side'), folder);
  commits['side'] = commit(folder);
  git(folder, 'checkout', '--quiet', 'main');
  projectOf(mainOf('echo two'), folder);
  commits['second'] = commit(folder);
});

const scratch = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('modelyard-project-'));

describe('an address', () => {
  test.each([
    ['the newest', [], 'two\n', 'second', undefined],
    ['a branch', ['-v', 'side'], 'side\n', 'side', 'side'],
    ['a tag', ['-v', 'v1'], /^one\n\.git\nMLproject\nsub\n$/, 'first', undefined],
  ] as const)('gives %s', async (_, args, out, which, branch) => {
    const ended = await projects.ran(url, ...args, ...local);
    if (typeof out === 'string') expect(ended.out).toBe(out);
    else expect(ended.out).toMatch(out);
    const { tags } = ended.run;
    expect(tags['mlflow.source.name']).toBe(url);
    expect(tags['mlflow.source.git.repoURL']).toBe(url);
    expect(tags['mlflow.source.git.commit']).toBe(commits[which] ?? '');
    expect(tags['mlflow.source.git.branch']).toBe(branch as unknown as string);
  });

  test('gives a commit, also by its beginning', async () => {
    for (const version of [commits['first'] ?? '', (commits['first'] ?? '').slice(0, 8)]) {
      const { out, run } = await projects.ran(url, '-v', version, ...local);
      expect([out.split('\n')[0], run.tags['mlflow.source.git.commit']]).toEqual(['one', commits['first']]);
    }
  });

  test('gives a commit by its whole id, whatever a branch is called', async () => {
    const id = commits['first'] ?? '';
    git(folder, 'update-ref', `refs/heads/${id}`, commits['second'] ?? '');
    const { out, run } = await projects.ran(url, '-v', id, ...local);
    git(folder, 'update-ref', '-d', `refs/heads/${id}`);
    expect([out.split('\n')[0], run.tags['mlflow.source.git.branch']]).toEqual(['one', undefined as unknown as string]);
  });

  test.each(['', 'HEAD'])('gives the newest for the version %p', async (version) => {
    expect((await projects.ran(url, `--version=${version}`, ...local)).out).toBe('two\n');
  });

  test('gives a folder, and nothing is left behind', async () => {
    const before = scratch();
    const { out, run } = await projects.ran(`${url}#sub`, ...local);
    expect([out, run.tags['mlflow.source.name']]).toEqual(['sub\n', `${url}#sub`]);
    expect(scratch()).toEqual(before);
  });

  test('keeps its password to itself', async () => {
    const { run, error } = await projects.ran(url.replace('//', '//me:secret@'), ...local);
    expect(JSON.stringify(run.tags) + error).not.toContain('secret');
    const failed = await projects.run(url.replace('//', '//me:secret@').replace('/one/', '/none/'), ...local);
    expect([failed.code, failed.run, failed.error.includes('secret')]).toEqual([1, undefined, false]);
  });

  test('shows what a server says without the codes of a terminal', async () => {
    const answer = (): Response =>
      new Response('\x1b[31mred\x07\n', { status: 500, headers: { 'content-type': 'text/plain' } });
    using server = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: answer });
    const { code, error } = await projects.run(`http://127.0.0.1:${server.port}/x`);
    expect([code, error.includes('red'), /[\x07\x1b]/.test(error)]).toEqual([1, true, false]);
  });

  test('is described', async () => {
    const { version, entry_points } = await projects.cli.json<{ version: string; entry_points: { command: string }[] }>(
      'projects',
      'describe',
      url,
      '-v',
      'side',
    );
    expect([version, entry_points[0]?.command]).toEqual([commits['side'] ?? '', 'echo side']);
  });

  test('that has no such version says which there are', async () => {
    const { code, error, run } = await projects.run(url, '-v', 'v9', ...local);
    expect([code, run]).toEqual([1, undefined]);
    expect(error).toMatch(/no branch, tag or commit v9\. There are: .*side.*v1/);
  });
});

describe('a folder of a repository', () => {
  test('is recorded with its commit', async () => {
    const { run } = await projects.ran(join(folder, 'sub'), ...local);
    expect(run.tags['mlflow.source.name']).toBe(`file://${folder}#sub`);
    expect(run.tags['mlflow.source.git.commit']).toBe(commits['second'] ?? '');
    expect(run.tags['mlflow.source.git.repoURL']).toBeUndefined();
  });

  test('with another version is left as it is', async () => {
    const state = (): string[] => [git(folder, 'status', '--porcelain', '--branch'), git(folder, 'remote', '-v')];
    const before = state();
    const { out, run } = await projects.ran(folder, '-v', 'side', ...local);
    expect([out, run.tags['mlflow.source.git.branch']]).toEqual(['side\n', 'side']);
    expect((await projects.ran(join(folder, 'sub'), '-v', 'v1', ...local)).out).toBe('sub\n');
    expect(state()).toEqual(before);
  });

  test('without a working tree is fetched', async () => {
    const bare = join(freshFolder(), 'bare.git');
    git(folder, 'clone', '--quiet', '--bare', '.', bare);
    expect((await projects.ran(bare, ...local)).out).toBe('two\n');
  });
});

describe('where only public hosts may be reached', () => {
  const port = new URL(served.url).port;
  const started = async (address: string, allowed: string): Promise<{ code: number; out: string; error: string }> =>
    runModelyard(['run', address, ...local], {
      dir: projects.cli.dir,
      env: { MLFLOW_TRACKING_URI: projects.url, MODELYARD_GIT_PRIVATE_HOSTS: allowed, NO_PROXY: '127.0.0.1,localhost' },
      limit: 30_000,
    });
  const redirecting = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: ({ url: at }) =>
      Response.redirect(`${served.url}/one/.git${new URL(at).pathname}${new URL(at).search}`, 302),
  });
  afterAll(() => redirecting.stop(true));

  test('the others are refused, by any name', async () => {
    for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '0']) {
      const { code, error } = await started(url.replace('127.0.0.1', host), 'none');
      expect(code).toBe(1);
      expect(error).toMatch(/private network|Could not resolve/);
    }
    for (const address of [`ssh://git@127.0.0.1:${port}/x`, 'git@localhost:x', 'git+ssh://0/x']) {
      const { code, error } = await started(address, 'none');
      expect(code).toBe(1);
      expect(error).toContain('private network');
    }
  });

  test('those that are named may be reached, and what they send one to must be named too', async () => {
    for (const allowed of [`127.0.0.1:${port}`, 'other, 127.0.0.1', '*']) {
      expect(await started(url, allowed)).toMatchObject({ code: 0, out: 'two\n' });
    }
    const hop = `http://127.0.0.1:${redirecting.port}`;
    const both = `127.0.0.1:${redirecting.port},127.0.0.1:${port}`;
    expect(await started(hop, both)).toMatchObject({ code: 0, out: 'two\n' });
    const refused = await started(hop, `127.0.0.1:${redirecting.port}`);
    expect(refused.code).toBe(1);
    expect(refused.error).toContain('private network');
  });
});

describe('what a repository may not do', () => {
  const marker = join(freshFolder(), 'ran');

  test.each([
    ['an ext transport', `ext::touch ${marker}`],
    ['a flag', `--upload-pack=touch ${marker}`],
    ['a host that is a flag', `ssh://-oProxyCommand=touch%20${marker}/x`],
    ['a host that is a flag, short', `me@-oProxyCommand=touch:x`],
    ['another transport', 'git://127.0.0.1/x'],
    ['another helper', 'http::http://127.0.0.1/x'],
  ])('%s is refused', async (_, address) => {
    const { code, run } = await projects.run(`--uri=${address}`, ...local);
    expect([code, run, existsSync(marker)]).toEqual([1, undefined, false]);
  });

  test.each([`--upload-pack=touch ${marker}`, '-x', '$(touch x)', 'a b', ':/one', 'HEAD@{0}', '../x'])(
    'the version %p is refused',
    async (version) => {
      const { code, run } = await projects.run(url, `--version=${version}`, ...local);
      expect([code, run, existsSync(marker)]).toEqual([1, undefined, false]);
    },
  );

  test('links that lead out are refused, others work', async () => {
    const linked = join(served.root, 'linked');
    projectOf({ ...mainOf('cat inside'), real: 'real\n' }, linked);
    symlinkSync('real', join(linked, 'inside'));
    commit(linked);
    expect((await projects.ran(`${served.url}/linked/.git`, ...local)).out).toBe('real\n');
    for (const target of ['/etc/passwd', '../outside', 'sub/../../outside']) {
      const bad = join(served.root, `bad-${crypto.randomUUID()}`);
      projectOf(mainOf('cat inside'), bad);
      symlinkSync(target, join(bad, 'inside'));
      commit(bad);
      const { code, error, run } = await projects.run(`${served.url}/${bad.split('/').at(-1)}/.git`, ...local);
      expect([code, run, error.includes('link that leads out of it: inside')]).toEqual([1, undefined, true]);
    }
  });

  test('submodules are not fetched, hooks and filters of the user are not run', async () => {
    const tricky = join(served.root, 'tricky');
    projectOf(
      { ...mainOf('cat big.bin; ls module | wc -l'), 'big.bin': 'plain\n', '.gitattributes': '*.bin filter=lfs\n' },
      tricky,
    );
    commit(tricky);
    git(tricky, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', folder, 'module');
    commit(tricky);
    const home = freshFolder();
    const template = join(home, 'template/hooks');
    mkdirSync(template, { recursive: true });
    writeFileSync(join(template, 'post-checkout'), `#!/bin/sh\ntouch ${marker}\n`);
    chmodSync(join(template, 'post-checkout'), 0o755);
    writeFileSync(
      join(home, '.gitconfig'),
      `[init]\n\ttemplateDir = ${home}/template\n[core]\n\thooksPath = ${template}\n[submodule]\n\trecurse = true\n` +
        `[filter "lfs"]\n\tsmudge = touch ${marker}\n\trequired = true\n[protocol "file"]\n\tallow = always\n`,
    );
    const command = [join(import.meta.dir, '../../bin/modelyard'), 'run', `${served.url}/tricky/.git`, ...local];
    const child = Bun.spawn(command, {
      cwd: home,
      env: { ...process.env, HOME: home, MLFLOW_TRACKING_URI: projects.url },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'ignore',
      timeout: 30_000,
    });
    expect([await new Response(child.stdout).text(), existsSync(marker)]).toEqual(['plain\n0\n', false]);
  });
});
