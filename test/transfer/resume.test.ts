/** An import that is killed goes on when it is run again: nothing is missing, nothing is there twice. */
import { afterAll, beforeAll, expect, test } from 'bun:test';
import { Database } from 'bun:sqlite';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder, removeFolder } from '../support/folders.ts';
import { cleanEnvironment, modelyard } from '../support/start-server.ts';
import { exportOf, importInto, placesIn } from './support/commands.ts';
import { experimentMeta, runId, runMeta, write, writeRuns } from './support/write-mlruns.ts';

const limit = 120_000;
const runs = 1500;
let dir: string;

beforeAll(() => {
  dir = freshFolder();
});

// Tens of thousands of small files.
afterAll(() => removeFolder(dir), limit);

function count(path: string, table: string): number {
  const database = new Database(path, { readonly: true });
  try {
    return database.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  } catch {
    return 0;
  } finally {
    database.close();
  }
}

/** Starts an import and kills it when `isTime` says so; whether it was still running. */
async function killed(target: string, source: string, isTime: (path: string) => boolean): Promise<boolean> {
  const child = Bun.spawn([modelyard, 'import', source, ...placesIn(target)], {
    cwd: dir,
    env: cleanEnvironment(),
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  });
  const path = join(target, 'm.db');
  const end = Date.now() + limit;
  while (child.exitCode === null && Date.now() < end) {
    if (existsSync(path) && isTime(path)) break;
    await Bun.sleep(1);
  }
  const isRunning = child.exitCode === null;
  child.kill('SIGKILL');
  await child.exited;
  return isRunning;
}

test(
  'after kill -9 in the middle',
  async () => {
    const mlruns = join(dir, 'many/mlruns');
    writeRuns(mlruns, '1', 'many', runs);
    const target = join(dir, 'target');
    Bun.spawnSync(['mkdir', '-p', target]);
    let wasRunning = 0;
    for (const part of [0.1, 0.5]) {
      if (await killed(target, mlruns, (path) => count(path, 'runs') >= runs * part)) wasRunning++;
    }
    expect(wasRunning).toBeGreaterThan(0);
    const told = await importInto(target, mlruns);
    expect(told).toMatchObject({ code: 0, complete: true });
    const { run } = told.counts;
    expect((run?.brought ?? 0) + (run?.there ?? 0)).toBe(runs);
    expect(run?.there).toBeGreaterThan(0);
    expect(await importInto(target, mlruns)).toMatchObject({ code: 0, counts: { run: { there: runs, brought: 0 } } });

    // What was killed twice and what was not hold the same.
    const whole = join(dir, 'whole');
    Bun.spawnSync(['mkdir', '-p', whole]);
    await importInto(whole, mlruns);
    for (const place of [target, whole]) expect((await exportOf(place, join(place, 'export'))).code).toBe(0);
    const { exitCode, stdout } = Bun.spawnSync(['diff', '-r', '-q', '-x', 'modelyard-export.json', join(target, 'export'), join(whole, 'export')]); // prettier-ignore
    expect(stdout.toString()).toBe('');
    expect(exitCode).toBe(0);
  },
  limit,
);

test(
  'in the middle of a run with more points than one session writes',
  async () => {
    const mlruns = join(dir, 'long/mlruns');
    const points = 300_000;
    const lines = Array.from({ length: points }, (_, step) => `${step} ${step / 3} ${step}\n`).join('');
    write(mlruns, {
      '1/meta.yaml': experimentMeta('1', 'long'),
      [`1/${runId(1)}/meta.yaml`]: runMeta(runId(1), '1'),
      [`1/${runId(1)}/metrics/m`]: lines,
    });
    const target = join(dir, 'long-target');
    Bun.spawnSync(['mkdir', '-p', target]);
    await killed(target, mlruns, (path) => count(path, 'metric_arrivals') >= 3);
    expect(await importInto(target, mlruns)).toMatchObject({ code: 0, complete: true });
    expect(await importInto(target, mlruns)).toMatchObject({ code: 0, counts: { run: { there: 1, brought: 0 } } });
    const folder = join(target, 'export');
    await exportOf(target, folder);
    const metrics = (await Bun.file(join(folder, 'metrics.jsonl')).text()).trimEnd().split('\n');
    const steps = metrics.flatMap((line) => (JSON.parse(line) as { points: [number][] }).points.map(([step]) => step));
    expect(steps).toEqual(Array.from({ length: points }, (_, step) => step));
    expect(await Bun.file(join(folder, 'runs.jsonl')).text()).not.toContain('unfinished');
  },
  limit,
);
