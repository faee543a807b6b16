/** `bin/modelyard` runs what the build made, and the sources whenever that would not be the same program. */
import { afterEach, beforeAll, afterAll, expect, test } from 'bun:test';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Api } from '../support/api.ts';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { startServer, type TestServer } from '../support/start-server.ts';

const checkout = join(import.meta.dir, '../..');
let base: string;
let built: string;
let copies = 0;
let server: TestServer | undefined;

/** A built copy of the checkout that then moved: nothing may remember where it was built. */
beforeAll(() => {
  base = freshFolder();
  const before = join(base, 'before');
  built = join(base, 'built');
  mkdirSync(before);
  for (const name of ['bin', 'src', 'scripts', 'package.json'])
    cpSync(join(checkout, name), join(before, name), { recursive: true });
  symlinkSync(join(checkout, 'node_modules'), join(before, 'node_modules'));
  const build = "import { buildServer } from './scripts/build-server.ts'; await buildServer();";
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, '-e', build], { cwd: before });
  if (exitCode !== 0) throw new Error(stderr.toString());
  renameSync(before, built);
});

afterAll(() => removeFolder(base));

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

/** A copy of the built checkout, times included, to be changed. */
function copyOfBuilt(): string {
  const copy = join(base, `copy-${copies++}`);
  // Not cpSync: it rounds times and leaves those of folders out.
  Bun.spawnSync(['cp', '-a', built, copy]);
  return copy;
}

/** Starts the server of a checkout and tells which program it runs. */
async function started(root: string): Promise<string> {
  server = await startServer([], { program: join(root, 'bin/modelyard') });
  const words = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8').split('\0');
  return words.find((word) => word.includes('/cli/'))?.replace(/^.*\/bin\/\.\.\//, '') ?? '';
}

/** A history is read by the thread, which is a program of its own. */
async function longReadWorks(): Promise<void> {
  const api = new Api(server!);
  const point = { key: 'm', value: 0.5, timestamp: 1, step: 0 };
  const run = await api.send('POST', 'runs/create', { experiment_id: '0' });
  const id = (JSON.parse(run.text) as { run: { info: { run_id: string } } }).run.info.run_id;
  expect((await api.send('POST', 'runs/log-batch', { run_id: id, metrics: [point] })).status).toBe(200);
  const { text } = await api.send('GET', `metrics/get-history?run_id=${id}&metric_key=m`);
  expect(JSON.parse(text)).toEqual({ metrics: [point] });
}

const earlier = new Date(2001, 1, 1);
const later = new Date(Date.now() + 60_000);

/** As an archive or a copy brings it: another content, and a time before that of the build. */
function changeWithOldTime(root: string, file: string): void {
  writeFileSync(join(root, file), `${readFileSync(join(root, file), 'utf8')}\n`);
  utimesSync(join(root, file), earlier, earlier);
}

test.each<[string, string, (root: string) => void]>([
  ['what was built', 'dist/cli/main.js', () => undefined],
  [
    'what was built, in a package without sources',
    'dist/cli/main.js',
    (root) => rmSync(join(root, 'src'), { recursive: true }),
  ],
  ['the sources, when nothing was built', 'src/cli/main.ts', (root) => rmSync(join(root, 'dist'), { recursive: true })],
  [
    'what was built, when a source has another time alone',
    'dist/cli/main.js',
    (root) => utimesSync(join(root, 'src/common/ids.ts'), later, later),
  ],
  [
    'the sources, when one changed, however old it is',
    'src/cli/main.ts',
    (root) => changeWithOldTime(root, 'src/common/ids.ts'),
  ],
  ['the sources, when package.json changed', 'src/cli/main.ts', (root) => changeWithOldTime(root, 'package.json')],
  [
    'the sources, when the build did not finish',
    'src/cli/main.ts',
    (root) => rmSync(join(root, 'dist/server/reader-worker.js')),
  ],
  [
    'the sources, when nobody knows of which the build is',
    'src/cli/main.ts',
    (root) => rmSync(join(root, 'dist/sources.sh')),
  ],
])('it runs %s', async (_name, program, change) => {
  const root = copyOfBuilt();
  change(root);
  expect(await started(root)).toBe(program);
  await longReadWorks();
});

test('without the development packages the server is built, and what its pages need is said', async () => {
  const root = copyOfBuilt();
  rmSync(join(root, 'dist'), { recursive: true });
  for (const name of ['web', 'tsconfig.json']) cpSync(join(checkout, name), join(root, name), { recursive: true });
  rmSync(join(root, 'node_modules'));
  mkdirSync(join(root, 'node_modules'));
  for (const name of ['bun', '@oven'])
    symlinkSync(join(checkout, 'node_modules', name), join(root, 'node_modules', name));
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, 'scripts/build.ts'], { cwd: root });
  expect(exitCode).toBe(0);
  expect(stderr.toString()).toContain('npm ci --include=dev');
  expect(await started(root)).toBe('dist/cli/main.js');
  const page = await fetch(server!.url, { signal: AbortSignal.timeout(10_000) });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm ci --include=dev');
});
