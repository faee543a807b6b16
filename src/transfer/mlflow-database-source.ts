/** MLflow's own SQLite database, of 2.x as of 3.x. */
import { dirname, join, resolve } from 'node:path';
import { fromInt64Column } from '../database/database.ts';
import type { Int64 } from '../protocol/schema.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { pointValue, toPoint, type KeyedPoint } from '../tracking/metric-store.ts';
import { localArtifacts, localFolder } from './local-artifacts.ts';
import { MlflowDatabase, text, type Row } from './mlflow-database.ts';
import { modelStatusOf, runStatusOf } from './mlflow-values.ts';
import { registeredModels } from './mlflow-database-registry.ts';
import type { DatasetInput, ExperimentRecord, KeyValue, LoggedModelRecord, RunRecord } from './records.ts';
import type { Report } from './report.ts';
import type { ArtifactOwner, Artifacts, Source } from './source.ts';

/** What is brought, or is made anew of what is. */
const known = new Set([
  'alembic_version', 'workspaces', 'experiments', 'experiment_tags', 'runs', 'params', 'tags', 'metrics', 'latest_metrics',
  'datasets', 'inputs', 'input_tags', 'logged_models', 'logged_model_params', 'logged_model_tags', 'logged_model_metrics',
  'registered_models', 'registered_model_tags', 'registered_model_aliases', 'model_versions', 'model_version_tags',
  'sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4', 'scheduler_leases', 'job_locks',
]); // prettier-ignore

const runColumns = [
  'run_uuid', 'name', 'user_id', 'status', '#start_time', '#end_time', '#deleted_time', 'lifecycle_stage',
  'artifact_uri', 'experiment_id',
]; // prettier-ignore

export class MlflowDatabaseSource implements Source {
  readonly title: string;
  readonly #database: MlflowDatabase;
  readonly #path: string;
  readonly #artifacts: string | undefined;
  readonly #report: Report;
  readonly #active: string;

  /** @param artifacts the folder behind the server's `mlflow-artifacts:` URIs */
  constructor(path: string, report: Report, artifacts: string | undefined) {
    this.#path = resolve(path);
    this.title = `MLflow's database ${this.#path}`;
    this.#database = new MlflowDatabase(this.#path);
    this.#report = report;
    this.#artifacts = artifacts;
    this.#active = this.#database.columnsOf('experiments').has('workspace') ? "WHERE workspace = 'default'" : '';
    this.#tellOthers();
  }

  async countRuns(): Promise<number> {
    return this.#database.count('runs');
  }

