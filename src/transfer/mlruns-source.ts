/** MLflow's file store: `mlruns/` with an experiment a folder, a run a folder in it, a param, tag or metric a file. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pointValue, toPoint, type KeyedPoint } from '../tracking/metric-store.ts';
import { localArtifacts, localFolder } from './local-artifacts.ts';
import { floatOf, integerOf, modelStatusOf, runStatusOf } from './mlflow-values.ts';
import { foldersIn, integerIn, metaFile, readMeta, required, valuesIn, withOldTags } from './mlruns-files.ts';
import { registeredModelIn } from './mlruns-registry.ts';
import type { DatasetInput, ExperimentRecord, KeyValue, LoggedModelRecord, ModelMetric, RunRecord } from './records.ts';
import { reasonOf, type Report } from './report.ts';
import type { ArtifactOwner, Artifacts, Source } from './source.ts';
import { textOf, textsOf, type YamlMap } from './yaml.ts';

const trash = '.trash';
const reserved = new Set(['tags', 'datasets', 'traces', 'models', trash]);

export class MlrunsSource implements Source {
  readonly title: string;
  readonly #root: string;
  readonly #report: Report;

  constructor(root: string, report: Report) {
    this.#root = resolve(root);
    this.title = `MLflow's files in ${this.#root}`;
    this.#report = report;
  }

  /** Whether a folder looks like such a store. */
  static isOne(root: string): boolean {
    if (existsSync(join(root, trash))) return true;
    const has = (folder: string, name: string): boolean => existsSync(join(folder, name, metaFile));
    const models = join(root, 'models');
    return foldersIn(root).some((name) => has(root, name)) || foldersIn(models).some((name) => has(models, name));
  }

  async countRuns(): Promise<number> {
    return this.#folders().reduce((sum, { path }) => sum + (readable(() => runFolders(path))?.length ?? 0), 0);
  }

  async *experiments(): AsyncGenerator<ExperimentRecord> {
    for (const { path, id, isDeleted } of this.#folders()) {
      const record = this.#guarded('experiment', id, () => experimentIn(path, id, isDeleted));
      if (record) yield record;
      const traces = readable(() => foldersIn(join(path, 'traces')))?.length ?? 0;
      if (traces > 0) this.#report.count('trace', 'failed', traces);
      if (traces > 0) this.#report.note('trace', id, `${traces} traces of experiment ${id}: traces are not kept yet`);
    }
  }

  async *runs(): AsyncGenerator<RunRecord> {
    for (const { path, id } of this.#folders()) {
      for (const name of this.#guarded('runs', `of ${id}`, () => runFolders(path)) ?? []) {
        const record = this.#guarded('run', name, () => this.#run(path, name, id));
        if (record) yield record;
      }
    }
  }

  async *loggedModels(): AsyncGenerator<LoggedModelRecord> {
    for (const { path, id } of this.#folders()) {
      for (const name of this.#guarded('logged_models', `of ${id}`, () => foldersIn(join(path, 'models'))) ?? []) {
        const record = this.#guarded('logged_model', name, () => this.#loggedModel(join(path, 'models', name), id));
        if (record) yield record;
      }
    }
  }

  async *registeredModels() {
    const models = join(this.#root, 'models');
    for (const name of this.#guarded('registered_models', '', () => foldersIn(models)) ?? []) {
      const record = this.#guarded('registered_model', name, () => registeredModelIn(join(models, name), this.#report));
      if (record) yield record;
    }
  }

  async artifacts(owner: ArtifactOwner): Promise<Artifacts> {
    const below = owner.kind === 'run' ? [owner.id] : ['models', owner.id];
    const own = [this.#root, join(this.#root, trash)].map((root) =>
      join(root, owner.experimentId, ...below, 'artifacts'),
    );
    const named = localFolder(owner.uri, dirname(this.#root));
    if (named === undefined && !own.some((path) => existsSync(path))) {
      return { unreachable: `${owner.uri} is not on this machine` };
    }
    return localArtifacts(owner, named === undefined ? own : [named, ...own], this.#report);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  /** Experiments, with those in the trash. */
  #folders(): { path: string; id: string; isDeleted: boolean }[] {
    return [this.#root, join(this.#root, trash)].flatMap((root, i) =>
      foldersIn(root)
        .filter((name) => /^\d+$/.test(name) || (!reserved.has(name) && existsSync(join(root, name, metaFile))))
        .map((id) => ({ path: join(root, id), id, isDeleted: i === 1 })),
    );
  }

  #guarded<T>(kind: string, id: string, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#report.add(kind, id, 'failed', reasonOf(error));
      return undefined;
    }
  }

  #run(experiment: string, name: string, experimentId: string): RunRecord {
    const folder = join(experiment, name);
    const meta = readMeta(folder);
    const run_id = textOf(meta, 'run_id') ?? textOf(meta, 'run_uuid') ?? name;
    const tags = withOldTags(valuesIn(join(folder, 'tags')), meta);
    const inputs = foldersIn(join(folder, 'inputs')).map((input) => readMeta(join(folder, 'inputs', input)));
    const ofType = (type: string): YamlMap[] => inputs.filter((input) => textOf(input, 'source_type') === type);
    const outputs = foldersIn(join(folder, 'outputs')).map((output) => readMeta(join(folder, 'outputs', output)));
    return {
      run_id,
      experiment_id: experimentId,
      run_name: textOf(meta, 'run_name') ?? textOf(meta, 'name') ?? valueOf(tags, 'mlflow.runName') ?? '',
      user_id: textOf(meta, 'user_id') ?? '',
      status: runStatusOf(textOf(meta, 'status')),
      start_time: integerIn(meta, 'start_time') ?? 0,
      end_time: integerIn(meta, 'end_time') ?? null,
      deleted_time: integerIn(meta, 'deleted_time') ?? null,
      lifecycle_stage: textOf(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
      artifact_uri: textOf(meta, 'artifact_uri') ?? `file://${folder}/artifacts`,
      params: valuesIn(join(folder, 'params')),
      tags,
      dataset_inputs: ofType('DATASET').map((input) => datasetInput(experiment, input)),
      model_inputs: ofType('MODEL').map((input) => textOf(input, 'source_id') ?? ''),
      model_outputs: outputs.map((output) => ({
        model_id: textOf(output, 'destination_id') ?? '',
        step: integerIn(output, 'step') ?? 0,
      })),
      points: this.#points(run_id, join(folder, 'metrics')),
    };
  }

  #points(run: string, folder: string): KeyedPoint[] {
    const points: KeyedPoint[] = [];
    for (const { key, value: text } of valuesIn(folder)) {
      for (const [i, line] of linesOf(text).entries()) {
        const [timestamp = '', value = '', step = '0'] = line.split(' ');
        const point = this.#guarded('metric_line', `${run}/${key}:${i + 1}`, () =>
          toPoint({ key, timestamp: integerOf(timestamp), value: floatOf(value), step: integerOf(step) }),
        );
        if (point) points.push(point);
      }
    }
    return points;
  }

  #loggedModel(folder: string, experimentId: string): LoggedModelRecord {
    const meta = readMeta(folder);
    const model_id = required(meta, 'model_id');
    const metrics = valuesIn(join(folder, 'metrics')).flatMap(({ key, value }) =>
      linesOf(value).map((line, i) =>
        this.#guarded('metric_line', `${model_id}/${key}:${i + 1}`, () => modelMetric(key, line)),
      ),
    );
    const created = integerIn(meta, 'creation_timestamp') ?? 0;
    return {
      model_id,
      experiment_id: experimentId,
      name: textOf(meta, 'name') ?? '',
      model_type: textOf(meta, 'model_type') ?? null,
      source_run_id: textOf(meta, 'source_run_id') ?? null,
      artifact_uri: textOf(meta, 'artifact_location') ?? `file://${folder}/artifacts`,
      status: modelStatusOf(textOf(meta, 'status')),
      status_message: textOf(meta, 'status_message') ?? null,
      lifecycle_stage: textOf(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
      creation_time: Number(created),
      last_update_time: Number(integerIn(meta, 'last_updated_timestamp') ?? created),
      params: valuesIn(join(folder, 'params')),
      tags: valuesIn(join(folder, 'tags')),
      metrics: metrics.filter((metric) => metric !== undefined),
    };
  }
}

