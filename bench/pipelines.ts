/**
 * Measures the status of a pipeline of 200 tasks that do nothing and are built, `ploomber status` and
 * `modelyard pipeline status` side by side: `bun bench/pipelines.ts [--times 7] [--tasks 200] [--ploomber PROGRAM]`.
 * Without --ploomber it is installed by uv into a folder that is taken away afterwards.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aligned, amount } from './report.ts';

const root = join(import.meta.dir, '..');
const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: {
    times: { type: 'string', default: '7' },
    tasks: { type: 'string', default: '200' },
    ploomber: { type: 'string' },
    bin: { type: 'string', default: join(root, '.venv/bin') },
  },
});
const tasks = Number(options.tasks);
const folder = mkdtempSync(join(tmpdir(), 'bench-pipelines-'));

/** @returns seconds, and what it printed */
function timed(command: readonly string[], cwd: string): { readonly seconds: number; readonly out: string } {
  const begin = performance.now();
  const { exitCode, stdout, stderr } = Bun.spawnSync([...command], {
    cwd,
    stdin: 'ignore',
    env: { ...process.env, PATH: `${options.bin}:${process.env['PATH']}`, PLOOMBER_STATS_ENABLED: 'false' },
    timeout: 1_200_000,
  });
  const seconds = (performance.now() - begin) / 1000;
  if (exitCode !== 0) throw new Error(`${command.join(' ')}: ${stdout.toString()}${stderr.toString()}`);
  return { seconds, out: stdout.toString() };
}

function installPloomber(): string {
  process.stderr.write('installing ploomber\n');
  const uv = join(options.bin, 'uv');
  const env = join(folder, 'ploomber');
  timed([uv, 'venv', '--quiet', env], folder);
  timed([uv, 'pip', 'install', '--quiet', '--python', join(env, 'bin/python'), 'ploomber', 'setuptools<81'], folder);
  return join(env, 'bin/ploomber');
}

/** Functions that write an empty file, each after the one ten before it. */
function makePipeline(): string {
  const path = join(folder, 'pipeline');
  mkdirSync(path);
  const names = Array.from({ length: tasks }, (_, at) => `task_${at}`);
  const functions = names.map((name, at) => {
    const upstream = at < 10 ? 'None' : `{'task_${at - 10}': None}`;
    const args = at < 10 ? 'product' : 'product, upstream';
    const reads = at < 10 ? '' : `    upstream['task_${at - 10}']\n`;
    return `def ${name}(${args}):\n    """Task ${at}, upstream ${upstream}"""\n${reads}    open(product, 'w').close()\n`;
  });
  writeFileSync(join(path, 'steps.py'), functions.join('\n\n'));
  const entries = names.map((name) => `  - {source: steps.${name}, product: out/${name}.txt}\n`);
  writeFileSync(join(path, 'pipeline.yaml'), `tasks:\n${entries.join('')}`);
  return path;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

try {
  const ploomber = options.ploomber ?? installPloomber();
  const modelyard = [join(root, 'bin/modelyard'), 'pipeline'];
  const systems = [
    { name: 'ploomber', build: [ploomber, 'build'], status: [ploomber, 'status'], times: 3 },
    {
      name: 'modelyard',
      build: [...modelyard, 'build', '--no-record'],
      status: [...modelyard, 'status'],
      times: Number(options.times),
    },
  ];
  const values = systems.map(({ name, build, status, times }) => {
    const path = makePipeline();
    process.stderr.write(`${name}: build\n`);
    const built = timed(build, path).seconds;
    process.stderr.write(`${name}: status\n`);
    timed(status, path);
    const nothing = median(Array.from({ length: times }, () => timed(build, path).seconds));
    const seconds = median(Array.from({ length: times }, () => timed(status, path).seconds));
    rmSync(path, { recursive: true });
    return { built, nothing, seconds };
  });
  const row = (label: string, key: 'built' | 'nothing' | 'seconds', goal = ''): string[] => {
    const [theirs = Number.NaN, ours = Number.NaN] = values.map((one) => one[key]);
    return [label, 's', amount(theirs), amount(ours), `${amount(theirs / ours)}x`, goal];
  };
  const [theirs, ours] = values;
  const reached =
    ours !== undefined && theirs !== undefined && ours.seconds < 0.5 && theirs.seconds / ours.seconds >= 5;
  const machine = `${navigator.hardwareConcurrency} cores (${cpus()[0]?.model ?? 'unknown'})`;
  console.log(`\nMachine: ${machine}, load ${loadavg()[0]?.toFixed(1)}.\n`);
  console.log(
    aligned([
      [`${tasks} tasks`, 'unit', 'ploomber', 'modelyard', 'ratio', 'goal'],
      row('status, all built', 'seconds', `5x and below 0.5 s ${reached ? 'reached' : 'MISSED'}`),
      row('build with nothing to do', 'nothing'),
      row('build', 'built'),
    ]),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
