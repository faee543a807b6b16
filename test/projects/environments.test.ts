/** The environments that projects ask for: Python's by uv, what conda.yaml asks for, packages of npm. */
import { describe, expect, test } from 'bun:test';
import { chmodSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { commit } from '../support/git-server.ts';
import { mainOf, projectOf, testedProjects } from './support/project.ts';

const root = join(import.meta.dir, '../..');
const cache = freshFolder();
/** Programs that tests add. */
const bin = freshFolder();
symlinkSync(join(root, '.venv/bin/uv'), join(bin, 'uv'));
const projects = testedProjects(
  {
    PATH: `${bin}:${process.env['PATH']}`,
    XDG_CACHE_HOME: cache,
    UV_CACHE_DIR: process.env['UV_CACHE_DIR'] ?? join(homedir(), '.cache/uv'),
  },
  120_000,
);

const show = 'import six, sys, os; print(six.__version__, sys.prefix == os.environ.get("VIRTUAL_ENV"))\n';

describe('an environment of Python', () => {
  const files = {
    ...mainOf('python show.py', 'python_env: env.yaml'),
    'env.yaml': 'dependencies:\n  - -r requirements.txt\n',
    'requirements.txt': 'six==1.16.0\n',
    'show.py': show,
  };

  test('is made once for its content, by whichever of the two managers', async () => {
    const first = await projects.ran(projectOf(files));
    expect([first.out, first.run.tags['mlflow.project.env']]).toEqual(['1.16.0 True\n', 'virtualenv']);
    expect(first.error).toContain('modelyard: installing 1 requirements');
    const second = await projects.ran(projectOf(files), '--env-manager', 'uv');
    expect([second.out, second.run.tags['mlflow.project.env']]).toEqual(['1.16.0 True\n', 'uv']);
    expect(second.error).not.toContain('installing');
    expect(
      await projects
        .ran(projectOf(mainOf('echo "$VIRTUAL_ENV"', 'python_env: env.yaml')), '--env-manager', 'local')
        .catch(String),
    ).toContain('names the environment env.yaml');
  });

  test('that cannot be made fails the run with the reason', async () => {
    const { code, run } = await projects.run(projectOf({ ...files, 'requirements.txt': 'six==0.0.0.1\n' }));
    expect([code, run?.status]).toEqual([1, 'FAILED']);
    const reason = run?.tags['modelyard.project.failure'];
    expect(reason).toMatch(/Installing what the project needs failed[^]*six==0\.0\.0\.1/);
    expect(run?.tags['mlflow.project.backend']).toBeUndefined();
  });

  test('of a project that asks for nothing is an empty one; local is the one that is here', async () => {
    const folder = projectOf({ 'x.py': 'import sys, os; print(sys.prefix == os.environ.get("VIRTUAL_ENV"))' });
    expect((await projects.ran(folder, '-e', 'x.py')).out).toBe('True\n');
    const { out, run } = await projects.ran(folder, '-e', 'x.py', '--env-manager', 'local');
    expect([out, run.tags['mlflow.project.env']]).toEqual(['False\n', undefined as unknown as string]);
  });
});

describe('conda.yaml', () => {
  const files = (...dependencies: string[]) => ({
    ...mainOf('python show.py', 'conda_env: conda.yaml'),
    'conda.yaml': `name: e\nchannels: [conda-forge]\ndependencies:\n${dependencies.map((one) => `- ${one}\n`).join('')}`,
    'show.py': show,
  });

  test('is made by uv where there is no conda, and says so', async () => {
    const { out, error, run } = await projects.ran(
      projectOf(files('pip', 'conda-forge::six=1.16', 'pip: [toml==0.10.2]')),
    );
    expect([out, run.tags['mlflow.project.env']]).toEqual(['1.16.0 True\n', 'conda']);
    expect(error).toContain("without conda, from PyPI instead of conda's channels: six==1.16.*");
  });

  test('with what only conda gives is an error', async () => {
    const { code, run } = await projects.run(projectOf(files('cudatoolkit=11.8', 'six')));
    expect([code, run?.status]).toEqual([1, 'FAILED']);
    expect(run?.tags['modelyard.project.failure']).toMatch(/asks for cudatoolkit, which only conda gives/);
    const asked = await projects.run(projectOf(files('six')), '--env-manager', 'conda');
    expect(asked.run?.tags['modelyard.project.failure']).toContain('--env-manager conda needs conda, mamba');
  });

  test('is made by conda where that is', async () => {
    const conda = join(freshFolder(), 'conda');
    const python = `#!/bin/sh\\necho made by conda\\n`;
    writeFileSync(
      conda,
      `#!/bin/sh\nwhile [ "$1" != -p ]; do shift; done\nmkdir -p "$2/bin"; printf '${python}' > "$2/bin/python"; chmod +x "$2/bin/python"\n`,
    );
    chmodSync(conda, 0o755);
    symlinkSync(conda, join(bin, 'conda'));
    const { out } = await projects.ran(projectOf(files('cudatoolkit=11.8', 'r-base')));
    expect(out).toBe('made by conda\n');
  });
});

describe('packages of npm', () => {
  const lock = (type: string) => {
    const dependencies = { 'left-pad': '1.3.0' };
    const packages = {
      '': { name: 't', dependencies },
      'node_modules/left-pad': {
        version: '1.3.0',
        integrity: 'sha512-XI5MPzVNApjAyhQzphX8BkmKsKUxD4LdyK24iZeQGinBN9yTQT3bFlCBy/aVx2HrNcqQGsdot8ghrjyrvMCoEA==',
      },
    };
    return {
      'package.json': JSON.stringify({ name: 't', type, dependencies }),
      'package-lock.json': JSON.stringify({ name: 't', lockfileVersion: 3, requires: true, packages }),
    };
  };
  const esm = `import pad from 'left-pad';\nconsole.log(pad(process.argv[3] ?? 'a', 4));\n`;
  const files = {
    ...lock('module'),
    'a.ts': esm.replace('(pad', '(<string>pad'),
    'b.mjs': esm,
    'c.cjs': `console.log(require('left-pad')('c', 4));\n`,
    ...mainOf('node b.mjs --x {x} && bun a.ts', '    parameters: {x: {default: m}}'),
  };

  test('are installed from the lock file, beside the folder of the user', async () => {
    const folder = projectOf(files);
    const before = readdirSync(folder);
    const first = await projects.ran(folder, '-e', 'a.ts', '-P', 'v=b c');
    expect([first.out, first.run.tags['mlflow.project.env']]).toEqual([' b c\n', 'node']);
    expect(first.error).toContain('installing packages from package-lock.json');
    const others = [
      await projects.ran(folder, '-e', 'b.mjs'),
      await projects.ran(folder, '-e', 'c.cjs'),
      await projects.ran(folder),
    ];
    expect(others.map(({ out }) => out)).toEqual(['   a\n', '   c\n', '   m\n   a\n']);
    expect(others.some(({ error }) => error.includes('installing'))).toBe(false);
    expect(readdirSync(folder)).toEqual(before);
  });

  test('of a version of a repository too', async () => {
    const folder = projectOf(files);
    commit(folder);
    expect((await projects.ran(folder, '-v', 'main')).out).toBe('   m\n   a\n');
  });

  test('that are in the folder already are taken', async () => {
    const folder = projectOf({ ...files, 'node_modules/left-pad/index.js': 'module.exports = () => "own";' });
    expect((await projects.ran(folder, '-e', 'b.mjs')).out).toBe('own\n');
  });

  test('without a lock file are an error', async () => {
    const { 'package-lock.json': _, ...without } = files;
    const { code, run } = await projects.run(projectOf(without), '-e', 'a.ts');
    expect(code).toBe(1);
    expect(run?.tags['modelyard.project.failure']).toContain('there is no lock file');
  });

  test.each([
    ['does not fit', '1.2.0', /lock file's left-pad@1\.3\.0 does not satisfy left-pad@1\.2\.0/],
    ['is broken', undefined, /package-lock\.json/],
  ])('from a lock file that %s are an error that says so', async (_, version, says) => {
    const asked = { 'package.json': JSON.stringify({ name: 't', dependencies: { 'left-pad': version ?? '1.3.0' } }) };
    const folder = projectOf({ ...files, ...asked, ...(version === undefined && { 'package-lock.json': '{' }) });
    const { code, run } = await projects.run(folder, '-e', 'a.ts');
    const failure = run?.tags['modelyard.project.failure'] ?? '';
    expect([code, failure.split('\n').length < 8, /Options:|npm error/.test(failure)]).toEqual([1, true, false]);
    expect(failure).toMatch(says);
  });

  test('of a lock file of Bun', async () => {
    const folder = projectOf({ 'package.json': files['package.json'] ?? '', 'a.ts': files['a.ts'] });
    const made = projectOf({ 'package.json': files['package.json'] ?? '' });
    Bun.spawnSync([process.execPath, 'install', '--lockfile-only'], { cwd: made });
    projectOf({ 'bun.lock': await Bun.file(join(made, 'bun.lock')).text() }, folder);
    expect((await projects.ran(folder, '-e', 'a.ts')).out).toBe('   a\n');
  });
});