function experimentIn(folder: string, id: string, isDeleted: boolean): ExperimentRecord {
  const meta = readMeta(folder);
  const created = integerIn(meta, 'creation_time') ?? 0;
  return {
    experiment_id: id,
    name: textOf(meta, 'name') ?? id,
    artifact_location: textOf(meta, 'artifact_location') ?? `file://${folder}`,
    lifecycle_stage: isDeleted || textOf(meta, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
    creation_time: Number(created),
    last_update_time: Number(integerIn(meta, 'last_update_time') ?? created),
    tags: valuesIn(join(folder, 'tags')),
  };
}

function datasetInput(experiment: string, input: YamlMap): DatasetInput {
  const meta = readMeta(join(experiment, 'datasets', required(input, 'source_id')));
  return {
    name: required(meta, 'name'),
    digest: textOf(meta, 'digest') ?? '',
    source_type: textOf(meta, 'source_type') ?? '',
    source: textOf(meta, 'source') ?? '',
    schema: textOf(meta, 'schema') ?? null,
    profile: textOf(meta, 'profile') ?? null,
    tags: textsOf(input, 'tags'),
  };
}

/** `timestamp value step run [dataset digest]`; only the dataset's name may have blanks. */
function modelMetric(key: string, line: string): ModelMetric {
  const [timestamp = '', value = '', step = '0', run_id = '', ...dataset] = line.split(' ');
  return {
    key,
    timestamp: integerOf(timestamp),
    step: integerOf(step),
    run_id,
    value: storedValue(floatOf(value)),
    dataset_name: dataset.length > 1 ? dataset.slice(0, -1).join(' ') : null,
    dataset_digest: dataset.at(-1) ?? null,
  };
}

/** Infinities are the greatest numbers. */
function storedValue(value: number): number {
  return pointValue(toPoint({ key: '', value, timestamp: 0, step: 0 }));
}

/** What cannot be read is told where it is read, not where it is counted. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function runFolders(experiment: string): string[] {
  return foldersIn(experiment).filter((name) => !reserved.has(name));
}

function valueOf(values: readonly KeyValue[], key: string): string | undefined {
  return values.find((item) => item.key === key)?.value;
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
