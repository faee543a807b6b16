/** The other side of `reader-thread.ts`: runs a method's own handler on a read-only connection. */
import { whenQuiet } from '../common/when-quiet.ts';
import { ApiError } from '../protocol/errors.ts';
import type { Database } from '../database/database.ts';
import { openForReading } from '../database/sqlite/open.ts';
import { SqliteReads } from '../database/sqlite/sqlite-database.ts';
import type { Handler } from './handler.ts';
import { jsonRoutes } from './routes/json-routes.ts';
import { createServices, type ServiceOptions, type Services } from './services.ts';

export interface ReaderStart {
  readonly databasePath: string;
  readonly options: ServiceOptions;
}

export interface ReaderQuestion {
  readonly id: number;
  readonly name: string;
  readonly request: Record<string, unknown>;
  /** Whether a long answer may be compressed. */
  readonly gzip: boolean;
}

export type ReaderReply = { readonly id: number } & (
  | { readonly body: Uint8Array<ArrayBuffer>; readonly gzip: boolean }
  | { readonly code: string; readonly message: string; readonly status: number }
  | { readonly fault: string }
);

declare const self: Worker;

const handlers = new Map<string, Handler>(jsonRoutes.map((handler) => [handler.contract.name, handler]));
const encoder = new TextEncoder();
let services: Services | undefined;
const quiet = whenQuiet(() => Bun.gc(true));

function start({ databasePath, options }: ReaderStart): Services {
  const reads = new SqliteReads(openForReading(databasePath));
  const database: Database = {
    read: (work) => reads.read(work),
    write: () => Promise.reject(new Error('the reader thread cannot write')),
    listen: () => () => undefined,
    changedElsewhere: () => false,
    close: () => Promise.resolve(reads.close()),
  };
  return createServices(database, options);
}

/** Two milliseconds of work; less is not worth it on any network. */
const leastCompressed = 200_000;

async function reply({ id, name, request, gzip }: ReaderQuestion): Promise<ReaderReply> {
  const handler = handlers.get(name);
  if (!handler || !services) return { id, fault: `no method ${name} on the reader thread` };
  try {
    const body = encoder.encode(await handler.answer(request, services));
    if (!gzip || body.length < leastCompressed) return { id, body, gzip: false };
    // A level more takes twice the time for a tenth less.
    return { id, body: Bun.gzipSync(body, { library: 'libdeflate', level: 1 }), gzip: true };
  } catch (error) {
    if (error instanceof ApiError) return { id, code: error.code, message: error.message, status: error.status };
    return { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

self.onmessage = (event: MessageEvent<ReaderStart | ReaderQuestion>) => {
  if ('databasePath' in event.data) {
    services = start(event.data);
    return;
  }
  quiet.arrived();
  void reply(event.data).then((answer) => {
    self.postMessage(answer, 'body' in answer ? [answer.body.buffer] : []);
  });
};
