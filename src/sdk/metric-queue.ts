/**
 * Metric points on their way to the server. `add` returns at once; points of a run are sent in the order they came, up
 * to 1,000 in a request, one request of a run at a time. While the server cannot be reached they wait here and in the
 * journal, where there is one, and are sent again; a point sent twice counts once on the server.
 */
import { limits } from '../protocol/limits.ts';
import type { Int64 } from '../protocol/schema.ts';
import type { MlflowError } from './errors.ts';
import { sendApart } from './send-apart.ts';

export interface QueuedPoint {
  readonly key: string;
  readonly value: number;
  readonly timestamp: Int64;
  readonly step: Int64;
  readonly model_id?: string | undefined;
  readonly dataset_name?: string | undefined;
  readonly dataset_digest?: string | undefined;
}

/** Keeps points on disk until they are sent; `modelyard/node` has one. */
export interface Journal {
  /** Points are on disk when this returns. */
  append(points: readonly QueuedPoint[]): void;
  /** The oldest `count` points reached the server. */
  sent(count: number): void;
  /** The run ended while the server could not be told. */
  ended(status: string, endTime: number): void;
  /** All that will be appended was; what is not sent stays on disk. */
  close(): void;
}

export interface QueueOptions {
  /** Sends up to 1,000 points, retries included. */
  readonly send: (points: readonly QueuedPoint[]) => Promise<unknown>;
  readonly journal?: Journal | undefined;
  /** Milliseconds that the first point waits for others. */
  readonly delay?: number | undefined;
  /** Points that may wait; `add` then waits for room. */
  readonly most?: number | undefined;
}

const full = 200_000;
const delay = 100;
const retryFirst = 1000;
const retryMost = 30_000;

export class MetricQueue {
  readonly #options: QueueOptions;
  readonly #most: number;
  #waiting: QueuedPoint[] = [];
  /** Of `waiting`, how many at its start are sent. */
  #gone = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | undefined;
  /** Why the server refused points; thrown once, by the next flush. */
  #refused: MlflowError | undefined;
  #roomMade: (() => void)[] = [];
  #failures = 0;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#most = options.most ?? full;
  }

  get length(): number {
    return this.#waiting.length - this.#gone;
  }

  /** Resolves when the point is taken: at once, but when the queue is full, with the next room in it. */
  async add(points: readonly QueuedPoint[]): Promise<void> {
    if (this.length + points.length > this.#most * 5) {
      const advice = 'Await logMetric, so that it can wait for room, or log less often.';
      throw new RangeError(`${this.length} metric points are waiting for the server. ${advice}`);
    }
    const kept = this.#keep(points);
    this.#waiting.push(...points);
    if (this.length >= limits.batchMetrics && this.#failures === 0) this.#start();
    else this.#schedule(this.#options.delay ?? delay);
    // A disk that is full keeps nothing: then only the server's word counts.
    if (!kept) await this.flush();
    while (this.length > this.#most && !this.#closed)
      await new Promise<void>((resolve) => this.#roomMade.push(resolve));
  }

  #keep(points: readonly QueuedPoint[]): boolean {
    try {
      this.#options.journal?.append(points);
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Resolves when all points that were added before are on the server.
   *
   * @throws ConnectionError when it cannot be reached: the points stay and will be sent; MlflowError when it refused some
   */
  async flush(): Promise<void> {
    this.#failures = 0;
    for (let wanted = this.length; wanted > 0; wanted = this.length) {
      if (!this.#sending) this.#start();
      await this.#sending;
      if (this.#lost) throw this.#lost;
    }
    await this.#sending;
    this.#throwRefused();
  }

  /**
   * Sends nothing more by itself. What is not sent stays in the journal.
   *
   * @returns whether there is a journal that keeps it
   */
  close(ended?: { status: string; endTime: number }): boolean {
    const { journal } = this.#options;
    clearTimeout(this.#timer);
    this.#closed = true;
    this.#tellRoom();
    try {
      if (ended) journal?.ended(ended.status, ended.endTime);
      journal?.close();
      return journal !== undefined;
    } catch {
      return false;
    }
  }

  #closed = false;

  #lost: Error | undefined;

  #throwRefused(): void {
    const error = this.#refused;
    this.#refused = undefined;
    if (error) throw error;
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => this.#start(), milliseconds);
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sending ??= this.#sendAll().finally(() => {
      this.#sending = undefined;
    });
  }

  async #sendAll(): Promise<void> {
    this.#lost = undefined;
    while (this.length > 0) {
      const batch = this.#waiting.slice(this.#gone, this.#gone + limits.batchMetrics);
      try {
        const refused = await sendApart(batch, this.#options.send);
        this.#refused ??= refused;
      } catch (error) {
        this.#later(error as Error);
        return;
      }
      this.#failures = 0;
      this.#remove(batch.length);
    }
  }

  /** The server is lost, not the points: another try, later each time. */
  #later(error: Error): void {
    this.#lost = error;
    if (this.#closed) return;
    this.#schedule(Math.min(retryFirst * 2 ** this.#failures++, retryMost));
    // A program that is done does not wait for a server that is away: its journal keeps the points.
    const timer: unknown = this.#timer;
    if (this.#options.journal && typeof timer === 'object') (timer as { unref(): void }).unref();
  }

  #remove(count: number): void {
    this.#options.journal?.sent(count);
    this.#gone += count;
    // The array is cut seldom, since cutting moves what stays.
    if (this.#gone * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#gone);
      this.#gone = 0;
    }
    this.#tellRoom();
  }

  #tellRoom(): void {
    for (const tell of this.#roomMade.splice(0)) tell();
  }
}
