/**
 * The fluent SDK against the Python client: how many calls of `logMetric` a second a training loop makes, the points on
 * the server at the end. `bun bench/sdk.ts [--calls 100000] [--seconds 20] [--python .venv/bin/python]`. The Python client
 * logs to `mlflow server`, synchronously and asynchronously, for as long as `--seconds`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { RunningSystem } from './system.ts';

const root = join(import.meta.dir, '..');
const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    calls: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '20' },
    python: { type: 'string', default: join(root, '.venv/bin/python') },
  },
});

const ours = `
import { endRun, logMetric, startRun } from ${JSON.stringify(join(root, 'dist/esm/sdk/node/index.js'))};
const calls = ${Number(values.calls)};
await startRun();
const start = performance.now();
for (let step = 0; step < calls; step++) await logMetric('loss', step / 3, step);
await endRun();
console.log(calls / (performance.now() - start) * 1000);
process.exit();`;

const python = (asynchronous: boolean): string => `
import mlflow, time
with mlflow.start_run():
    mlflow.log_metric("loss", 0.0, step=0)
    begin = time.time()
    calls = 0
    while time.time() - begin < ${Number(values.seconds)}:
        calls += 1
        mlflow.log_metric("loss", calls / 3, step=calls${asynchronous ? ', synchronous=False' : ''})
    ${asynchronous ? 'mlflow.flush_async_logging()' : ''}
    print(calls / (time.time() - begin))`;

/** Calls a second, as the program prints them last. */
function rateOf(command: string[], port: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sdk-'));
  try {
    const env = { ...process.env, MLFLOW_TRACKING_URI: `http://127.0.0.1:${port}`, MODELYARD_SPOOL: folder };
    const { stdout, stderr, exitCode } = Bun.spawnSync(command, { env, cwd: folder, timeout: 1_800_000 });
    if (exitCode !== 0) throw new Error(stderr.toString());
    return Number(/^[\d.e+]+$/m.exec(stdout.toString())?.[0]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const { running: modelyard } = await RunningSystem.start({
  name: 'modelyard',
  command: (folder, port) => [
    join(root, 'bin/modelyard'),
    'server',
    '--port',
    String(port),
    '--data',
    `${folder}/data`,
  ],
});
const rates: [string, number][] = [];
for (const [name, program] of [
  ['Node', 'node'],
  ['Bun', process.execPath],
] as const) {
  const script = join(mkdtempSync(join(tmpdir(), 'bench-sdk-')), 'loop.mjs');
  await Bun.write(script, ours);
  rates.push([`Modelyard's SDK on ${name}, Modelyard's server`, rateOf([program, script], modelyard.port)]);
  rmSync(join(script, '..'), { recursive: true });
}
await modelyard.stop();
const { running: mlflow } = await RunningSystem.start({
  name: 'mlflow',
  command: (folder, port) =>
    [values.python, '-m', 'mlflow', 'server', '--port', String(port)].concat(
      ['--backend-store-uri', `sqlite:///${folder}/m.db`],
      ['--artifacts-destination', `${folder}/artifacts`],
    ),
});
for (const asynchronous of [false, true]) {
  const name = `Python client, ${asynchronous ? 'asynchronous' : 'synchronous'}, mlflow server`;
  rates.push([name, rateOf([values.python, '-c', python(asynchronous)], mlflow.port)]);
}
await mlflow.stop();

const [, first] = rates[0] ?? ['', Number.NaN];
console.log(
  '| calls of logMetric a second, flushed at the end | rate | times slower than the first |\n| --- | ---: | ---: |',
);
for (const [name, rate] of rates) console.log(`| ${name} | ${Math.round(rate)} | ${(first / rate).toFixed(1)} |`);
