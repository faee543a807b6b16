/** Scores models of the flavor python_function: worker processes of Python, in the model's own environment. */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { ownEnvironment } from '../../config/own-environment.ts';
import type { ModelFolder } from '../../models/model-folder.ts';
import { EnvironmentError } from '../../python-workers/environments/environment-error.ts';
import type { EnvironmentOptions, PythonEnvironment } from '../../python-workers/environments/environment.ts';
import { pythonEnvironment } from '../../python-workers/environments/python-environment.ts';
import { WorkerPool } from '../../python-workers/worker-pool.ts';
import { WorkerError, WorkerProcess } from '../../python-workers/worker-process.ts';
import { ScorerError, type ScorerOptions } from '../scorer-options.ts';
import { busy } from '../refusals.ts';
import type { Scorer } from '../scorer.ts';

import { mayBatch } from './batching.ts';
import { RequestQueue } from './request-queue.ts';
import { readsHere, typedInput } from './typed-input.ts';

/** Calls of one model at a time where they are not put together; as many threads as `mlflow models serve` has. */
const lanesAlone = Math.min(32, availableParallelism() + 4);

export function openPythonScorer(folder: ModelFolder, options: ScorerOptions): Scorer {
  const stop = new AbortController();
  let running: { readonly pool: WorkerPool; readonly queue: RequestQueue } | undefined;
  const start = async (): Promise<void> => {
    const environment = await modelEnvironment(folder, options, { signal: stop.signal });
    running = startPool(folder, environment, options);
    await running.pool.ready.catch((error: unknown) => {
      throw error instanceof WorkerError ? unusable(folder, environment, error) : error;
    });
  };
  const ready = start();
  ready.catch(() => undefined);
  return {
    ready,
    score: (request) => running?.queue.score(request) ?? Promise.resolve(busy('The model is not ready yet.')),
    get load() {
      const { queue, pool } = running ?? {};
      return { queued: queue?.waiting ?? 0, running: queue?.running ?? 0, restarts: pool?.restarts ?? 0 };
    },
    async close() {
      stop.abort();
      // The environment that was under way is given up, so that this is soon.
      if (!running) await ready.catch(() => undefined);
      await running?.queue.close();
      await running?.pool.close();
    },
  };
}

/** The Python that runs the model, made when it is not there yet. @throws ScorerError */
export async function modelEnvironment(
  folder: ModelFolder,
  { envManager, onProgress }: Pick<ScorerOptions, 'envManager' | 'onProgress'>,
  { signal }: Pick<EnvironmentOptions, 'signal'> = {},
): Promise<PythonEnvironment> {
  const wish = { manager: envManager, files: folder.environment, mlflow: folder.mlflowVersion };
  try {
    return await pythonEnvironment(wish, { onProgress: onProgress ?? (() => undefined), signal });
  } catch (error) {
    if (error instanceof EnvironmentError) throw new ScorerError(error.message);
    throw error;
  }
}

function startPool(
  folder: ModelFolder,
  { python }: PythonEnvironment,
  options: ScorerOptions,
): { pool: WorkerPool; queue: RequestQueue } {
  const batches = mayBatch(folder) && options.batch.maxRequests > 1;
  const lanes = batches ? 1 : lanesAlone;
  const pool = new WorkerPool({
    start: () =>
      new WorkerProcess({
        program: python,
        env: workerEnvironment(options.workers),
        arguments: (socket) => ['-u', program(), socket, folder.path, String(lanes), String(process.pid)],
        onLine: options.onLine,
      }),
    workers: options.workers,
    lanes,
    limitMs: options.timeoutMs,
    onFree: () => queue.send(),
    onLine: options.onLine,
  });
  // What fails is scored again by its body; only models whose rows are independent have nothing to lose by that.
  const typed = mayBatch(folder) && readsHere(folder);
  const queue = new RequestQueue(pool, {
    ...options,
    batch: batches ? options.batch : undefined,
    typed: (request) => (typed ? typedInput(request, folder) : undefined),
  });
  return { pool, queue };
}

/** Workers share the cores: libraries that take all of them for each worker would stand in each other's way. */
function workerEnvironment(workers: number): Record<string, string> {
  const threads = String(Math.max(1, Math.floor(availableParallelism() / workers)));
  return workers === 1 ? ownEnvironment() : { OMP_NUM_THREADS: threads, ...ownEnvironment() };
}

/** The worker's program lies beside the folders of this one. */
function program(): string {
  return resolve(Bun.main, '../../../python/modelyard_worker.py');
}

/** The worker's log has been shown already. */
function unusable(folder: ModelFolder, { path, python }: PythonEnvironment, { message }: WorkerError): ScorerError {
  const start = `The model ${folder.uri} cannot be started. ${message}`;
  const missing = /No module named '([^']+)'/.exec(message)?.[1];
  if (missing === undefined) return new ScorerError(`${start} What it wrote stands above.`);
  const list = folder.environment.requirements;
  if (path !== undefined) return new ScorerError(`${start} Its environment is ${path}; ${list} does not name it.`);
  return new ScorerError(
    `The Python of this machine, ${python}, has no ${missing}. Install what the model needs:
  ${python} -m pip install ${list === undefined ? missing : `-r ${list}`}
or use --env-manager uv, which makes an environment for the model.`,
  );
}
