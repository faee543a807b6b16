/**
 * The live feed: a stream of server-sent events, one for all open pages of a browser or one for each. It says which
 * experiments, runs, models, endpoints and jobs changed, not how; a page reads again what it shows of them.
 *
 * Each event's id is a position. A page knows the one at which it was served, and later that of the last event it
 * heard; it opens its stream with that (`?since=`) and is first told what it missed.
 */
import type { Database, Topic } from '../database/database.ts';
import { RecentChanges, type Ids } from './recent-changes.ts';
import { commonHeaders } from './responses.ts';

export const feedPaths = ['/api/2.0/modelyard/events', '/ajax-api/2.0/modelyard/events'] as const;

/** Milliseconds: what changes meanwhile is told together. */
const gather = 500;
/** Milliseconds between comments that keep proxies from closing a quiet stream. */
const heartbeat = 20_000;
/** Milliseconds between looks at what other servers do with the same database. */
const lookElsewhere = 1000;

const feedHeaders = {
  ...commonHeaders,
  'content-type': 'text/event-stream',
  'cache-control': 'no-store',
  // nginx would keep the events until its buffer is full.
  'x-accel-buffering': 'no',
};

type Stream = ReadableStreamDefaultController<Uint8Array>;

export class LiveFeed {
  readonly #recent = new RecentChanges();
  readonly #streams = new Set<Stream>();
  readonly #encoder = new TextEncoder();
  /** What came up to here was told to all streams. */
  #told = this.#recent.position;
  #flushing: ReturnType<typeof setTimeout> | undefined;
  #beating: ReturnType<typeof setInterval> | undefined;
  #looking: ReturnType<typeof setInterval> | undefined;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
    database.changedElsewhere();
    database.listen((changed) => {
      for (const topic of ['experiment', 'activity', 'run', 'model', 'endpoint', 'job'] as const)
        for (const id of changed[topic]) this.changed(topic, id);
    });
  }

  get position(): string {
    this.#lookElsewhere();
    return this.#recent.position;
  }

  /** For what the database does not know, such as files. */
  changed(topic: Topic, id: string): void {
    this.#recent.add(topic, id);
    this.#flushSoon();
  }

  /** @param since a position, from which on the page has heard nothing */
  open(since: string | undefined): Response {
    let own: Stream | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.#add(controller, since);
      },
      cancel: () => {
        if (own) this.#remove(own);
      },
    });
    return new Response(stream, { headers: feedHeaders });
  }

  /** Ends every stream, so that none holds up the stop of the server. */
  close(): void {
    for (const stream of this.#streams) {
      this.#remove(stream);
      stream.close();
    }
  }

  #add(stream: Stream, since: string | undefined): void {
    if (this.#streams.size === 0) this.#told = this.position;
    this.#streams.add(stream);
    this.#looking ??= setInterval(this.#lookElsewhere, lookElsewhere);
    const missed = since === undefined ? '' : this.#changeSince(since);
    stream.enqueue(this.#encoder.encode(`event: hello\nid: ${this.#recent.position}\ndata: {}\n\n${missed}`));
    this.#beating ??= setInterval(() => {
      this.#send(': \n\n');
    }, heartbeat);
  }

  #remove(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
    clearInterval(this.#beating);
    this.#beating = undefined;
    clearInterval(this.#looking);
    this.#looking = undefined;
  }

  readonly #lookElsewhere = (): void => {
    if (!this.#database.changedElsewhere()) return;
    this.#recent.forget();
    this.#flushSoon();
  };

  #flushSoon(): void {
    if (this.#streams.size > 0) this.#flushing ??= setTimeout(this.#flush, gather);
  }

  readonly #flush = (): void => {
    this.#flushing = undefined;
    this.#send(this.#changeSince(this.#told));
    this.#told = this.#recent.position;
  };

  /** The event that says what changed after a position; empty when nothing did. */
  #changeSince(position: string): string {
    const ids = this.#recent.since(position);
    if (ids && Object.values(ids).every((some) => some.length === 0)) return '';
    return `event: change\nid: ${this.#recent.position}\ndata: ${JSON.stringify(ids ? named(ids) : { all: true })}\n\n`;
  }

  #send(text: string): void {
    const bytes = this.#encoder.encode(text);
    for (const stream of this.#streams) stream.enqueue(bytes);
  }
}

function named({ experiment, activity, run, model, endpoint, job }: Ids) {
  return { experiments: experiment, activity, runs: run, models: model, endpoints: endpoint, jobs: job };
}
