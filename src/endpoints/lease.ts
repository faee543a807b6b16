/** Who answers a request to an endpoint, or why nobody does. */
import type { CapturedRequest } from './capture.ts';
import type { HostedEndpoint } from './endpoint-host.ts';
import type { RequestCounts } from './request-counts.ts';

/** A process that answers one request. */
export interface Lease {
  readonly socket: string;
  readonly modelUri: string;
  /** Milliseconds after which a process that has not answered will not. */
  readonly limit: number;
  /** Whether this request is one of the sample that is captured. */
  readonly capture: boolean;
  /** To be called when the answer is sent whole, or failed; only the first time counts. */
  end(status: number, captured?: Pick<CapturedRequest, 'contentType' | 'request' | 'response'>): void;
}

/** Nobody can answer now. */
export interface Refusal {
  readonly message: string;
  /** Seconds. */
  readonly retryAfter: number;
}

/** Milliseconds: the process itself answers for a request that takes too long, unless it hangs. */
const grace = 5000;

export function leaseOf(hosted: HostedEndpoint, counts: RequestCounts): Lease | Refusal {
  const { wanted, running, capture } = hosted;
  const begin = performance.now();
  const deployment = running.choose();
  if (!deployment) {
    counts.add(wanted.id, '', 503, performance.now() - begin);
    return refusalOf(hosted);
  }
  const { socket, served } = deployment;
  const done = deployment.take();
  const time = Date.now();
  let ended = false;
  return {
    socket,
    modelUri: served.uri,
    limit: served.timeoutSeconds * 1000 + grace,
    capture: capture.takes(),
    end: (status, captured) => {
      if (ended) return;
      ended = true;
      done();
      const milliseconds = performance.now() - begin;
      counts.add(wanted.id, served.uri, status, milliseconds);
      if (captured) capture.add({ time, modelUri: served.uri, status, milliseconds, ...captured });
    },
  };
}

export function refusalOf({ wanted: { name, running: isWanted }, running }: HostedEndpoint): Refusal {
  if (!isWanted) {
    const advice = `Start it: modelyard endpoints start -n ${name}`;
    return { message: `The endpoint '${name}' is stopped. ${advice}`, retryAfter: 60 };
  }
  const { state, message } = running.status();
  if (state !== 'failed') return { message: `The endpoint '${name}' is not ready yet. ${message}`, retryAfter: 1 };
  const advice = `See: modelyard endpoints logs -n ${name}`;
  return { message: `The endpoint '${name}' failed. ${message} ${advice}`, retryAfter: 30 };
}
