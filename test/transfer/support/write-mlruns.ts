/** MLflow's file store written by hand, for many runs at once and for what MLflow itself does not write any more. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

export function experimentMeta(id: string, name: string, time = 1000): string {
  return `artifact_location: file:///elsewhere/mlruns/${id}\ncreation_time: ${time}\nexperiment_id: '${id}'\nlast_update_time: ${time}\nlifecycle_stage: active\nname: ${name}\n`;
}

export function runMeta(id: string, experiment: string): string {
  return `artifact_uri: file:///elsewhere/mlruns/${experiment}/${id}/artifacts\nend_time: null\nexperiment_id: '${experiment}'\nlifecycle_stage: active\nrun_id: ${id}\nrun_name: n\nstart_time: 1000\nstatus: 3\nuser_id: u\n`;
}

export function runId(number: number): string {
  return String(number).padStart(32, '0');
}

/** An experiment with runs of 5 params, 5 metrics of 20 points and an artifact. */
export function writeRuns(mlruns: string, id: string, name: string, count: number): void {
  write(mlruns, { [`${id}/meta.yaml`]: experimentMeta(id, name) });
  const lines = Array.from({ length: 20 }, (_, step) => `${step} ${step / 3} ${step}\n`).join('');
  for (let i = 0; i < count; i++) {
    const run = `${id}/${runId(i)}`;
    write(mlruns, { [`${run}/meta.yaml`]: runMeta(runId(i), id), [`${run}/artifacts/a.txt`]: `of ${i}` });
    for (let k = 0; k < 5; k++) write(mlruns, { [`${run}/params/p${k}`]: `${i}`, [`${run}/metrics/m${k}`]: lines });
  }
}
