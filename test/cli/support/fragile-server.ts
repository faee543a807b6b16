/** A server before a server, whose connections break and whose bytes come slowly when a test wants it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Fragile {
  readonly url: string;
  /** What was asked, such as `GET /path bytes=5-`. */
  readonly asked: string[];
  stop(): void;
}

/** @param handle whether it answers itself; else the server behind does */
export async function fragileServer(
  target: string,
  handle: (request: IncomingMessage, answer: ServerResponse) => boolean,
): Promise<Fragile> {
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url} ${request.headers.range ?? ''}`);
    if (!handle(request, answer)) void forward(target, request, answer);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function forward(target: string, request: IncomingMessage, answer: ServerResponse): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  const { method = 'GET', url = '/', headers } = request;
  const type = { 'content-type': headers['content-type'] ?? 'application/octet-stream' };
  const body = method === 'GET' ? null : Buffer.concat(chunks);
  const from = await fetch(target + url, { method, headers: type, body });
  answer.writeHead(from.status, { 'content-type': from.headers.get('content-type') ?? '' });
  answer.end(Buffer.from(await from.arrayBuffer()));
}

interface FileAnswer {
  readonly etag: string;
  /** Breaks off after so many bytes of this answer. */
  readonly breakAfter?: number;
  /** Milliseconds before each tenth. */
  readonly pace?: number;
  /** Answers ranges. Default: true. */
  readonly ranges?: boolean;
}

/** A file, or the range of it that was asked for, with a connection that may break in the midst of it. */
export async function sendFile(
  request: IncomingMessage,
  answer: ServerResponse,
  content: Uint8Array,
  { etag, breakAfter = Number.POSITIVE_INFINITY, pace = 10, ranges = true }: FileAnswer,
): Promise<void> {
  const asked = ranges ? /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] : undefined;
  const start = Number(asked ?? 0);
  const rest = content.subarray(start);
  const range =
    asked === undefined ? {} : { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` };
  answer.writeHead(asked === undefined ? 200 : 206, { etag, 'content-length': rest.length, ...range });
  const size = Math.ceil(rest.length / 10);
  for (let at = 0; at < rest.length; at += size) {
    await Bun.sleep(pace);
    if (at >= breakAfter) {
      // What was written before is on its way.
      await Bun.sleep(200);
      request.socket.destroy();
      return;
    }
    answer.write(rest.subarray(at, at + size));
  }
  answer.end();
}
