/** Records a build as a run of a server, with a child run for each task. */
import { join } from 'node:path';
import { limits } from '../protocol/limits.ts';
import { pipelineGraphPath, pipelineRecordPath, pipelineTags } from '../protocol/pipeline-record.ts';
import { createRun, logBatch, setTag, updateRun } from '../protocol/runs.ts';
import type { RouteContract } from '../protocol/route.ts';
import type { Fields, Sent } from '../protocol/schema.ts';
import { artifactStoreFor, type ArtifactStore } from '../sdk/artifact-store.ts';
import { call } from '../sdk/call.ts';
import { gitTags } from '../sdk/node/git-tags.ts';
import { userName } from '../sdk/node/user-name.ts';
import { environment, getTrackingUri, type Settings } from '../sdk/settings.ts';
import type { BuildRecord } from './build-record.ts';
import { OpenRuns } from './open-runs.ts';
import type { Pipeline, Product, Task } from './pipeline.ts';
import { graphSvg } from './plot/graph-svg.ts';
import type { EndStatus, Recorder, TaskPlace } from './recorder.ts';
import { runParams } from './run-params.ts';
import { sendFailedNotebook, sendLog, sendProduct } from './send-product.ts';
import { tail } from './text-tail.ts';

const between = 1000;

interface OpenRun {
  readonly runId: string;
  readonly store: ArtifactStore;
}

export class RunRecorder implements Recorder {
  readonly #settings: Settings;
  readonly #experimentId: string;
  readonly #note: (line: string) => void;
  readonly #tasks = new Map<string, OpenRun>();
  readonly #sending = new Set<Promise<void>>();
  #open: OpenRuns | undefined;
  #pipeline: Pipeline | undefined;
  #record: BuildRecord | undefined;
  #tags: Record<string, string> = {};
  #build: OpenRun | undefined;
  /** The server was lost: the build goes on without it. */
  #lost = false;
  #timer: Timer | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** @param note tells the user a line */
  constructor(settings: Settings, experimentId: string, note: (line: string) => void) {
    this.#settings = settings;
    this.#experimentId = experimentId;
    this.#note = note;
  }

