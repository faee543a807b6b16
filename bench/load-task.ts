import type { HttpRequest } from './http-connection.ts';
import type { HistoryKind } from './workload.ts';

interface Bounds {
  readonly port: number;
  readonly connections: number;
  /** No new request begins after this time. */
  readonly seconds: number;
  /** No more requests than this. */
  readonly atMost: number;
}

/** One piece of work for the load generator. */
export type LoadTask = Bounds &
  (
    | { readonly kind: 'log-metric' | 'log-batch'; readonly runIds: readonly string[] }
    | { readonly kind: 'fill-runs'; readonly experimentId: string; readonly first: number }
    | { readonly kind: 'fill-history'; readonly runId: string; readonly history: HistoryKind }
    | { readonly kind: 'read-history'; readonly runId: string; readonly history: HistoryKind }
    | { readonly kind: 'request'; readonly request: HttpRequest }
    | { readonly kind: 'upload' | 'download'; readonly mebibytes: number }
  );

export interface LoadResult {
  /** Pieces of work begun, numbered from 0; all of them ended. */
  readonly begun: number;
  /** The numbers of those that were not answered by 200, and what the first of them met. */
  readonly failed: readonly number[];
  readonly firstFailure: string | undefined;
  /** From the first request to the last answer. */
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
  /** The last answer's body, when it was 200 and the task is a plain request. */
  readonly lastBody: string | undefined;
}

/** How long a single request may take beyond the task's own time. */
const graceSeconds = 240;

/** Runs the task in a process of its own, so that the load shares no event loop with what measures. */
export async function runLoad(task: LoadTask): Promise<LoadResult> {
  const load = Bun.spawn([process.execPath, '--no-install', `${import.meta.dir}/load.ts`], {
    stdin: new Blob([JSON.stringify(task)]),
    stdout: 'pipe',
    stderr: 'inherit',
    timeout: (task.seconds + graceSeconds) * 1000,
  });
  const output = await new Response(load.stdout).text();
  if ((await load.exited) !== 0) throw new Error(`the load generator failed at ${task.kind}`);
  return JSON.parse(output) as LoadResult;
}
