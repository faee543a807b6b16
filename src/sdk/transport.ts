/** One request and its answer: time limit, abort, retries with back-off and jitter. Knows HTTP, no method of the API. */
import { ConnectionError, TimeoutError, errorOf } from './errors.ts';
import type { Settings } from './settings.ts';

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds; else those of the client. */
  readonly timeout?: number | undefined;
}

export type Body = string | Uint8Array<ArrayBuffer> | Blob | ReadableStream<Uint8Array>;

export interface HttpRequest {
  readonly method: string;
  /** Path and query below the server's address. */
  readonly path: string;
  readonly body?: Body | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** May be sent again when its answer is lost. */
  readonly idempotent: boolean;
}

/** What a later attempt may answer otherwise. */
export const worthAnother: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/** Sends a request until it is answered with success; throws what `errors.ts` names. */
export async function send(settings: Settings, request: HttpRequest, options: CallOptions = {}): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const last = !request.idempotent || attempt >= settings.retries;
    const answer = await once(settings, request, options).catch((error: unknown) => {
      if (last || !(error instanceof ConnectionError)) throw error;
    });
    if (answer?.ok) return answer;
    if (answer && (last || !worthAnother.has(answer.status))) {
      throw await errorOf(answer, `${request.method} ${request.path.split('?')[0]}`);
    }
    const wait = waitBefore(attempt, settings.backoff, answer?.headers.get('retry-after'));
    // An answer that nobody reads keeps its connection.
    await answer?.body?.cancel().catch(() => undefined);
    await pause(wait, options.signal);
  }
}

async function once(settings: Settings, request: HttpRequest, options: CallOptions): Promise<Response> {
  const timeout = options.timeout ?? settings.timeout;
  const limit = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  try {
    return await settings.fetch(settings.baseUrl + request.path, {
      method: request.method,
      headers: { ...settings.headers, ...request.headers },
      body: request.body ?? null,
      // Node wants it said that a stream goes one way at a time.
      ...(request.body instanceof ReadableStream ? { duplex: 'half' as const } : {}),
      signal,
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    if (limit.aborted) {
      throw new TimeoutError(`${settings.baseUrl} did not answer ${request.path.split('?')[0]} within ${timeout} ms.`);
    }
    const advice = 'Is the server running, and is the tracking URI right?';
    throw new ConnectionError(`${settings.baseUrl} cannot be reached. ${advice}`, { cause: error });
  }
}

/** Half of the wait is chance, so that clients that lost a server together do not come back together. */
function waitBefore(attempt: number, backoff: number, retryAfter: string | null | undefined): number {
  const asked = retryAfter && /^\d{1,3}$/.test(retryAfter) ? Number(retryAfter) * 1000 : 0;
  return Math.max(asked, Math.min(backoff * 2 ** attempt, 30_000) * (0.5 + Math.random() / 2));
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