  async *experiments(): AsyncGenerator<ExperimentRecord> {
    const columns = ['#experiment_id', 'name', 'artifact_location', 'lifecycle_stage', 'creation_time', 'last_update_time']; // prettier-ignore
    for (const row of this.#database.rows('experiments', columns, `${this.#active} ORDER BY experiment_id`)) {
      yield {
        experiment_id: String(row['experiment_id']),
        name: text(row, 'name') ?? '',
        artifact_location: text(row, 'artifact_location') ?? '',
        lifecycle_stage: text(row, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
        creation_time: Number(row['creation_time'] ?? 0),
        last_update_time: Number(row['last_update_time'] ?? row['creation_time'] ?? 0),
        tags: this.#pairs('experiment_tags', 'experiment_id', row['experiment_id'] ?? ''),
      };
    }
  }

  async *runs(): AsyncGenerator<RunRecord> {
    const own = this.#active && `WHERE experiment_id IN (SELECT experiment_id FROM experiments ${this.#active})`;
    for (const row of this.#database.each('runs', runColumns, `${own} ORDER BY rowid`)) yield this.#run(row);
  }

  async *loggedModels(): AsyncGenerator<LoggedModelRecord> {
    const columns = [
      'model_id', '#experiment_id', 'name', 'artifact_location', 'creation_timestamp_ms', 'last_updated_timestamp_ms', 'status',
      'lifecycle_stage', 'model_type', 'source_run_id', 'status_message',
    ]; // prettier-ignore
    const own = this.#active && `WHERE experiment_id IN (SELECT experiment_id FROM experiments ${this.#active})`;
    for (const row of this.#database.each('logged_models', columns, `${own} ORDER BY rowid`)) {
      const id = text(row, 'model_id') ?? '';
      yield {
        model_id: id,
        experiment_id: String(row['experiment_id']),
        name: text(row, 'name') ?? '',
        model_type: text(row, 'model_type'),
        source_run_id: text(row, 'source_run_id'),
        artifact_uri: text(row, 'artifact_location') ?? '',
        status: modelStatusOf(row['status'] ?? undefined),
        status_message: text(row, 'status_message'),
        lifecycle_stage: text(row, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
        creation_time: Number(row['creation_timestamp_ms']),
        last_update_time: Number(row['last_updated_timestamp_ms']),
        params: this.#pairs('logged_model_params', 'model_id', id, 'param_key', 'param_value'),
        tags: this.#pairs('logged_model_tags', 'model_id', id, 'tag_key', 'tag_value'),
        metrics: this.#modelMetrics(id),
      };
    }
  }

  async *registeredModels() {
    yield* registeredModels(this.#database);
  }

  async artifacts(owner: ArtifactOwner): Promise<Artifacts> {
    const { scheme, path } = parseArtifactUri(owner.uri);
    // MLflow's server keeps them in mlartifacts beside its database unless it is told otherwise.
    const proxied = this.#artifacts ?? join(dirname(this.#path), 'mlartifacts');
    const folder = scheme === 'mlflow-artifacts' ? join(proxied, path) : localFolder(owner.uri, dirname(this.#path));
    if (folder === undefined) return { unreachable: `${owner.uri} is not on this machine` };
    const artifacts = localArtifacts(owner, [folder], this.#report);
    const isGuess = scheme === 'mlflow-artifacts' && this.#artifacts === undefined;
    return 'unreachable' in artifacts && isGuess
      ? { unreachable: `${owner.uri} is not in ${proxied}; --source-artifacts names another folder` }
      : artifacts;
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  /** Rows of tables that we have nothing for. */
  #tellOthers(): void {
    for (const table of this.#database.tables()) {
      const rows = known.has(table) ? 0 : this.#database.count(table);
      if (rows === 0) continue;
      this.#report.count(table, 'failed', rows);
      this.#report.note(table, table, `${rows} rows of MLflow's table ${table}: nothing like it is kept yet`);
    }
    if (this.#active === '') return;
    for (const table of ['experiments', 'registered_models']) {
      const others = this.#database.count(table, "WHERE workspace <> 'default'");
      if (others > 0) this.#report.add(table, table, 'failed', `${others} in workspaces other than 'default'`);
    }
  }

  #run(row: Row): RunRecord {
    const id = text(row, 'run_uuid') ?? '';
    return {
      run_id: id,
      experiment_id: String(row['experiment_id']),
      run_name: text(row, 'name') ?? '',
      user_id: text(row, 'user_id') ?? '',
      status: runStatusOf(text(row, 'status') ?? undefined),
      start_time: int64(row, 'start_time') ?? 0,
      end_time: int64(row, 'end_time'),
      deleted_time: int64(row, 'deleted_time'),
      lifecycle_stage: text(row, 'lifecycle_stage') === 'deleted' ? 'deleted' : 'active',
      artifact_uri: text(row, 'artifact_uri') ?? '',
      params: this.#pairs('params', 'run_uuid', id),
      tags: this.#pairs('tags', 'run_uuid', id),
      ...this.#inputs(id),
      points: this.#points(id),
    };
  }

  #points(run: string): KeyedPoint[] {
    const columns = ['key', 'value', '#timestamp', '#step', 'is_nan'];
    return this.#database.rows('metrics', columns, 'WHERE run_uuid = ?', [run]).map((row) =>
      toPoint({
        key: row['key'] as string,
        // A file of 1.x or 2.x may have a NULL here.
        value: pointValue({ value: Number(row['value'] ?? 0), nan: Number(row['is_nan'] ?? 0) }),
        timestamp: int64(row, 'timestamp') ?? 0,
        step: int64(row, 'step') ?? 0,
      }),
    );
  }

  #inputs(run: string): Pick<RunRecord, 'dataset_inputs' | 'model_inputs' | 'model_outputs'> {
    const columns = ['input_uuid', 'source_type', 'source_id', 'destination_type', 'destination_id', '#step'];
    const rest = "WHERE (destination_type = 'RUN' AND destination_id = ?1) OR (source_id = ?1 AND source_type IN ('RUN_INPUT', 'RUN_OUTPUT'))"; // prettier-ignore
    const rows = this.#database.rows('inputs', columns, rest, [run]);
    const of = (type: string): Row[] => rows.filter((row) => row['source_type'] === type);
    return {
      dataset_inputs: of('DATASET').flatMap((row) => this.#dataset(row)),
      model_inputs: of('RUN_INPUT').map((row) => row['destination_id'] as string),
      model_outputs: of('RUN_OUTPUT').map((row) => ({
        model_id: row['destination_id'] as string,
        step: int64(row, 'step') ?? 0,
      })),
    };
  }

  #dataset(input: Row): DatasetInput[] {
    const columns = ['name', 'digest', 'dataset_source_type', 'dataset_source', 'dataset_schema', 'dataset_profile'];
    const rows = this.#database.rows('datasets', columns, 'WHERE dataset_uuid = ?', [input['source_id'] ?? '']);
    return rows.map((row) => ({
      name: text(row, 'name') ?? '',
      digest: text(row, 'digest') ?? '',
      source_type: text(row, 'dataset_source_type') ?? '',
      source: text(row, 'dataset_source') ?? '',
      schema: text(row, 'dataset_schema'),
      profile: text(row, 'dataset_profile'),
      tags: this.#pairs('input_tags', 'input_uuid', input['input_uuid'] ?? '', 'name'),
    }));
  }

  #modelMetrics(model: string): LoggedModelRecord['metrics'] {
    const columns = ['metric_name', '#metric_timestamp_ms', '#metric_step', 'metric_value', 'run_id', 'dataset_name', 'dataset_digest']; // prettier-ignore
    return this.#database.rows('logged_model_metrics', columns, 'WHERE model_id = ?', [model]).map((row) => ({
      key: row['metric_name'] as string,
      timestamp: int64(row, 'metric_timestamp_ms') ?? 0,
      step: int64(row, 'metric_step') ?? 0,
      run_id: text(row, 'run_id') ?? '',
      // SQLite has no NaN: MLflow writes one and finds NULL.
      value: row['metric_value'] === null ? NaN : Number(row['metric_value']),
      dataset_name: text(row, 'dataset_name'),
      dataset_digest: text(row, 'dataset_digest'),
    }));
  }

  #pairs(table: string, column: string, id: string | number, key = 'key', value = 'value'): KeyValue[] {
    return this.#database
      .rows(table, [key, value], `WHERE ${column} = ?`, [id])
      .map((row) => ({ key: row[key] as string, value: text(row, value) ?? '' }));
  }
}

function int64(row: Row, column: string): Int64 | null {
  const value = row[column];
  return value === null || value === undefined ? null : fromInt64Column(value);
}
