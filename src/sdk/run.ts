/** A run that is being recorded. The fluent functions do to the active run what the methods here do to any. */
import { limits } from '../protocol/limits.ts';
import { deleteTag, getRun, logBatch, logInputs, setTag, updateRun } from '../protocol/runs.ts';
import type { Int64 } from '../protocol/schema.ts';
import { artifactStoreFor, checkArtifactPath, joinPath, type ArtifactStore } from './artifact-store.ts';
import { workDone } from './background-work.ts';
import { call } from './call.ts';
import { datasetInputOf, type DatasetSource } from './dataset.ts';
import type { RunInfo, RunStatus } from './entities.ts';
import { ConnectionError, MlflowError, TimeoutError, isRefusal } from './errors.ts';
import { encodeImage, keyedImagePath, type ImageSource, type KeyedImage } from './image.ts';
import { journalOf, uploadFrom } from './host.ts';
import { MetricQueue } from './metric-queue.ts';
import { pointOf, textOf, type MetricOptions, type TextValue } from './run-values.ts';
import type { Settings } from './settings.ts';
import { tableOf, type Table, type TableSource } from './table.ts';
import type { Body } from './transport.ts';
import { toYaml } from './yaml.ts';

/** Says where the run's tables are. */
const tablesTag = 'mlflow.loggedArtifacts';

/** Queues with points that may still be on their way, for `flushAll`. */
const queues = new Set<MetricQueue>();

/** Resolves when every metric point that any run logged is on the server. */
export async function flushAll(): Promise<void> {
  await workDone();
  await Promise.all([...queues].map((queue) => queue.flush()));
}

export class ActiveRun {
  readonly settings: Settings;
  #info: RunInfo;
  #queue: MetricQueue | undefined;
  #store: ArtifactStore | undefined;
  #tables: Set<string> | undefined;

  constructor(settings: Settings, info: RunInfo) {
    this.settings = settings;
    this.#info = info;
  }

  get info(): RunInfo {
    return this.#info;
  }

  get runId(): string {
    return this.#info.runId;
  }

  /** Records a param. The same value again is allowed, another is refused. */
  async logParam(key: string, value: TextValue): Promise<void> {
    await this.logParams({ [key]: value });
  }

  async logParams(params: Readonly<Record<string, TextValue>>): Promise<void> {
    const all = Object.entries(params).map(([key, value]) => ({ key, value: textOf(value, key) }));
    for (const part of parts(all, limits.batchParams)) {
      await call(this.settings, logBatch, { run_id: this.runId, params: part });
    }
  }

  /**
   * Records a point of a metric; it is sent in the background, in order. Resolves when the point is taken, which is at
   * once unless very many are waiting. `flush` and the end of the run wait for the server.
   *
   * @param options the step, or more
   */
  logMetric(key: string, value: number, options?: Int64 | MetricOptions): Promise<void> {
    return this.logMetrics({ [key]: value }, options);
  }

  async logMetrics(metrics: Readonly<Record<string, number>>, options?: Int64 | MetricOptions): Promise<void> {
    await this.#metrics.add(Object.entries(metrics).map(([key, value]) => pointOf(key, value, options)));
  }

  async setTag(key: string, value: TextValue): Promise<void> {
    await call(this.settings, setTag, { run_id: this.runId, key, value: textOf(value, key) });
  }

  async setTags(tags: Readonly<Record<string, TextValue>>): Promise<void> {
    const all = Object.entries(tags).map(([key, value]) => ({ key, value: textOf(value, key) }));
    for (const part of parts(all, limits.batchTags)) {
      await call(this.settings, logBatch, { run_id: this.runId, tags: part });
    }
  }

  async deleteTag(key: string): Promise<void> {
    await call(this.settings, deleteTag, { run_id: this.runId, key });
  }

  /** Records a dataset that the run uses. @param context such as `training` */
  async logInput(dataset: DatasetSource, context?: string, tags: Readonly<Record<string, string>> = {}): Promise<void> {
    const input = await datasetInputOf(
      dataset,
      context === undefined ? tags : { ...tags, 'mlflow.data.context': context },
    );
    await call(this.settings, logInputs, { run_id: this.runId, datasets: [input] });
  }

  /** The run's files. */
  get artifacts(): ArtifactStore {
    this.#store ??= artifactStoreFor(this.settings, this.#info.artifactUri);
    return this.#store;
  }

