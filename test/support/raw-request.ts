/** HTTP over a bare socket: the request goes out to the letter, where `fetch` would tidy up paths and headers. */
import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; of repeated headers the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** Body bytes as latin1 text; chunk sizes are left in. */
  readonly body: string;
}

export interface RawRequest {
  readonly port: number;
  readonly method?: string;
  /** The request target, sent as it is. */
  readonly target: string;
  /** Sent as they are; Host, Connection and Content-Length are added unless given. Null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: string | Uint8Array;
  /** `1.1` unless given: a request of HTTP 1.0 need not have a Host. */
  readonly version?: '1.0' | '1.1';
  readonly limit?: number;
}

/** Sends one request on a connection of its own and reads the answer to its end. Rejects after `limit` milliseconds. */
export function rawRequest(request: RawRequest): Promise<RawAnswer> {
  const { port, method = 'GET', target, body = '', version = '1.1', limit = 10_000 } = request;
  const content = typeof body === 'string' ? Buffer.from(body) : body;
  const headers: Record<string, string | null> = {
    Host: `127.0.0.1:${port}`,
    Connection: 'close',
    'Content-Length': content.length > 0 || method !== 'GET' ? String(content.length) : null,
    ...request.headers,
  };
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>();
  const chunks: Buffer[] = [];
  const socket = connect({ port, host: '127.0.0.1' });
  const timer = setTimeout(() => {
    socket.destroy();
    reject(new Error(`no answer to ${method} ${target.slice(0, 200)} within ${limit} ms`));
  }, limit);
  const finish = (): void => {
    clearTimeout(timer);
    socket.destroy();
    resolve(parseAnswer(Buffer.concat(chunks).toString('latin1')));
  };
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('end', finish);
  // A server may answer early and hang up on the rest of the body.
  socket.on('error', finish);
  // latin1 keeps bytes above 0x7f that a test puts into a target as they are.
  socket.write(Buffer.from(`${method} ${target} HTTP/${version}\r\n${lines.join('\r\n')}\r\n\r\n`, 'latin1'));
  if (content.length > 0) socket.write(content);
  return promise;
}

/** Runs `work` over all items, at most 32 at a time. */
export async function forEachAtOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: 32 }, worker));
}

function parseAnswer(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end === -1 ? 0 : end).split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: text.slice(end + 4) };
}
