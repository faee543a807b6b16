/**
 * Import of 10,000 runs of 10 params and 10 metrics of 10 points: ours from MLflow's files and from its database, beside
 * MLflow's own `migrate-filestore`. `bun bench/import.ts [RUNS]`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const runs = Number(process.argv[2] ?? 10_000);
const root = join(import.meta.dir, '..');
const modelyard = join(root, 'bin/modelyard');
const mlflow = join(root, '.venv/bin/mlflow');

const dir = mkdtempSync(join(tmpdir(), 'modelyard-import-'));
try {
  writeFiles(join(dir, 'mlruns'), runs);
  console.log(`${runs.toLocaleString('en')} runs, 10 params, 10 metrics of 10 points each\n`);
  await measure('mlflow migrate-filestore', [mlflow, 'migrate-filestore', '--source', join(dir, 'mlruns'), '--target', `sqlite:///${dir}/mlflow.db`]); // prettier-ignore
  await measure('modelyard import mlruns', [modelyard, 'import', join(dir, 'mlruns'), '--data', join(dir, 'files')]);
  await measure('modelyard import mlflow.db', [modelyard, 'import', join(dir, 'mlflow.db'), '--data', join(dir, 'database')]); // prettier-ignore
  await measure('the same again', [modelyard, 'import', join(dir, 'mlflow.db'), '--data', join(dir, 'database')]);
  await measure('modelyard export', [modelyard, 'export', join(dir, 'export'), '--data', join(dir, 'database')]);
  await measure('modelyard import of the export', [modelyard, 'import', join(dir, 'export'), '--data', join(dir, 'export-data')]); // prettier-ignore
} finally {
  rmSync(dir, { recursive: true });
}

async function measure(name: string, command: readonly string[]): Promise<void> {
  const start = performance.now();
  const child = Bun.spawn([...command], { cwd: dir, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [out, error, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${out.slice(-2000)}\n${error.slice(-2000)}`);
  const seconds = (performance.now() - start) / 1000;
  console.log(`${name.padEnd(32)}${seconds.toFixed(1).padStart(7)} s${Math.round(runs / seconds).toString().padStart(8)} runs/s`); // prettier-ignore
}

/** As MLflow's file store writes them. */
function writeFiles(folder: string, count: number): void {
  const experiment = join(folder, '1');
  mkdirSync(experiment, { recursive: true });
  const time = 1_700_000_000_000;
  writeFileSync(
    join(experiment, 'meta.yaml'),
    `artifact_location: file://${experiment}\ncreation_time: ${time}\nexperiment_id: '1'\nlast_update_time: ${time}\nlifecycle_stage: active\nname: bench\n`,
  );
  for (let i = 0; i < count; i++) {
    const id = new Bun.CryptoHasher('md5').update(String(i)).digest('hex');
    const run = join(experiment, id);
    for (const name of ['params', 'metrics', 'tags', 'artifacts']) mkdirSync(join(run, name), { recursive: true });
    writeFileSync(
      join(run, 'meta.yaml'),
      `artifact_uri: file://${run}/artifacts\nend_time: ${time + 1000}\nentry_point_name: ''\nexperiment_id: '1'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: run-${i}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${time}\nstatus: 3\ntags: []\nuser_id: bench\n`,
    );
    writeFileSync(join(run, 'tags/mlflow.runName'), `run-${i}`);
    for (let k = 0; k < 10; k++) {
      writeFileSync(join(run, `params/param-${k}`), `value-${i}-${k}`);
      const lines = Array.from({ length: 10 }, (_, step) => `${time + step} ${(i % 97) + step / (k + 1)} ${step}\n`);
      writeFileSync(join(run, `metrics/metric-${k}`), lines.join(''));
    }
  }
}
