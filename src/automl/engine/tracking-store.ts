/** Writes the runs of a search. A server that is gone for a moment is waited for: nothing is lost by that. */
import { limits } from '../../protocol/limits.ts';
import { createRun, getRun, logBatch, logInputs, searchRuns, updateRun, type RunStatus } from '../../protocol/runs.ts';
import { setExperimentTag } from '../../protocol/experiments.ts';
import { registerArtifactStore, artifactStoreFor } from '../../sdk/artifact-store.ts';
import { call } from '../../sdk/call.ts';
import { runOf, type Run } from '../../sdk/entities.ts';
import { ConnectionError, MlflowError, TimeoutError } from '../../sdk/errors.ts';
import { localStore, uploadFiles } from '../../sdk/node/files.ts';
import { userName } from '../../sdk/node/user-name.ts';
import { collect } from '../../sdk/pages.ts';
import type { Settings } from '../../sdk/settings.ts';
import { worthAnother, type Body, type CallOptions } from '../../sdk/transport.ts';

type Texts = Readonly<Record<string, string>>;

export interface StoredRun {
  readonly runId: string;
  readonly artifactUri: string;
}

/** A server that does not answer within this time is asked again; when all is over, it is not. */
const [patience, lastPatience] = [15_000, 2000];
/** Between two attempts. */
const pause = 500;

export class TrackingStore {
  readonly settings: Settings;
  readonly experimentId: string;
  readonly #note: (text: string) => void;
  #over: AbortSignal;
  #lost = false;

  /** @param over then nothing is tried again */
  constructor(settings: Settings, experimentId: string, over: AbortSignal, note: (text: string) => void) {
    registerArtifactStore('file', localStore);
    this.settings = { ...settings, retries: 1 };
    this.experimentId = experimentId;
    this.#over = over;
    this.#note = note;
  }

  /** From now on it is given up when this says so. */
  until(over: AbortSignal): void {
    this.#over = over;
  }

  async createRun(name: string, tags: Texts): Promise<StoredRun> {
    const request = {
      experiment_id: this.experimentId,
      run_name: name,
      start_time: Date.now(),
      user_id: userName(),
      tags: pairs({ 'mlflow.user': userName(), ...tags }),
    };
    const { run } = await this.#steadily((options) => call(this.settings, createRun, request, options));
    return { runId: run?.info?.run_id ?? '', artifactUri: run?.info?.artifact_uri ?? '' };
  }

  async run(runId: string): Promise<Run> {
    const { run } = await this.#steadily((options) => call(this.settings, getRun, { run_id: runId }, options));
    if (!run) throw new Error(`the server answered without the run ${runId}.`);
    return runOf(run);
  }

  /** @param filter such as `tags.a = 'b'`; newest first */
  async search(filter: string): Promise<Run[]> {
    const runs = await collect(undefined, 1000, async (max_results, page_token) => {
      const request = { experiment_ids: [this.experimentId], filter, max_results, page_token };
      const page = await this.#steadily((options) => call(this.settings, searchRuns, request, options));
      return { items: page.runs, next: page.next_page_token };
    });
    return runs.map(runOf);
  }

  async tag(runId: string, tags: Readonly<Record<string, string | number>>): Promise<void> {
    await this.#steadily((options) => call(this.settings, logBatch, { run_id: runId, tags: pairs(tags) }, options));
  }

  async params(runId: string, params: Texts): Promise<void> {
    await this.#steadily((options) => call(this.settings, logBatch, { run_id: runId, params: pairs(params) }, options));
  }

  async metrics(runId: string, values: Readonly<Record<string, number>>, step = 0): Promise<void> {
    const timestamp = Date.now();
    const metrics = Object.entries(values).map(([key, value]) => ({ key, value, timestamp, step }));
    await this.#steadily((options) => call(this.settings, logBatch, { run_id: runId, metrics }, options));
  }

  async dataset(
    runId: string,
    dataset: Texts & Record<'name' | 'digest' | 'source' | 'source_type', string>,
  ): Promise<void> {
    const tags = [{ key: 'mlflow.data.context', value: 'training' }];
    await this.#steadily((options) =>
      call(this.settings, logInputs, { run_id: runId, datasets: [{ dataset, tags }] }, options),
    );
  }

  async tagExperiment(tags: Texts): Promise<void> {
    const requests = pairs(tags).map((tag) => ({ ...tag, experiment_id: this.experimentId }));
    await Promise.all(
      requests.map((one) => this.#steadily((options) => call(this.settings, setExperimentTag, one, options))),
    );
  }

  async end(runId: string, status: RunStatus): Promise<void> {
    const request = { run_id: runId, status, ...(status === 'RUNNING' ? {} : { end_time: Date.now() }) };
    await this.#steadily((options) => call(this.settings, updateRun, request, options));
  }

  async upload({ artifactUri }: StoredRun, path: string, content: Body): Promise<void> {
    await this.#steadily((options) => artifactStoreFor(this.settings, artifactUri).upload(path, content, options));
  }

  async uploadFolder({ artifactUri }: StoredRun, folder: string, to: string): Promise<void> {
    const store = artifactStoreFor(this.settings, artifactUri);
    await uploadFiles(
      folder,
      (path, content) => this.#steadily(({ signal }) => store.upload(`${to}/${path}`, content, { signal })),
      true,
    );
  }

  async download({ artifactUri }: StoredRun, path: string): Promise<Response> {
    return this.#steadily((options) => artifactStoreFor(this.settings, artifactUri).download(path, options));
  }

  async #steadily<T>(work: (options: CallOptions) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await work(
          this.#over.aborted ? { timeout: lastPatience } : { timeout: patience, signal: this.#over },
        );
        if (this.#lost) this.#note('The server answers again.');
        this.#lost = false;
        return result;
      } catch (error) {
        if (this.#over.aborted || !mayPass(error)) throw error;
        if (!this.#lost) this.#note(`${(error as Error).message} The search goes on; it is asked again.`);
        this.#lost = true;
        await Bun.sleep(pause);
      }
    }
  }
}

function mayPass(error: unknown): boolean {
  if (error instanceof MlflowError) return worthAnother.has(error.status);
  return error instanceof ConnectionError || error instanceof TimeoutError;
}

/** Cut to what a server takes. */
function pairs(values: Readonly<Record<string, string | number>>): { key: string; value: string }[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: String(value).slice(0, limits.paramValue) }));
}
