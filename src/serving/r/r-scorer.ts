/** Models of R: functions that MLflow's R package saved (flavor `crate`), scored by Rscript processes. */
import { join } from 'node:path';
import type { ModelFolder } from '../../models/model-folder.ts';
import { WorkerPool } from '../../python-workers/worker-pool.ts';
import { WorkerError } from '../../python-workers/worker-process.ts';
import { RequestQueue } from '../python/request-queue.ts';
import { ScoringError } from '../../models/scoring-error.ts';
import type { Scorer, ScoringAnswer } from '../scorer.ts';
import { ScorerError, type ScorerOptions } from '../scorer-options.ts';
import { RProcess } from './r-process.ts';

const install = 'Install R and jsonlite: apt-get install r-base-core r-cran-jsonlite';

/** @throws ScorerError when R is missing; `ready` rejects with one when jsonlite is, or the model cannot be loaded */
export function openRScorer(folder: ModelFolder, options: ScorerOptions): Scorer {
  const rscript = Bun.which('Rscript');
  if (rscript === null)
    throw new ScorerError(`${folder.uri} is a model of R, and there is no Rscript here. ${install}`);
  const named = folder.flavors['crate']?.['model'];
  const file = join(folder.path, typeof named === 'string' ? named : 'crate.bin');
  const pool = new WorkerPool({
    start: () => new RProcess(rscript, file, options.onLine),
    workers: options.workers,
    // R does one thing at a time.
    lanes: 1,
    limitMs: options.timeoutMs,
    onFree: () => queue.send(),
    onLine: options.onLine,
  });
  const queue = new RequestQueue(pool, { ...options, batch: undefined });
  return {
    score: async (request) => (request.format === 'parquet' ? noParquet : queue.score(request)),
    get load() {
      return { queued: queue.waiting, running: queue.running, restarts: pool.restarts };
    },
    ready: pool.ready.catch((error: unknown) => {
      throw error instanceof WorkerError ? unusable(folder, error) : error;
    }),
    async close() {
      await queue.close();
      await pool.close();
    },
  };
}

const noParquet: ScoringAnswer = {
  status: 415,
  body: new ScoringError('INVALID_PARAMETER_VALUE', 'Models of R take JSON or CSV, not Parquet.').toJson(),
};

function unusable({ uri }: ModelFolder, { message }: WorkerError): ScorerError {
  if (message === 'jsonlite is missing') {
    return new ScorerError(`R's package jsonlite, which scoring needs, is missing. ${install}`);
  }
  return new ScorerError(`R cannot load the model at ${uri}: ${message}`);
}
