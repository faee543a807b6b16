/**
 * Runs of loggers that need no server: folders with `params.yml` and `metrics.csv` (Name,Value,Timestamp,Step), as
 * DagsHub reads them. Each folder is a run; its id is a hash of its path and of its files, so the same files are always
 * the same run.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { toPoint, type KeyedPoint } from '../tracking/metric-store.ts';
import { csvRows } from './csv.ts';
import { none } from './local-artifacts.ts';
import { floatOf, integerOf } from './mlflow-values.ts';
import type { ExperimentRecord, KeyValue, RunRecord } from './records.ts';
import { reasonOf, type Report } from './report.ts';
import type { Artifacts, Source } from './source.ts';
import { readYaml, textOf, type YamlMap } from './yaml.ts';

const paramsFile = 'params.yml';
const metricsFile = 'metrics.csv';
const header = ['Name', 'Value', 'Timestamp', 'Step'];
const deepest = 20;

export class FilesSource implements Source {
  readonly title: string;
  readonly idsAreHashes = true;
  readonly #root: string;
  readonly #report: Report;
  readonly #experiment: string;
  #folders: string[] | undefined;

  /** @param experiment the name of the experiment that gets the runs */
  constructor(root: string, report: Report, experiment: string | undefined) {
    this.#root = resolve(root);
    this.title = `the files ${paramsFile} and ${metricsFile} below ${this.#root}`;
    this.#report = report;
    this.#experiment = experiment ?? basename(this.#root);
  }

  static isOne(root: string): boolean {
    return foldersBelow(root).some(() => true);
  }

  async countRuns(): Promise<number> {
    return this.#runFolders().length;
  }

  async *experiments(): AsyncGenerator<ExperimentRecord> {
    yield {
      // It has none: its name stands for it.
      experiment_id: '',
      name: this.#experiment,
      artifact_location: `file://${this.#root}`,
      lifecycle_stage: 'active',
      creation_time: Date.now(),
      last_update_time: Date.now(),
      tags: [],
    };
  }

  async *runs(): AsyncGenerator<RunRecord> {
    for (const folder of this.#runFolders()) {
      try {
        yield this.#run(folder);
      } catch (error) {
        this.#report.add('run', relative(this.#root, folder) || '.', 'failed', reasonOf(error));
      }
    }
  }

  async *loggedModels() {
    // There are none.
  }

  async *registeredModels() {
    // There are none.
  }

  async artifacts(): Promise<Artifacts> {
    return none();
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #runFolders(): string[] {
    return (this.#folders ??= [...foldersBelow(this.#root)]);
  }

  #run(folder: string): RunRecord {
    const path = relative(this.#root, folder);
    const files = [paramsFile, metricsFile].map((name) => join(folder, name));
    const [params = '', metrics = ''] = files.map((file) => (existsSync(file) ? readFileSync(file, 'utf8') : ''));
    const points = this.#points(path, metrics);
    // Without metrics: when the file was written last.
    const times = points.map(({ timestamp }) => Number(timestamp));
    const written = files.filter((file) => existsSync(file)).map((file) => Math.floor(statSync(file).mtimeMs));
    const [start, end] = times.length > 0 ? [least(times), -least(times.map((time) => -time))] : [least(written), -least(written.map((time) => -time))]; // prettier-ignore
    const name = path === '' ? basename(this.#root) : path;
    return {
      run_id: hashOf([path, params, metrics]),
      experiment_id: '',
      run_name: name,
      user_id: '',
      status: 'FINISHED',
      start_time: start,
      end_time: end,
      deleted_time: null,
      lifecycle_stage: 'active',
      artifact_uri: `file://${folder}`,
      params: flat(readYaml(params)),
      tags: [
        { key: 'mlflow.runName', value: name },
        { key: 'modelyard.import.path', value: path === '' ? '.' : path },
      ],
      dataset_inputs: [],
      model_inputs: [],
      model_outputs: [],
      points,
    };
  }

  #points(path: string, text: string): KeyedPoint[] {
    const rows = csvRows(text);
    const first = rows.next();
    if (first.done) return [];
    if (!Bun.deepEquals(first.value, header)) {
      throw new Error(`${metricsFile} does not begin with ${header.join(',')}`);
    }
    const points: KeyedPoint[] = [];
    let line = 1;
    for (const [key = '', value = '', timestamp = '', step = '0', ...more] of rows) {
      line++;
      try {
        if (key === '' || more.length > 0) throw new Error(`not a line of ${header.join(',')}`);
        points.push(toPoint({ key, value: floatOf(value), timestamp: integerOf(timestamp), step: integerOf(step) }));
      } catch (error) {
        this.#report.add('metric_line', `${path}/${metricsFile}:${line}`, 'failed', reasonOf(error));
      }
    }
    return points;
  }
}

function* foldersBelow(folder: string, depth = 0): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true });
  if (entries.some((entry) => entry.isFile() && [paramsFile, metricsFile].includes(entry.name))) yield folder;
  if (depth === deepest) return;
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    yield* foldersBelow(join(folder, entry.name), depth + 1);
  }
}

/** Maps in maps as `a.b`. */
function flat(map: YamlMap, prefix = ''): KeyValue[] {
  return [...map].flatMap(([key, value]) =>
    value instanceof Map
      ? flat(value, `${prefix}${key}.`)
      : [{ key: prefix + key, value: value.plain ? (textOf(map, key) ?? 'None') : value.text }],
  );
}

function hashOf(parts: readonly string[]): string {
  return new Bun.CryptoHasher('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => Math.min(a, b), Infinity);
}