  /** Keeps a file of this machine (in Node and Bun). @param folder of the run's artifacts, the root by default */
  async logArtifact(localPath: string, folder = ''): Promise<void> {
    await uploadFrom(localPath, (path, content) => this.#upload(joinPath(folder, path), content));
  }

  /** Keeps the content of a folder of this machine (in Node and Bun). */
  async logArtifacts(localFolder: string, folder = ''): Promise<void> {
    await uploadFrom(localFolder, (path, content) => this.#upload(joinPath(folder, path), content), true);
  }

  async logText(text: string, artifactFile: string): Promise<void> {
    await this.#upload(artifactFile, new TextEncoder().encode(text));
  }

  /** Keeps bytes, a Blob or a stream as a file. */
  async logBytes(content: Body, artifactFile: string): Promise<void> {
    await this.#upload(artifactFile, content);
  }

  /** Keeps a record or list: as YAML when the name ends in `.yml` or `.yaml`, else as JSON. */
  async logDict(value: unknown, artifactFile: string): Promise<void> {
    const yaml = /\.ya?ml$/i.test(artifactFile);
    await this.logText(yaml ? toYaml(value) : JSON.stringify(value, undefined, 2), artifactFile);
  }

  /** Keeps an SVG text or an encoded image, such as a chart library writes. */
  async logFigure(figure: string | Uint8Array<ArrayBuffer> | Blob, artifactFile: string): Promise<void> {
    await this.#upload(artifactFile, typeof figure === 'string' ? new TextEncoder().encode(figure) : figure);
  }

  /** Keeps an image: under a file name, or by key and step for the image grid. Pixels become a PNG. */
  async logImage(image: ImageSource, place: string | KeyedImage): Promise<void> {
    const content = await encodeImage(image);
    await this.#upload(typeof place === 'string' ? place : keyedImagePath(place), content);
    if (typeof place !== 'string') await this.setTag('mlflow.loggedImages', 'True');
  }

  /** Keeps rows as a table; those of a table that is there already stay before them. */
  async logTable(data: TableSource, artifactFile: string): Promise<void> {
    const before = await this.loadTable(artifactFile);
    await this.logText(JSON.stringify(tableOf(data, before)), artifactFile);
    this.#tables ??= await this.#loggedTables();
    if (this.#tables.has(artifactFile)) return;
    this.#tables.add(artifactFile);
    const tables = [...this.#tables].map((path) => ({ path, type: 'table' }));
    await this.setTag(tablesTag, JSON.stringify(tables));
  }

  /** Those that a run which is continued had before. */
  async #loggedTables(): Promise<Set<string>> {
    const { run } = await call(this.settings, getRun, { run_id: this.runId });
    const tag = run?.data?.tags.find(({ key }) => key === tablesTag)?.value ?? '[]';
    return new Set((JSON.parse(tag) as { path: string }[]).map(({ path }) => path));
  }

  /** A table that `logTable` kept; undefined when there is none. */
  async loadTable(artifactFile: string): Promise<Table | undefined> {
    try {
      return (await (await this.artifacts.download(artifactFile)).json()) as Table;
    } catch (error) {
      if (error instanceof Error && error.name === 'ResourceDoesNotExistError') return undefined;
      throw error;
    }
  }

  /** Resolves when every point of the run is on the server; throws when it refused some or cannot be reached. */
  async flush(): Promise<void> {
    await this.#queue?.flush();
  }

  /**
   * Sends what waits and ends the run. When the server is lost and there is a journal, both are kept there for
   * `modelyard sync`, and a warning says so.
   *
   * @throws MlflowError when points were refused, after the end of the run
   */
  async end(status: RunStatus = 'FINISHED'): Promise<void> {
    const endTime = Date.now();
    await workDone(this.runId);
    let refused: MlflowError | undefined;
    try {
      await this.#queue?.flush().catch((error: unknown) => {
        if (!isRefusal(error)) throw error;
        refused = error;
      });
      await this.update({ status, endTime });
    } catch (error) {
      if (!isLost(error)) {
        if (isRefusal(error)) this.#close();
        throw error;
      }
      const { length } = this.#metrics;
      if (!this.#close({ status, endTime })) throw error;
      const kept = `${length} metric points and its end are kept on disk; \`modelyard sync\` sends them.`;
      console.warn(`The run ${this.runId} could not be ended: ${error.message} ${kept}`);
      return;
    }
    this.#close();
    if (refused) throw refused;
  }

  #close(ended?: { status: string; endTime: number }): boolean {
    const queue = this.#queue;
    if (!queue) return false;
    const kept = queue.close(ended);
    if (ended && !kept) return false;
    this.#queue = undefined;
    queues.delete(queue);
    return kept;
  }

  /** Changes status, end time (ms) or name. */
  async update(change: { status?: RunStatus; endTime?: Int64; runName?: string }): Promise<void> {
    const { status, endTime, runName } = change;
    await call(this.settings, updateRun, { run_id: this.runId, status, end_time: endTime, run_name: runName });
    this.#info = {
      ...this.#info,
      status: status ?? this.#info.status,
      endTime: endTime === undefined ? this.#info.endTime : Number(endTime),
      runName: runName ?? this.#info.runName,
    };
  }

  get #metrics(): MetricQueue {
    if (!this.#queue) {
      this.#queue = new MetricQueue({
        send: (metrics) => call(this.settings, logBatch, { run_id: this.runId, metrics }),
        journal: journalOf(this.settings, this.runId),
      });
      queues.add(this.#queue);
    }
    return this.#queue;
  }

  async #upload(path: string, content: Body): Promise<void> {
    await this.artifacts.upload(checkArtifactPath(path), content);
  }
}

/** The server cannot be reached or does not let it through now; what was to be sent may be sent later. */
function isLost(error: unknown): error is Error {
  const unanswered = error instanceof ConnectionError || error instanceof TimeoutError;
  return unanswered || (error instanceof MlflowError && !isRefusal(error));
}

function* parts<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
