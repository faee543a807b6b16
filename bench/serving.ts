/**
 * Measures scoring servers side by side, `mlflow models serve --env-manager local` and `modelyard models serve`, with the
 * same models: `bun bench/serving.ts [--seconds 10] [--models scikit-learn,onnx] [--bin .venv/bin] [--onnxruntime FOLDER]`.
 * Each has the machine for itself. The answers have to be the same.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { HttpRequest } from './http-connection.ts';
import { runLoad, type LoadResult } from './load-task.ts';
import { aligned, amount } from './report.ts';
import { RunningSystem, type System } from './system.ts';

const root = join(import.meta.dir, '..');
const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: {
    seconds: { type: 'string', default: '10' },
    models: { type: 'string', default: 'scikit-learn,onnx' },
    bin: { type: 'string', default: join(root, '.venv/bin') },
    onnxruntime: { type: 'string', default: join(root, 'test/sdk/libraries') },
  },
});
const seconds = Number(options.seconds);

interface Figure {
  readonly label: string;
  readonly unit: string;
  readonly better: 'lower' | 'higher';
  /** How many times better than mlflow, by model. */
  readonly goals?: Readonly<Record<string, number>>;
  /** What it may be at most. */
  readonly most?: number;
}

const figures = {
  start: { label: 'start to first answer', unit: 's', better: 'lower', goals: { 'scikit-learn': 1, onnx: 1 } },
  p50: { label: 'one row, 1 connection, median', unit: 'ms', better: 'lower', goals: { 'scikit-learn': 1, onnx: 5 } },
  p99: { label: 'the same, 99th percentile', unit: 'ms', better: 'lower' },
  rate: { label: 'one row, 32 connections', unit: '/s', better: 'higher', goals: { 'scikit-learn': 4, onnx: 10 } },
  rateP50: { label: 'the same, median', unit: 'ms', better: 'lower' },
  rateP99: { label: 'the same, 99th percentile', unit: 'ms', better: 'lower' },
  large: { label: '10,000 rows', unit: 'ms', better: 'lower', goals: { 'scikit-learn': 1.5, onnx: 1.5 } },
  front: { label: 'memory of the front process', unit: 'MiB', better: 'lower', most: 100 },
  memory: { label: 'memory in all', unit: 'MiB', better: 'lower' },
} as const satisfies Readonly<Record<string, Figure>>;
type Key = keyof typeof figures;
type Measured = Partial<Record<Key, number>> & { answer?: string | undefined };

function rows(count: number): HttpRequest {
  const columns = ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)', 'petal width (cm)'];
  const data = Array.from({ length: count }, (_, at) => [5.1 + (at % 7) / 10, 3.5, 1.4 + (at % 11) / 3, 0.2]);
  return { method: 'POST', path: '/invocations', body: JSON.stringify({ dataframe_split: { columns, data } }) };
}

const one = rows(1);
const large = rows(10_000);
const env = { PATH: `${options.bin}:${process.env['PATH']}` };

function systems(model: string): System[] {
  const serve = (port: number): string[] => [
    'models',
    'serve',
    '-m',
    model,
    '-p',
    String(port),
    '--env-manager',
    'local',
  ];
  return [
    { name: 'mlflow', command: (_, port) => [join(options.bin, 'mlflow'), ...serve(port)], probe: one, env },
    {
      name: 'modelyard',
      // ONNX Runtime is found from the folder that it is started in.
      command: (_, port) => ['env', '-C', options.onnxruntime, join(root, 'bin/modelyard'), ...serve(port)],
      probe: one,
      env,
    },
  ];
}

async function measure(system: System): Promise<Measured> {
  process.stderr.write(`${system.name}\n`);
  const { running, seconds: start } = await RunningSystem.start(system);
  try {
    const load = (request: HttpRequest, connections: number, bounds: { seconds: number; atMost: number }) =>
      checked(runLoad({ kind: 'request', port: running.port, request, connections, ...bounds }));
    const long = { seconds, atMost: 5_000_000 };
    // The first requests load and compile code.
    await load(one, 8, { seconds: 60, atMost: 200 });
    const single = await load(one, 1, long);
    const many = await load(one, 32, long);
    const big = await load(large, 1, { seconds: 60, atMost: 15 });
    return {
      start,
      p50: single.p50,
      p99: single.p99,
      rate: many.begun / many.seconds,
      rateP50: many.p50,
      rateP99: many.p99,
      large: big.p50,
      front: running.ownMemory(),
      memory: running.memory(),
      answer: big.lastBody,
    };
  } finally {
    await running.stop();
  }
}

async function checked(result: Promise<LoadResult>): Promise<LoadResult> {
  const { failed, firstFailure } = await result;
  if (failed.length > 0) throw new Error(`${failed.length} requests failed: ${firstFailure}`);
  return result;
}

function report(model: string, mlflow: Measured, modelyard: Measured): string {
  const lines = (Object.entries(figures) as [Key, Figure][]).map(([key, { label, unit, better, goals, most }]) => {
    const [base, ours] = [mlflow[key] ?? Number.NaN, modelyard[key] ?? Number.NaN];
    const times = better === 'higher' ? ours / base : base / ours;
    const goal = goals?.[model];
    const reached = goal === undefined ? most === undefined || ours <= most : times >= goal;
    const wanted = goal === undefined ? (most === undefined ? '' : `at most ${most}`) : `${goal}x`;
    const verdict = wanted === '' ? '' : `${wanted} ${reached ? 'reached' : 'MISSED'}`;
    return [label, unit, amount(base), amount(ours), `${amount(times)}x`, verdict];
  });
  const same = JSON.stringify(JSON.parse(mlflow.answer ?? '1')) === JSON.stringify(JSON.parse(modelyard.answer ?? '2'));
  const table = aligned([[model, 'unit', 'mlflow', 'modelyard', 'ratio', 'goal'], ...lines]);
  return `\n${table}\n\n${same ? 'The answers are the same.' : 'THE ANSWERS DIFFER.'}\n`;
}

const folder = mkdtempSync(join(tmpdir(), 'bench-serving-'));
try {
  const made = Bun.spawnSync([join(options.bin, 'python'), join(import.meta.dir, 'serving-models.py'), folder], {
    cwd: folder,
  });
  if (made.exitCode !== 0) throw new Error(made.stderr.toString());
  process.stdout.write(`\nMachine: ${navigator.hardwareConcurrency} cores (${cpus()[0]?.model ?? 'unknown'}).\n`);
  for (const model of options.models.split(',')) {
    const [mlflow, modelyard] = systems(join(folder, model)) as [System, System];
    process.stdout.write(report(model, await measure(mlflow), await measure(modelyard)));
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
