/** A running MLflow server, or another Modelyard, by its API: what it does not tell cannot be brought. */
import { artifactStoreFor, type ArtifactStore } from '../sdk/artifact-store.ts';
import { Client } from '../sdk/client.ts';
import { MlflowError } from '../sdk/errors.ts';
import { parseArtifactUri } from '../protocol/artifact-uri.ts';
import { toPoint, type KeyedPoint } from '../tracking/metric-store.ts';
import { ahead } from './ahead.ts';
import { localArtifacts, localFolder } from './local-artifacts.ts';
import { modelStatusOf } from './mlflow-values.ts';
import type { ExperimentRecord, LoggedModelRecord, RunRecord } from './records.ts';
import { pairs, registeredModelsOf } from './server-registry.ts';
import { reasonOf, type Report } from './report.ts';
import type { ArtifactFile, ArtifactOwner, Artifacts, Source } from './source.ts';

/** Requests under way at once. */
const atOnce = 8;

export class ServerSource implements Source {
  readonly title: string;
  readonly #client: Client;
  readonly #report: Report;
  readonly #experiments: string[] = [];

  /** @param experiments only these; then no registered models, which belong to none */
  constructor(
    trackingUri: string,
    report: Report,
    private readonly only?: readonly string[],
  ) {
    this.#client = new Client({ trackingUri });
    this.title = `the server ${this.#client.settings.baseUrl}`;
    this.#report = report;
  }

  async countRuns(): Promise<undefined> {
    // It does not say.
  }

  async *experiments(): AsyncGenerator<ExperimentRecord> {
    for await (const experiment of this.#client.each('searchExperiments', { view_type: 'ALL', max_results: 1000 })) {
      const { experiment_id = '', name = '', artifact_location = '', lifecycle_stage, tags } = experiment;
      if (this.only && !this.only.includes(experiment_id)) continue;
      this.#experiments.push(experiment_id);
      yield {
        experiment_id,
        name,
        artifact_location,
        lifecycle_stage: lifecycle_stage === 'deleted' ? 'deleted' : 'active',
        creation_time: Number(experiment.creation_time ?? 0),
        last_update_time: Number(experiment.last_update_time ?? 0),
        tags: pairs(tags),
      };
    }
    this.#report.addUnknown(this.only, this.#experiments);
  }

  async *runs(): AsyncGenerator<RunRecord> {
    for (const id of this.#experiments) {
      const request = {
        experiment_ids: [id],
        run_view_type: 'ALL' as const,
        max_results: 1000,
        // Runs that are added meanwhile come last, so that pages do not shift.
        order_by: ['attributes.start_time ASC'],
      };
      yield* ahead(this.#client.each('searchRuns', request), atOnce, ({ info }) => this.#run(info?.run_id ?? ''));
    }
  }

  async #run(found: string): Promise<RunRecord> {
    // Asked for again by itself: MLflow's search leaves out which models went in.
    const { run } = await this.#client.getRun({ run_id: found });
    const { info, data, inputs, outputs } = run ?? {};
    const run_id = info?.run_id ?? found;
    const points: KeyedPoint[] = [];
    for await (const series of ahead(data?.metrics ?? [], atOnce, ({ key = '' }) => this.#history(run_id, key))) {
      for (const point of series) points.push(point);
    }
    return {
      run_id,
      experiment_id: info?.experiment_id ?? '',
      run_name: info?.run_name ?? '',
      user_id: info?.user_id ?? '',
      status: info?.status ?? 'RUNNING',
      start_time: info?.start_time ?? 0,
      end_time: info?.end_time || null,
      deleted_time: info?.lifecycle_stage === 'deleted' ? undefined : null,
      lifecycle_stage: info?.lifecycle_stage === 'deleted' ? 'deleted' : 'active',
      artifact_uri: info?.artifact_uri ?? '',
      params: pairs(data?.params),
      tags: pairs(data?.tags),
      dataset_inputs: (inputs?.dataset_inputs ?? []).map(({ dataset, tags }) => ({
        name: dataset?.name ?? '',
        digest: dataset?.digest ?? '',
        source_type: dataset?.source_type ?? '',
        source: dataset?.source ?? '',
        schema: dataset?.schema ?? null,
        profile: dataset?.profile ?? null,
        tags: pairs(tags),
      })),
      model_inputs: (inputs?.model_inputs ?? []).map(({ model_id = '' }) => model_id),
      model_outputs: (outputs?.model_outputs ?? []).map(({ model_id = '', step = 0 }) => ({ model_id, step })),
      points,
    };
  }

  async #history(run_id: string, metric_key: string): Promise<KeyedPoint[]> {
    const points: KeyedPoint[] = [];
    const request = { run_id, metric_key, max_results: 25_000 };
    for await (const { value = 0, timestamp = 0, step = 0 } of this.#client.each('getMetricHistory', request)) {
      points.push(toPoint({ key: metric_key, value, timestamp, step }));
    }
    return points;
  }

  async *loggedModels(): AsyncGenerator<LoggedModelRecord> {
    try {
      for (const id of this.#experiments) yield* this.#loggedModelsOf(id);
    } catch (error) {
      // Servers before MLflow 3 have none.
      if (!(error instanceof MlflowError) || error.status !== 404) throw error;
      this.#report.note('logged_model', '', `the server has no logged models: ${reasonOf(error)}`);
    }
  }

  async *#loggedModelsOf(experiment: string): AsyncGenerator<LoggedModelRecord> {
    for await (const { info, data } of this.#client.each('searchLoggedModels', { experiment_ids: [experiment] })) {
      const model_id = info?.model_id ?? '';
      yield {
        model_id,
        experiment_id: experiment,
        name: info?.name ?? '',
        model_type: info?.model_type || null,
        source_run_id: info?.source_run_id || null,
        artifact_uri: info?.artifact_uri ?? '',
        status: modelStatusOf(info?.status),
        status_message: info?.status_message || null,
        // Deleted ones are not told by any method.
        lifecycle_stage: 'active',
        creation_time: Number(info?.creation_timestamp_ms ?? 0),
        last_update_time: Number(info?.last_updated_timestamp_ms ?? 0),
        params: pairs(data?.params),
        tags: pairs(info?.tags),
        metrics: (data?.metrics ?? []).map((metric) => ({
          key: metric.key ?? '',
          timestamp: metric.timestamp ?? 0,
          step: metric.step ?? 0,
          run_id: metric.run_id ?? '',
          value: metric.value ?? 0,
          dataset_name: metric.dataset_name || null,
          dataset_digest: metric.dataset_digest || null,
        })),
      };
    }
  }

  async *registeredModels() {
    if (!this.only) yield* registeredModelsOf(this.#client);
  }

  async artifacts(owner: ArtifactOwner): Promise<Artifacts> {
    const { scheme } = parseArtifactUri(owner.uri);
    if (scheme === 'mlflow-artifacts') return filesOf(artifactStoreFor(this.#client.settings, owner.uri));
    const folder = localFolder(owner.uri, '/');
    if (folder !== undefined) return localArtifacts(owner, [folder], this.#report);
    return { unreachable: `${owner.uri} is not behind the server` };
  }

  async close(): Promise<void> {
    // Connections close themselves.
  }
}

async function* filesOf(store: ArtifactStore, folder = ''): AsyncGenerator<ArtifactFile> {
  for (const { path, isDir, fileSize } of await store.list(folder)) {
    if (isDir) yield* filesOf(store, path);
    else yield { path, size: fileSize, open: async () => (await store.download(path)).body ?? new Blob([]).stream() };
  }
}
