/** Hands requests to an endpoint on to the process that answers them, streaming both ways. */
import type { Endpoints } from '../endpoints/endpoints.ts';
import type { Lease, Refusal } from '../endpoints/lease.ts';
import { servedByHeader } from '../protocol/endpoints.ts';
import { ApiError, errorBody } from '../protocol/errors.ts';
import { limits } from '../protocol/limits.ts';
import { EndpointPatience } from './endpoint-patience.ts';
import { json } from './responses.ts';

/** Bytes of a body that is read whole before it is handed on: quicker than a stream, and few enough to hold. */
const smallBody = 1024 * 1024;
const askedHeaders = ['content-type', 'accept', 'content-encoding', 'traceparent', 'x-request-id'];
const answeredHeaders = ['content-type', 'retry-after', 'content-encoding'];

export function answerPing(endpoints: Endpoints, name: string): Response {
  const refusal = endpoints.ping(name);
  return refusal ? refused(refusal) : json('\n');
}

export async function answerInvocation(endpoints: Endpoints, name: string, request: Request): Promise<Response> {
  const lease = endpoints.lease(name);
  if (!('socket' in lease)) return refused(lease);
  const patience = new EndpointPatience(lease.limit);
  try {
    const body = await bodyOf(request);
    patience.start();
    const upstream = await fetch('http://localhost/invocations', {
      unix: lease.socket,
      method: 'POST',
      headers: headersOf(request.headers, askedHeaders),
      body: body instanceof ReadableStream ? patience.watching(body) : body,
      signal: AbortSignal.any([request.signal, patience.signal]),
      // Whoever asks decides what to do about an encoding; and how long an answer may take, the process itself knows.
      decompress: false,
      timeout: false,
    });
    return await answered(upstream, lease, request, body);
  } catch {
    return lost(lease, request.signal.aborted ? 'left' : patience.signal.aborted ? 'hanging' : 'ended');
  } finally {
    patience.end();
  }
}

async function answered(upstream: Response, lease: Lease, request: Request, body: Body): Promise<Response> {
  const { status } = upstream;
  const headers = { ...headersOf(upstream.headers, answeredHeaders), ...servedBy(lease) };
  const length = Number(upstream.headers.get('content-length') ?? Infinity);
  if (length > smallBody || !upstream.body) {
    return new Response(
      untilEnd(upstream.body, () => lease.end(status)),
      { status, headers },
    );
  }
  const bytes = await upstream.bytes();
  lease.end(status, captured(lease, request, body, bytes));
  return new Response(bytes, { status, headers });
}

type Body = Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;

/** Headers hold ASCII alone, names of models any letters. */
function servedBy({ modelUri }: Lease): Record<string, string> {
  return { [servedByHeader]: encodeURI(modelUri) };
}

/** Read whole when it is small. */
async function bodyOf(request: Request): Promise<Body> {
  const length = Number(request.headers.get('content-length') ?? Infinity);
  return length > smallBody ? request.body : new Uint8Array(await request.arrayBuffer());
}

function captured(lease: Lease, request: Request, body: Body, response: Uint8Array): Parameters<Lease['end']>[1] {
  if (!lease.capture || !(body instanceof Uint8Array)) return undefined;
  if (body.byteLength + response.byteLength > 2 * limits.endpointCapturedBody) return undefined;
  return { contentType: request.headers.get('content-type') ?? '', request: body, response };
}

function headersOf(headers: Headers, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

const reasons = {
  hanging: 'did not answer in time: its process hangs. See: modelyard endpoints logs',
  ended: 'ended before it had answered; it is being started again.',
} as const;

function lost(lease: Lease, why: 'left' | keyof typeof reasons): Response {
  lease.end(why === 'left' ? 499 : 503);
  // Nobody reads it.
  if (why === 'left') return new Response(null, { status: 499 });
  return refused({ message: `${lease.modelUri} ${reasons[why]}`, retryAfter: 1 }, servedBy(lease));
}

function refused({ message, retryAfter }: Refusal, more: Readonly<Record<string, string>> = {}): Response {
  const response = json(JSON.stringify(errorBody(new ApiError('TEMPORARILY_UNAVAILABLE', message))), 503);
  for (const [name, value] of Object.entries({ ...more, 'retry-after': String(retryAfter) })) {
    response.headers.set(name, value);
  }
  return response;
}

/** The stream, and a word when it is over, however it ends. */
function untilEnd(stream: ReadableStream<Uint8Array> | null, onEnd: () => void): ReadableStream<Uint8Array> | null {
  if (!stream) {
    onEnd();
    return null;
  }
  const reader = stream.getReader();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      onEnd();
    },
    async cancel(reason) {
      onEnd();
      await reader.cancel(reason);
    },
  });
}
