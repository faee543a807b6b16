/**
 * Compares `modelyard automl` with other libraries on data that ships in packages: `bun bench/automl.ts [--help]`. The
 * environments of all are made by uv. Each set is given to all in turn, at the same budget; our best model is loaded by
 * mlflow in a clean Python; all are scored on the same rows, which none has seen. A failure is a row, not the end.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { Contest, peersOf, type DataSet, type Outcome } from './automl/contenders.ts';
import { pythonOf } from './automl/environments.ts';
import { readOptions } from './automl/options.ts';
import { runMeasured } from './automl/run-measured.ts';
import { means, summary, type Result, type Scored } from './automl/summary.ts';

const options = readOptions(process.argv.slice(2));
const root = join(import.meta.dir, '..');
const setsFolder = join(options.folder, 'sets');

async function dataSets(): Promise<DataSet[]> {
  mkdirSync(setsFolder, { recursive: true });
  const python = await pythonOf('data', options.folder);
  const pima = join(root, 'examples/pima/data/pima.csv');
  const script = join(import.meta.dir, 'automl/datasets.py');
  async function written(wanted: readonly string[]): Promise<DataSet[]> {
    const { ok, message } = await runMeasured([python, script, setsFolder, pima, ...wanted], {
      cwd: options.folder,
      limit: 600,
    });
    if (!ok) throw new Error(message);
    const names = wanted.length > 0 ? wanted : readdirSync(setsFolder).filter((name) => !name.includes('@'));
    return names
      .map((name) => JSON.parse(readFileSync(join(setsFolder, name, 'set.json'), 'utf8')) as DataSet)
      .filter(({ problem }) => options.problems.includes(problem));
  }
  const sets = await written(options.sets);
  const earlier = sets
    .filter(({ problem }) => problem === 'forecasting')
    .flatMap(({ name }) => Array.from({ length: options.cutoffs - 1 }, (_, cut) => `${name}@${cut + 1}`));
  return earlier.length > 0 ? [...sets, ...(await written(earlier))] : sets;
}

async function scored(set: DataSet, outcomes: readonly Outcome[]): Promise<Scored[]> {
  const folders = outcomes.flatMap(({ folder }) => folder ?? []);
  if (folders.length === 0) return [...outcomes];
  const python = await pythonOf('data', options.folder);
  const command = [python, join(import.meta.dir, 'automl/score.py'), join(setsFolder, set.name), ...folders];
  const { ok, stdout, message } = await runMeasured(command, { cwd: options.folder, limit: 300 });
  if (!ok) throw new Error(message);
  const scores = JSON.parse(stdout) as Record<string, Pick<Scored, 'score' | 'difference'>>;
  return outcomes.map((outcome) => {
    const { score, difference } = scores[outcome.folder ?? ''] ?? {};
    // Differences are to the first of the folders: ours, unless it failed.
    return { ...outcome, score, difference: outcomes[0]?.folder === undefined ? undefined : difference };
  });
}

const contest = new Contest(options);
const results: Result[] = [];
for (const set of await dataSets()) {
  const outcomes: Outcome[] = [];
  for (const name of ['modelyard', ...peersOf(set, options.peers)]) {
    process.stderr.write(`${set.name}: ${name}\n`);
    outcomes.push(name === 'modelyard' ? await contest.ours(set) : await contest.peer(name, set));
  }
  const result = { set, scored: await scored(set, outcomes) };
  results.push(result);
  process.stderr.write(`${summary([result])}\n\n`);
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify(results, undefined, 2));
}

const machine = `${options.threads} of ${navigator.hardwareConcurrency} cores (${cpus()[0]?.model ?? 'unknown'})`;
console.log(
  `\n${machine}, load ${loadavg()[0]?.toFixed(1)}, ${options.seconds} seconds${options.cpu ? ' of CPU' : ''} for each. Less is better;`,
);
console.log('+: ours is better beyond noise, -: worse. Seconds and seconds of CPU are those of our command.');
for (const forecasts of [false, true]) {
  const these = results.filter(({ set }) => (set.problem === 'forecasting') === forecasts);
  if (these.length > 0) console.log(`\n${summary(these)}`);
  if (forecasts && options.cutoffs > 1) console.log(`\nMeans of the cutoffs:\n\n${summary(means(these))}`);
}
