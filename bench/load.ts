/** The load generator: reads one task from standard input, does it, writes the result to standard output. */
import { HttpConnection, type HttpAnswer } from './http-connection.ts';
import type { LoadResult, LoadTask } from './load-task.ts';
import {
  artifactBlock,
  artifactBytes,
  artifactPath,
  batchRequest,
  createRunRequest,
  fillRunRequest,
  historyKey,
  historyPath,
  historyRequest,
  singleRequest,
} from './workload.ts';

/** The n-th piece of work on a connection; its last answer decides whether it was accepted. */
type Work = (connection: HttpConnection, n: number) => Promise<HttpAnswer>;

/** A server that refuses this often is not measured any longer. */
const mostFailures = 1000;
const mostHistoryPages = 100;
const nothing = Buffer.alloc(0);

function workOf(task: LoadTask): Work {
  switch (task.kind) {
    case 'log-metric':
      return (connection, n) => connection.request(singleRequest(task.runIds, n));
    case 'log-batch':
      return (connection, n) => connection.request(batchRequest(task.runIds, n));
    case 'fill-runs':
      return (connection, n) => fillRun(connection, task.experimentId, task.first + n);
    case 'fill-history':
      return (connection, n) => connection.request(historyRequest(task.runId, task.history, n));
    case 'read-history':
      return (connection) => readHistory(connection, task.runId, historyKey(task.history));
    case 'request':
      return (connection) => connection.request(task.request);
    case 'upload': {
      const block = artifactBytes();
      return async (connection) => ({
        status: await connection.upload(artifactPath, block, task.mebibytes),
        body: nothing,
      });
    }
    case 'download':
      return (connection) => download(connection, task.mebibytes);
  }
}

async function fillRun(connection: HttpConnection, experimentId: string, n: number): Promise<HttpAnswer> {
  const created = await connection.request(createRunRequest(experimentId, n));
  const runId = /"run_id":\s*"([^"]+)"/.exec(created.body.toString('latin1'))?.[1];
  if (created.status !== 200 || runId === undefined) return { status: created.status || 500, body: created.body };
  return connection.request(fillRunRequest(runId, n));
}

/** All pages of a series. The token is searched, not parsed: the client's JSON is not what is measured. */
async function readHistory(connection: HttpConnection, runId: string, key: string): Promise<HttpAnswer> {
  let token: string | undefined;
  for (let page = 0; page < mostHistoryPages; page++) {
    const answer = await connection.request({ method: 'GET', path: historyPath(runId, key, token) });
    const text = answer.body.toString('latin1');
    token = /"next_page_token":\s*"([^"]+)"/.exec(text)?.[1];
    if (answer.status !== 200 || token === undefined) return answer;
  }
  throw new Error('the history does not end');
}

/** Reads the large artifact and compares every byte with what was uploaded. */
async function download(connection: HttpConnection, mebibytes: number): Promise<HttpAnswer> {
  const block = artifactBytes();
  let at = 0;
  let same = true;
  const status = await connection.download(artifactPath, (part) => {
    for (let done = 0; done < part.length;) {
      const from = (at + done) % artifactBlock;
      const piece = part.subarray(done, done + artifactBlock - from);
      same &&= piece.equals(block.subarray(from, from + piece.length));
      done += piece.length;
    }
    at += part.length;
  });
  if (status === 200 && !(same && at === mebibytes * artifactBlock)) throw new Error('the artifact came back changed');
  return { status, body: nothing };
}

function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

async function drive(task: LoadTask): Promise<LoadResult> {
  const work = workOf(task);
  const latencies: number[] = [];
  const failed: number[] = [];
  let firstFailure: string | undefined;
  let lastBody: Buffer | undefined;
  let begun = 0;
  let latest = 0;
  const fail = (n: number, reason: string): void => {
    failed.push(n);
    firstFailure ??= reason.slice(0, 300);
  };
  const start = performance.now();
  const deadline = start + task.seconds * 1000;
  const one = async (): Promise<void> => {
    const connection = new HttpConnection(task.port);
    for (let now = performance.now(); now < deadline && begun < task.atMost && failed.length < mostFailures;) {
      const n = begun++;
      try {
        const answer = await work(connection, n);
        latest = performance.now();
        latencies.push(latest - now);
        if (answer.status === 200) lastBody = answer.body;
        else fail(n, `${answer.status} ${answer.body.toString('utf8')}`);
      } catch (error) {
        latest = performance.now();
        fail(n, error instanceof Error ? error.message : String(error));
      }
      now = latest;
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: task.connections }, one));
  const sorted = Float64Array.from(latencies).sort();
  return {
    begun,
    failed,
    firstFailure,
    seconds: (latest - start) / 1000,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    lastBody: task.kind === 'request' ? lastBody?.toString('utf8') : undefined,
  };
}

await Bun.write(Bun.stdout, JSON.stringify(await drive((await Bun.stdin.json()) as LoadTask)));
process.exit(0);
