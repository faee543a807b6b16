/**
 * What is written, as functions of a number that counts up: the load generator makes requests of them, and the check at
 * the end knows from them what has to be there. Every body is plain ASCII.
 */
import type { HttpRequest } from './http-connection.ts';

export const api = '/api/2.0/mlflow';
const firstTime = 1_700_000_000_000;

/** Runs that the metric figures write to. */
export const targetRuns = 16;
const singleKeys = 10;
export const batchSize = 500;
const batchKeys = 50;
const stepsPerBatch = batchSize / batchKeys;

export function post(path: string, body: object | string): HttpRequest {
  return { method: 'POST', path: `${api}/${path}`, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

export interface Point {
  readonly run: number;
  readonly key: string;
  readonly step: number;
  readonly value: number;
}

function singleValue(n: number): number {
  return (n % 97) / 97;
}

/** The n-th log-metric: a new point each time, in turn over all runs and keys. */
export function singleRequest(runIds: readonly string[], n: number): HttpRequest {
  const run = runIds[n % targetRuns] ?? '';
  return post(
    'runs/log-metric',
    `{"run_id":"${run}","key":"m${n % singleKeys}","value":${singleValue(n)},"timestamp":${firstTime + n},"step":${n}}`,
  );
}

export const singleSeries = seriesOf(singleKeys, 'm');
export const batchSeries = seriesOf(batchKeys, 'b');

function seriesOf(keys: number, prefix: string): { readonly run: number; readonly key: string }[] {
  return Array.from({ length: targetRuns * keys }, (_, i) => ({
    run: i % targetRuns,
    key: prefix + Math.floor(i / targetRuns),
  }));
}

/** Which log-metric wrote this point; -1 when none of ours did. */
export function singleNumber({ run, key, step, value }: Point): number {
  const ours = step % targetRuns === run && key === `m${step % singleKeys}` && value === singleValue(step);
  return ours ? step : -1;
}

const batchStarts = Array.from({ length: batchSize }, (_, i) => `{"key":"b${i % batchKeys}","value":${i / 7},"step":`);

/** The n-th log-batch: 500 new points, ten steps of each of 50 keys of one run. */
export function batchRequest(runIds: readonly string[], n: number): HttpRequest {
  let points = '';
  let end = '';
  for (const [i, start] of batchStarts.entries()) {
    if (i % batchKeys === 0) {
      const step = n * stepsPerBatch + i / batchKeys;
      end = `${step},"timestamp":${firstTime + step}}`;
    }
    points += i === 0 ? start + end : `,${start}${end}`;
  }
  return post('runs/log-batch', `{"run_id":"${runIds[n % targetRuns] ?? ''}","metrics":[${points}]}`);
}

/** Which point of all batches this is, 500 numbers for each batch; -1 when none of ours wrote it. */
export function batchNumber({ run, key, step, value }: Point): number {
  const batch = Math.floor(step / stepsPerBatch);
  const i = (step % stepsPerBatch) * batchKeys + Number(key.slice(1));
  return batch % targetRuns === run && value === i / 7 ? batch * batchSize + i : -1;
}

const primes = [48_271, 69_621, 40_692, 39_373, 45_991, 16_807, 62_089, 31_727, 52_609, 27_983];
const modulus = 1_000_003;

/** Metrics of the n-th filled run: each key in an order of its own over the runs, without ties. */
export function runMetric(n: number, k: number): number {
  return (((n + 1) * (primes[k] ?? 1)) % modulus) / modulus;
}

export const runMetrics = primes.length;

export function runName(n: number): string {
  return `run-${n}`;
}

export function createRunRequest(experimentId: string, n: number): HttpRequest {
  return post('runs/create', { experiment_id: experimentId, run_name: runName(n), start_time: firstTime + n });
}

/** What the n-th run holds: ten metrics, ten params, a tag. */
export function fillRunRequest(runId: string, n: number): HttpRequest {
  return post('runs/log-batch', {
    run_id: runId,
    metrics: primes.map((_, k) => ({ key: `m${k}`, value: runMetric(n, k), timestamp: firstTime + n, step: 0 })),
    params: primes.map((_, k) => ({ key: `p${k}`, value: String((n * 5 + k * 3) % 17) })),
    tags: [{ key: 'team', value: `team-${n % 5}` }],
  });
}

/** Finds `count` filled runs from the one numbered `first` on. */
export function runSlice(experimentId: string, first: number, count: number): HttpRequest {
  const from = firstTime + first;
  const filter = `attributes.start_time >= ${from} and attributes.start_time < ${from + count}`;
  return post('runs/search', { experiment_ids: [experimentId], filter, max_results: count });
}

/** The searches that are timed, by name; `experimentId` holds the filled runs. */
export function searches(experimentId: string): Record<'filtered' | 'page1000' | 'newest' | 'top', HttpRequest> {
  const of = (rest: object): HttpRequest => post('runs/search', { experiment_ids: [experimentId], ...rest });
  return {
    filtered: of({
      filter: "metrics.m1 > 0.5 and params.p3 = '4'",
      order_by: ['metrics.m2 DESC'],
      max_results: 100,
    }),
    page1000: of({ max_results: 1000 }),
    newest: of({ max_results: 100 }),
    top: of({ filter: 'metrics.m1 > 0.9', order_by: ['metrics.m2 DESC'], max_results: 20 }),
  };
}

export const historyPoints = 100_000;
export const historyBatch = 1000;

/** A long series. `aligned`: time follows the step; `restarted`: the clock begins anew every 1,000 steps. */
export type HistoryKind = 'aligned' | 'restarted';

export function historyKey(kind: HistoryKind): string {
  return `history-${kind}`;
}

export function historyRequest(runId: string, kind: HistoryKind, n: number): HttpRequest {
  return post('runs/log-batch', {
    run_id: runId,
    metrics: Array.from({ length: historyBatch }, (_, i) => {
      const step = n * historyBatch + i;
      const timestamp = firstTime + (kind === 'aligned' ? step : i);
      return { key: historyKey(kind), value: step / 3, timestamp, step };
    }),
  });
}

export function historyNumber({ step, value }: Point): number {
  return value === step / 3 ? step : -1;
}

export const historyPage = 25_000;

export function historyPath(runId: string, key: string, token?: string): string {
  const page = token === undefined ? '' : `&page_token=${encodeURIComponent(token)}`;
  return `${api}/metrics/get-history?run_id=${runId}&metric_key=${key}&max_results=${historyPage}${page}`;
}

export const artifactPath = '/api/2.0/mlflow-artifacts/artifacts/bench/large.bin';
export const artifactBlock = 1 << 20;

/** A mebibyte that no server can compress, the same in every process. */
export function artifactBytes(): Uint8Array {
  const bytes = new Uint32Array(artifactBlock / 4);
  let state = 2_463_534_242;
  for (let i = 0; i < bytes.length; i++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return new Uint8Array(bytes.buffer);
}