  get run(): { runId: string; address: string } | undefined {
    if (!this.#build) return undefined;
    const { runId } = this.#build;
    return { runId, address: `${this.#settings.baseUrl}/#/experiments/${this.#experimentId}/runs/${runId}` };
  }

  /** @throws what the SDK does: nothing has begun yet */
  async begin(pipeline: Pipeline, record: BuildRecord): Promise<void> {
    this.#pipeline = pipeline;
    this.#open = new OpenRuns(pipeline.folder, this.#settings);
    await this.#open.endLost(this.#settings);
    this.#record = record;
    this.#tags = {
      'mlflow.user': userName(),
      'mlflow.source.name': join(pipeline.folder, pipeline.file),
      'mlflow.source.type': 'PROJECT',
      ...(await gitTags(pipeline.folder)),
      [pipelineTags.name]: pipeline.name,
    };
    // A build that is a step of a project's run stands below it.
    const parent = environment('MLFLOW_RUN_ID');
    this.#build = await this.#createRun(pipeline.name, {
      [pipelineTags.role]: 'build',
      ...(parent !== undefined && { 'mlflow.parentRunId': parent }),
    });
    await this.#safely(() => this.#writeRecord());
    await this.#safely(() => this.#writeGraph());
  }

  async beginTask(task: Task): Promise<TaskPlace> {
    const parent = this.#build?.runId ?? '';
    let runId: string | undefined;
    await this.#safely(async () => {
      const tags = { [pipelineTags.role]: 'task', [pipelineTags.task]: task.name, 'mlflow.parentRunId': parent };
      const run = await this.#createRun(task.name, tags);
      this.#tasks.set(task.name, run);
      ({ runId } = run);
      const params = runParams(task.params);
      for (let at = 0; at < params.length; at += limits.batchParams) {
        const some = params.slice(at, at + limits.batchParams);
        await this.#safely(() => this.#call(logBatch, { run_id: run.runId, params: some }));
      }
    });
    if (runId === undefined) return { runId, environment: {} };
    return {
      runId,
      environment: {
        MLFLOW_TRACKING_URI: getTrackingUri(),
        MLFLOW_RUN_ID: runId,
        MLFLOW_EXPERIMENT_ID: this.#experimentId,
      },
    };
  }

  endTask(task: Task, runId: string | undefined, status: EndStatus, log: string, error?: string): void {
    if (runId === undefined) return;
    const work: Promise<void> = this.#sendTask(task, status, log, error).finally(() => this.#sending.delete(work));
    this.#sending.add(work);
  }

  changed(): void {
    if (!this.#build || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#writing = this.#writing.then(() => this.#safely(() => this.#writeRecord()));
    }, between);
  }

  async end(status: EndStatus, error?: string): Promise<void> {
    const run = this.#build;
    if (!run) return;
    // Large products take a while after the last task has ended.
    const patience = setTimeout(() => this.#note('Sending what was made to the server'), 2000);
    await Promise.all(this.#sending);
    clearTimeout(patience);
    clearTimeout(this.#timer);
    await this.#writing;
    await this.#safely(() => this.#writeRecord());
    await this.#safely(() => this.#writeGraph());
    await this.#endRun(run, status, error);
  }

  async #createRun(name: string, tags: Readonly<Record<string, string>>): Promise<OpenRun> {
    const { run } = await call(this.#settings, createRun, {
      experiment_id: this.#experimentId,
      run_name: name,
      start_time: Date.now(),
      user_id: this.#tags['mlflow.user'],
      tags: Object.entries({ ...this.#tags, ...tags }).map(([key, value]) => ({ key, value })),
    });
    const runId = run?.info?.run_id ?? '';
    this.#open?.begun(runId);
    return {
      runId,
      store: artifactStoreFor(this.#settings, run?.info?.artifact_uri ?? ''),
    };
  }

  async #sendTask(task: Task, status: EndStatus, log: string, error: string | undefined): Promise<void> {
    const run = this.#tasks.get(task.name);
    if (!run) return;
    if (status === 'FINISHED') {
      for (const product of task.products) await this.#safely(() => this.#keepProduct(run, task, product));
    }
    if (status === 'FAILED')
      await this.#safely(() => sendFailedNotebook(run.store, this.#pipeline?.folder ?? '', task));
    await this.#safely(() => sendLog(run.store, log));
    await this.#endRun(run, status, error);
  }

  async #keepProduct(run: OpenRun, task: Task, product: Product): Promise<void> {
    const sent = await sendProduct(run.store, this.#pipeline?.folder ?? '', task, product);
    const products = this.#record?.task(task.name).products ?? [];
    const all = products.map((one) => (one.identifier === product.identifier ? sent : one));
    this.#record?.change(task.name, { products: all });
  }

  async #endRun({ runId, store }: OpenRun, status: EndStatus, error: string | undefined): Promise<void> {
    if (error !== undefined) {
      await this.#safely(() => store.upload('pipeline/error.txt', error));
      const value = tail(error, limits.runTagValue);
      await this.#safely(() => this.#call(setTag, { run_id: runId, key: pipelineTags.error, value }));
    }
    await this.#safely(async () => {
      await this.#call(updateRun, { run_id: runId, status, end_time: Date.now() });
      this.#open?.ended(runId);
    });
  }

  async #writeRecord(): Promise<void> {
    const record = this.#record?.value;
    if (record) await this.#build?.store.upload(pipelineRecordPath, JSON.stringify(record));
  }

  async #writeGraph(): Promise<void> {
    const record = this.#record?.value;
    if (record) await this.#build?.store.upload(pipelineGraphPath, graphSvg(record));
  }

  async #call<R extends Fields>(contract: RouteContract<R>, request: Sent<R>): Promise<void> {
    await call(this.#settings, contract, request);
  }

  /** What cannot be recorded takes nothing from the build: it is told, and the build goes on. */
  async #safely(work: () => Promise<void>): Promise<void> {
    if (this.#lost) return;
    try {
      await work();
    } catch (error) {
      const { name, message } = error as Error;
      if (this.#lost) return;
      this.#lost = name === 'ConnectionError' || name === 'TimeoutError';
      this.#note(this.#lost ? `The build goes on without being recorded: ${message}` : `Not recorded: ${message}`);
    }
  }
}
