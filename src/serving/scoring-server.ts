/** The scoring server: the routes of `mlflow models serve` over HTTP, before any Scorer. */
import type { Server } from 'bun';
import { giveBackProgramPages } from '../common/program-pages.ts';
import { whenQuiet } from '../common/when-quiet.ts';
import { mlflowVersion } from '../protocol/mlflow-version.ts';
import { invalidInput } from '../models/scoring-error.ts';
import { busy } from './refusals.ts';
import { RequestBodies } from './request-body.ts';
import { formatOf } from './request-format.ts';
import { detail, failed, jsonType, refused, responseOf, text } from './responses.ts';
import type { Scorer } from './scorer.ts';
import { ScoringMetrics } from './scoring-metrics.ts';

export interface ScoringServerOptions {
  /** A Unix socket, or host and port. */
  readonly listen: { readonly socket: string } | { readonly host: string; readonly port: number };
  /** Milliseconds that a request may take; what comes before the model is ready waits so long. */
  readonly timeoutMs: number;
  /** Bytes of a body. */
  readonly maxBodyBytes: number;
}

export interface ScoringServer {
  /** Where it listens. */
  readonly url: string;
  /** Takes no new requests, answers those in hand, and closes the scorer. */
  stop(): Promise<void>;
}

type Routes = Readonly<Record<string, Readonly<Record<string, (request: Request) => Response | Promise<Response>>>>>;

/** Milliseconds after which a server under load has compiled what it runs often, and needs its compiler no more. */
const settling = 5000;
/** Milliseconds that requests get to end after the signal to stop. */
const longestStop = 30_000;

/** Listens at once. Requests that come before the scorer is ready wait for it. */
export function startScoringServer(scorer: Scorer, options: ScoringServerOptions): ScoringServer {
  const metrics = new ScoringMetrics();
  const quiet = whenQuiet(() => {
    Bun.gc(true);
    return giveBackProgramPages();
  });
  // What the start needed is not needed again.
  quiet.arrived();
  const bodies = new RequestBodies(options.maxBodyBytes);
  let state: 'starting' | 'ready' | 'draining' = 'starting';
  const stopping = Promise.withResolvers<never>();
  /** Requests that came before wait for it. */
  const begun = Promise.race([scorer.ready, stopping.promise]);
  begun.then(
    () => {
      if (state === 'starting') state = 'ready';
      // Also when requests come at once: most of what the start needed they do not need.
      void giveBackProgramPages();
      setTimeout(() => void giveBackProgramPages(), settling).unref();
    },
    () => undefined,
  );

  const answer = async (request: Request): Promise<Response> => {
    const begin = performance.now();
    metrics.begin();
    quiet.arrived();
    // Of a client that went away there is nobody to be told.
    const response = await invocation(request).catch((error: unknown) =>
      request.signal.aborted ? new Response(null, { status: 499 }) : responseOf(failed(error)),
    );
    metrics.count(response.status, (performance.now() - begin) / 1000);
    return response;
  };

  const invocation = async (request: Request): Promise<Response> => {
    const format = formatOf(request.headers.get('content-type'));
    if (typeof format === 'object') {
      const type = format.json ? 'application/json' : 'text/plain; charset=utf-8';
      return new Response(format.reason, { status: 415, headers: { 'content-type': type } });
    }
    const packed = /gzip|deflate|br|zstd/i.exec(request.headers.get('content-encoding') ?? '')?.[0];
    if (packed !== undefined) {
      return responseOf(
        failed(invalidInput(`The body is packed by ${packed}. Send it as it is, without Content-Encoding.`)),
      );
    }
    if (state === 'draining') return responseOf(busy('The server is stopping.'));
    return bodies.use(request, async (body) => {
      if (typeof body === 'string') return refused(body, options.maxBodyBytes);
      if (state === 'starting' && !(await within(begun, options.timeoutMs))) {
        return responseOf(busy('The model is not ready yet.'));
      }
      return responseOf(await scorer.score({ body, format, isGiven: true }));
    });
  };

  const ping = (): Response => new Response('\n', { status: state === 'ready' ? 200 : 503, headers: jsonType });
  const routes: Routes = {
    '/ping': { GET: ping },
    '/health': { GET: ping },
    '/version': { GET: () => new Response(mlflowVersion, { headers: jsonType }) },
    '/metrics': { GET: () => text(metrics.text(scorer.load, state === 'ready')) },
    '/invocations': { POST: answer },
  };

  const fetch = (request: Request, server: Server<undefined>): Response | Promise<Response> => {
    // HTTP/1.0 has no Host, and then this is a path alone.
    const [, origin = '', pathname = ''] = /^(https?:\/\/[^/?#]*)?([^?#]*)/.exec(request.url) ?? [];
    const route = routes[pathname];
    if (!route) {
      const known = pathname.endsWith('/') && routes[pathname.slice(0, -1)];
      if (known) return new Response(null, { status: 307, headers: { location: origin + pathname.slice(0, -1) } });
      return detail(404, 'Not Found');
    }
    const handle = route[request.method];
    if (!handle) return detail(405, 'Method Not Allowed', { allow: Object.keys(route).join(', ') });
    // The scorer watches the time; a connection without bytes is not idle meanwhile.
    if (pathname === '/invocations') server.timeout(request, Math.min(Math.ceil(options.timeoutMs / 500) + 30, 255));
    return handle(request);
  };
  const common = {
    // Larger ones are told so by RequestBodies, in words.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    // Seconds that a sender may pause within a body; the types know it for ports alone.
    idleTimeout: 120,
    fetch,
    error: (error: Error) => responseOf(failed(error)),
  };
  const { listen } = options;
  const place =
    'socket' in listen ? { unix: listen.socket } : { hostname: listen.host, port: listen.port, reusePort: false };
  const server = Bun.serve({ ...common, ...place } as Bun.Serve.Options<undefined>);

  return {
    url: 'socket' in listen ? `unix:${listen.socket}` : urlOf(listen.host, server.port ?? listen.port),
    async stop() {
      state = 'draining';
      stopping.reject();
      // What had reached this machine is read first: connections that seem idle are closed.
      for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
      // A client that stops in the middle of its request must not hold up the stop for ever.
      const impatience = setTimeout(() => void server.stop(true), longestStop);
      await server.stop();
      clearTimeout(impatience);
      quiet.close();
      await scorer.close();
    },
  };
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Whether it resolves in time. */
async function within(promise: Promise<void>, milliseconds: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), milliseconds);
  const there = promise.then(
    () => true,
    () => false,
  );
  return Promise.race([there, late]).finally(() => clearTimeout(timer));
}
