/** Projects that are stopped: all that they started ends, and the run is KILLED. */
import { describe, expect, test } from 'bun:test';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from '../support/folders.ts';
import { cleanEnvironment, modelyard } from '../support/start-server.ts';
import { within } from '../support/within.ts';
import { eventually } from '../support/eventually.ts';
import { mainOf, projectOf, testedProjects, type Recorded } from './support/project.ts';

const projects = testedProjects();

/** Tells its process ids, and then waits: that of the command and that of what it started in the background. */
const waiting = 'sleep 600 & echo $$ $! > pids; echo started; wait';
const stubborn = `trap 'touch caught' INT TERM; ${waiting}; sleep 600`;

function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function start(folder: string) {
  return Bun.spawn([modelyard, 'run', folder, '--env-manager', 'local'], {
    cwd: folder,
    env: { ...cleanEnvironment(), MLFLOW_TRACKING_URI: projects.url },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
}

const pidsOf = (folder: string): Promise<number[]> =>
  eventually(() => {
    const file = join(folder, 'pids');
    const pids = existsSync(file) ? readFileSync(file, 'utf8').trim().split(' ').map(Number) : [];
    return pids.length === 2 ? pids : undefined;
  });

const runIn = (folder: string): Promise<Recorded> =>
  eventually(async () => (await projects.runs()).find(({ tags }) => tags['mlflow.source.name'] === folder));

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s', (signal) => {
  test('ends the whole group', async () => {
    const folder = projectOf(mainOf(waiting));
    const child = start(folder);
    const pids = await pidsOf(folder);
    expect(pids.map(isAlive)).toEqual([true, true]);
    child.kill(signal);
    const [code, error] = await within(30_000, Promise.all([child.exited, new Response(child.stderr).text()]));
    expect([code, pids.map(isAlive)]).toEqual([1, [false, false]]);
    const run = await runIn(folder);
    expect([run.status, run.tags['modelyard.project.failure']]).toEqual(['KILLED', undefined as unknown as string]);
    expect(error).toContain(`stopped by ${signal}`);
    expect(await projects.text(run.runId, 'logs/output.txt')).toBe('started\n');
  });
});

test('one that does not listen ends too, at once when asked twice', async () => {
  const folder = projectOf(mainOf(stubborn));
  const child = start(folder);
  const pids = await pidsOf(folder);
  child.kill('SIGINT');
  await eventually(() => existsSync(join(folder, 'caught')));
  child.kill('SIGINT');
  expect(await within(30_000, child.exited)).toBe(1);
  expect([pids.map(isAlive), (await runIn(folder)).status]).toEqual([[false, false], 'KILLED']);
});

test('Ctrl-C on a terminal ends it', async () => {
  const folder = projectOf(mainOf(waiting));
  let text = '';
  const child = Bun.spawn([modelyard, 'run', folder, '--env-manager', 'local'], {
    cwd: folder,
    env: { ...cleanEnvironment(), MLFLOW_TRACKING_URI: projects.url, TERM: 'xterm' },
    terminal: { cols: 100, rows: 30, data: (_, bytes) => void (text += Buffer.from(bytes).toString()) },
  });
  const pids = await pidsOf(folder);
  child.terminal?.write('\u0003');
  expect(await within(30_000, child.exited)).toBe(1);
  expect([pids.map(isAlive), (await runIn(folder)).status]).toEqual([[false, false], 'KILLED']);
  expect(text).toContain('stopped by SIGINT');
});

test('a project that handles the signal may end in its way, and is KILLED all the same', async () => {
  const folder = projectOf(mainOf(`trap 'echo cleaned; exit 0' INT; ${waiting}`));
  const child = start(folder);
  await pidsOf(folder);
  child.kill('SIGINT');
  const [code, out] = await within(30_000, Promise.all([child.exited, new Response(child.stdout).text()]));
  expect([code, out]).toEqual([1, 'started\ncleaned\n']);
  expect((await runIn(folder)).status).toBe('KILLED');
});

test('a process that is left behind does not hold up the end', async () => {
  const folder = projectOf(mainOf('sleep 600 & echo $$ $! > pids; echo done'));
  const { code, out } = await projects.run(folder, '--env-manager', 'local');
  expect([code, out]).toEqual([0, 'done\n']);
  const [, left = 0] = await pidsOf(folder);
  process.kill(left, 'SIGKILL');
});

test.each([
  [['run'], 'stopped before there was a run'],
  [['projects', 'describe'], 'stopped.'],
])('%p stopped while it fetches tells so, and leaves nothing', async (words, says) => {
  const temporary = freshFolder();
  const silent = Bun.serve({ port: 0, hostname: '127.0.0.1', fetch: () => new Promise<Response>(() => undefined) });
  const child = Bun.spawn([modelyard, ...words, `http://127.0.0.1:${silent.port}/x.git`], {
    cwd: freshFolder(),
    env: { ...cleanEnvironment(), MLFLOW_TRACKING_URI: projects.url, TMPDIR: temporary },
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });
  let error = '';
  const decoder = new TextDecoder();
  for await (const bytes of child.stderr) {
    error += decoder.decode(bytes, { stream: true });
    if (/fetching .*\n$/.test(error)) child.kill('SIGTERM');
  }
  expect(await within(30_000, child.exited)).toBe(1);
  expect(error).toContain(says);
  expect(readdirSync(temporary)).toEqual([]);
  await silent.stop(true);
});
