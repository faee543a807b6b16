/**
 * Long reads run on a thread of their own with a read-only connection, so that a page of 50,000 runs or a history of
 * a million points never holds up a write. The thread starts with the first long read.
 */
import { extname, resolve } from 'node:path';
import { ApiError, type ErrorCode } from '../protocol/errors.ts';
import type { ReaderQuestion, ReaderReply, ReaderStart } from './reader-worker.ts';

/** JSON, as it is or compressed. */
export interface ReaderAnswer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly gzip: boolean;
}

interface Waiting {
  readonly resolve: (answer: ReaderAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** The program of the thread, beside our own: `.ts` in src, `.js` in dist. */
function readerProgram(): string {
  return resolve(Bun.main, '../../server', `reader-worker${extname(Bun.main)}`);
}

export class ReaderThread {
  readonly #start: ReaderStart;
  #worker: Worker | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(start: ReaderStart) {
    this.#start = start;
  }

  /** What the method `name` answers to a checked request; with `gzip` a long answer comes compressed. */
  ask(name: string, request: Record<string, unknown>, gzip: boolean): Promise<ReaderAnswer> {
    const worker = (this.#worker ??= this.#spawn());
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, request, gzip } satisfies ReaderQuestion);
    });
  }

  #spawn(): Worker {
    const worker = new Worker(readerProgram());
    worker.onmessage = (event: MessageEvent<ReaderReply>) => {
      this.#settle(event.data);
    };
    worker.onerror = (event) => {
      this.#fail(new Error(`the reader thread failed: ${event.message}`));
    };
    worker.postMessage(this.#start);
    return worker;
  }

  #settle(reply: ReaderReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('body' in reply) waiting?.resolve(reply);
    else if ('code' in reply)
      waiting?.reject(new ApiError(reply.code as ErrorCode, reply.message, { status: reply.status }));
    else waiting?.reject(new Error(reply.fault));
  }

  /** Everyone who waits gets the error; the next question starts a new thread. */
  #fail(error: Error): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
