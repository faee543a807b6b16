/**
 * The live feed: one stream of server-sent events for each open page. It says which experiments, runs and models
 * changed, not how; the page reads again what it shows of them.
 */
import type { ChangedIds, Database, Topic } from '../database/database.ts';
import { commonHeaders } from './responses.ts';

export const feedPaths = ['/api/2.0/modelyard/events', '/ajax-api/2.0/modelyard/events'] as const;

/** Milliseconds: what changes meanwhile is told together. */
const gather = 500;
/** Milliseconds between comments that keep proxies from closing a quiet stream. */
const heartbeat = 20_000;
/** Ids in one event. */
const mostIds = 1000;

const topics = ['experiment', 'activity', 'run', 'model'] as const satisfies readonly Topic[];

export class LiveFeed {
  readonly #database: Database;
  readonly #streams = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #changed: Record<Topic, Set<string>> = none();
  readonly #encoder = new TextEncoder();
  #stopListening: (() => void) | undefined;
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #beating: ReturnType<typeof setInterval> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  open(): Response {
    let own: ReadableStreamDefaultController<Uint8Array> | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.#add(controller);
      },
      cancel: () => {
        if (own) this.#remove(own);
      },
    });
    const headers = { ...commonHeaders, 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
    return new Response(stream, { headers });
  }

  /** Ends every stream, so that none holds up the stop of the server. */
  close(): void {
    for (const stream of this.#streams) {
      this.#remove(stream);
      stream.close();
    }
  }

  #add(stream: ReadableStreamDefaultController<Uint8Array>): void {
    this.#streams.add(stream);
    stream.enqueue(this.#encoder.encode('event: hello\ndata: {}\n\n'));
    // A server that nobody watches collects nothing.
    this.#stopListening ??= this.#database.listen((changed) => {
      this.#collect(changed);
    });
    this.#beating ??= setInterval(() => {
      this.#send(': \n\n');
    }, heartbeat);
  }

  #remove(stream: ReadableStreamDefaultController<Uint8Array>): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    this.#stopListening?.();
    for (const topic of topics) this.#changed[topic].clear();
    this.#stopListening = undefined;
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    clearInterval(this.#beating);
    this.#beating = undefined;
  }

  #collect(changed: ChangedIds): void {
    let any = false;
    for (const topic of topics) {
      for (const id of changed[topic]) {
        this.#changed[topic].add(id);
        any = true;
      }
    }
    if (any) this.#flushing ??= setTimeout(this.#flush, gather);
  }

  readonly #flush = (): void => {
    this.#flushing = undefined;
    const all = Object.fromEntries(topics.map((topic) => [topic, [...this.#changed[topic]]])) as Record<
      Topic,
      string[]
    >;
    for (const topic of topics) this.#changed[topic].clear();
    const most = Math.max(...topics.map((topic) => all[topic].length));
    for (let from = 0; from < most; from += mostIds) {
      const part = (topic: Topic): string[] => all[topic].slice(from, from + mostIds);
      const data = {
        experiments: part('experiment'),
        activity: part('activity'),
        runs: part('run'),
        models: part('model'),
      };
      this.#send(`event: change\ndata: ${JSON.stringify(data)}\n\n`);
    }
  };

  #send(text: string): void {
    const bytes = this.#encoder.encode(text);
    for (const stream of this.#streams) stream.enqueue(bytes);
  }
}

function none(): Record<Topic, Set<string>> {
  return { experiment: new Set(), activity: new Set(), run: new Set(), model: new Set() };
}
